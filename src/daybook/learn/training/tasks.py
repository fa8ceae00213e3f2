"""Background work of training. Safe to run twice."""

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from daybook.foundation.access.clerk import at_the_desk
from daybook.foundation.places.models import Establishment

from .actions import work_out
from .rules import last_whole_month


@app.periodic(cron="10 4 2 * *")
@app.task(queueing_lock="work-out-habits")
def work_out_habits(timestamp: int = 0) -> None:
    """Once a month: how each rater used the scales, one establishment a transaction."""
    month = last_whole_month(timezone.localdate())
    for establishment in Establishment.objects.values_list("id", flat=True):
        with transaction.atomic(), at_the_desk() as clerk:
            work_out(by=clerk, establishment_id=establishment, month=month)
