"""Background work of the room. Each task is safe to run twice, and names nobody."""

from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from daybook.foundation.access.clerk import at_the_desk

from . import ledger
from .actions.erasing import list_due


@app.periodic(cron="20 2 * * *")
@app.task(queueing_lock="list-what-is-due")
def list_what_is_due(timestamp: int = 0) -> None:
    """Each night: what has come due, for two people to look at."""
    with transaction.atomic(), at_the_desk() as clerk:
        list_due(by=clerk, today=timezone.localdate())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="keep-the-ledger")
def keep_the_ledger(timestamp: int = 0) -> None:
    """Each minute: write into the ledger outside what was erased."""
    if not settings.ERASURE_LEDGER:
        return
    with transaction.atomic(), at_the_desk(), connection.cursor() as cursor:
        lines = ledger.carried_out(cursor)
    ledger.add(Path(settings.ERASURE_LEDGER), lines)
