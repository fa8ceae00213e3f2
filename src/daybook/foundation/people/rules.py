"""For how long a colleague may stand in, and what must be true of the days."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

LONGEST_COVER = timedelta(days=30)
FURTHEST_AHEAD = timedelta(days=366)


def cover_problems(first: date, last: date, today: date) -> dict[str, str]:
    """What is wrong with the days of a cover, by field; nothing where all is well."""
    problems = {}
    if first < today:
        problems["first"] = _("Choose today or a later day.")
    elif first > today + FURTHEST_AHEAD:
        problems["first"] = _("Choose a day within a year.")
    if last < first:
        problems["last"] = _("Choose the first day or a later one.")
    elif last - first >= LONGEST_COVER:
        problems["last"] = _(
            "Cover lasts at most %(days)d days. For longer, choose another personal officer."
        ) % {"days": LONGEST_COVER.days}
    return problems


def cover_times(first: date, last: date, now: datetime) -> tuple[datetime, datetime]:
    """From the beginning of the first day, or now, to the end of the last."""
    return max(_midnight(first), now), _midnight(last + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
