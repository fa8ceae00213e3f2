"""Which times can be ahead, and which times somebody can have left or come back."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.ui.words import day_words

FURTHEST_AHEAD = timedelta(days=3 * 366)
LATELY = timedelta(days=7)
"""How far back it can still be said that something did not take place, or that somebody left."""
STILL_COMING = timedelta(hours=2)
"""A visit that began a moment ago is still what is on."""


def moment(day: date, hour: time | None) -> datetime:
    """The time of a day, by the clock of the service; midnight where no hour is known."""
    return timezone.make_aware(datetime.combine(day, hour or time.min))


def when(at: datetime) -> date | datetime:
    """The time as it is told: the day alone where no hour is known."""
    local = timezone.localtime(at)
    return local if local.time() != time.min else local.date()


def coming_problem(day: date, hour: time | None, *, now: datetime) -> tuple[str, str] | None:
    """The field that can't be, and why; None where both can."""
    today = timezone.localdate(now)
    if day < today:
        return "on", _("That day has passed. Choose today or a later day.")
    if day > today + FURTHEST_AHEAD:
        return "on", _("Choose a day within the next three years.")
    if hour and moment(day, hour) < now.replace(second=0, microsecond=0):
        return "at", _("That time has passed. Choose a later one, or leave the time empty.")
    return None


def leaving_problem(left_at: datetime, *, last_back: datetime | None, now: datetime) -> str:
    """Why somebody can't have left then, or nothing."""
    if left_at > now:
        return _(
            "That time is still to come. Write it once they have left; "
            "what is planned stands under what is ahead."
        )
    if left_at < now - LATELY:
        return _("Choose a time within the last seven days.")
    if last_back and left_at < last_back:
        return _("They were back from the escort before only at %(when)s. Choose a later time.") % {
            "when": day_words(last_back, within=True)
        }
    return ""


def returning_problem(back_at: datetime, *, left_at: datetime, now: datetime) -> str:
    """Why somebody can't have come back then, or nothing."""
    if back_at > now:
        return _("That time is still to come. Write it once they are back.")
    if back_at <= left_at:
        return _("They left %(when)s. Choose a time after that.") % {
            "when": day_words(left_at, within=True)
        }
    return ""
