"""Background work of information. Each task is safe to run twice."""

from django.db import transaction
from procrastinate.contrib.django import app

from daybook.foundation.access.clerk import at_the_desk
from daybook.foundation.duties.mornings import EACH_HOUR

from .actions.fading import let_lapse


@app.periodic(cron=EACH_HOUR)
@app.task(queueing_lock="let-information-lapse")
def let_information_lapse(timestamp: int = 0) -> None:
    """End what nobody kept by its last day, and tell whoever relied on it."""
    with transaction.atomic(), at_the_desk() as clerk:
        let_lapse(by=clerk)
