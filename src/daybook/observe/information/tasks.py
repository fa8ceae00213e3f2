"""Background work of information. Each task is safe to run twice."""

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from daybook.foundation.access.clerk import at_the_desk
from daybook.foundation.duties.mornings import EACH_HOUR, is_morning

from .actions.fading import let_lapse
from .actions.urgent import tell_of_reviews


@app.periodic(cron=EACH_HOUR)
@app.task(queueing_lock="let-information-lapse")
def let_information_lapse(timestamp: int = 0) -> None:
    """End what nobody kept by its last day, and tell whoever relied on it."""
    with transaction.atomic(), at_the_desk() as clerk:
        let_lapse(by=clerk)


@app.periodic(cron=EACH_HOUR)
@app.task(queueing_lock="tell-of-urgent-steps")
def tell_of_urgent_steps(timestamp: int = 0) -> None:
    """Tell those who lead, in the morning, which urgent steps they are to review."""
    if not is_morning(timestamp):
        return
    with transaction.atomic(), at_the_desk() as clerk:
        tell_of_reviews(by=clerk, today=timezone.localdate())
