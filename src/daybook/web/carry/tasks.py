"""Background work of what is carried. Safe to run twice."""

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from daybook.foundation.access.clerk import at_the_desk

from .actions import let_go_of_what_waited
from .rules import KEPT


@app.periodic(cron="45 3 * * *")
@app.task(queueing_lock="let-go-of-carried")
def let_go_of_carried(timestamp: int = 0) -> None:
    """Let go of the words of entries that nobody has looked at for a month."""
    with transaction.atomic(), at_the_desk() as clerk:
        let_go_of_what_waited(by=clerk, before=timezone.now() - KEPT)
