"""A review that nobody has given is called to mind each morning until somebody does."""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from daybook.foundation.access.clerk import at_the_desk
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.duties.actions.notices import notify
from daybook.foundation.duties.mornings import EACH_HOUR, is_morning

from .actions import STILL_WAITS
from .models import Opening
from .queries import reviewers

AFTER = timedelta(hours=12)


@app.periodic(cron=EACH_HOUR)
@app.task(queueing_lock="remind-of-reviews")
def remind_of_reviews(timestamp: int = 0) -> None:
    """Tell, in the morning, who still has an emergency opening to review."""
    if not is_morning(timestamp):
        return
    with transaction.atomic(), at_the_desk() as clerk:
        remind(by=clerk, today=timezone.localdate())


def remind(*, by: Viewer, today: date) -> None:
    left = Opening.objects.filter(
        review__isnull=True, opened_at__lt=timezone.now() - AFTER
    ).values_list("id", "unit_id", "person_id", "staff_id")
    for key, unit, person, opener in left:
        notify(
            by=by,
            kind=STILL_WAITS.slug,
            staff_ids=reviewers(unit, but=opener),
            person_id=person,
            path=reverse("breakglass:review", args=[key]),
            once=f"break-glass:{key}:{today}",
        )
