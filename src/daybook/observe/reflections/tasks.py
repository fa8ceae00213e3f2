"""Background work of the daily loop. Each task is safe to run twice."""

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from daybook.foundation.access.clerk import at_the_desk
from daybook.foundation.places.models import Establishment

from .actions.pictures import draw


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="draw-charts", lock="draw-charts")
def draw_charts(timestamp: int = 0) -> None:
    """Draw everyone's charts anew, one establishment a transaction."""
    today = timezone.localdate()
    for establishment in Establishment.objects.values_list("id", flat=True):
        with transaction.atomic(), at_the_desk() as clerk:
            draw(by=clerk, establishment_id=establishment, today=today)
