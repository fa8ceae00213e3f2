"""When it is morning where the service is: what staff are told by day is told then."""

from datetime import UTC, datetime

from django.utils import timezone

FIRST_HOUR, NOON = 5, 12
EACH_HOUR = "5 * * * *"
"""Such a task is asked each hour and acts in the morning, by the service's own clock. It is safe
to run twice, so a worker that stood still at five catches up once it runs, and summer time moves
nothing."""


def is_morning(timestamp: int) -> bool:
    """``timestamp``: the second a periodic task was due; 0 where it was asked for by hand."""
    if not timestamp:
        return True
    return FIRST_HOUR <= timezone.localtime(datetime.fromtimestamp(timestamp, UTC)).hour < NOON
