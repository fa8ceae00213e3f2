"""A moment in an address, from which on a list goes back."""

from datetime import datetime

from django.utils import timezone
from django.utils.dateparse import parse_datetime


def moment_asked_for(text: str) -> datetime | None:
    """The moment that a link names; anything that is none begins at the top."""
    try:
        moment = parse_datetime(text)
        # In local time, too, it must be a day that the calendar has.
        return timezone.localtime(moment) if moment else None
    except (ValueError, OverflowError):
        return None
