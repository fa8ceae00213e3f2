"""Keep-safe plans: when staff look in next, when that is late, and when a plan is looked at."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .concerns import clock

LONGEST = timedelta(days=7)
"""After so many days at most, a named person looks at a plan again."""
REVIEW_LATE = timedelta(days=1)
"""A review so long overdue is told to the establishment's leaders, too."""
USUAL_MINUTES = (5, 10, 15, 30, 60, 120, 240, 480, 720, 1440)


def next_look(last: datetime, every_minutes: int) -> datetime:
    """By when staff look in again."""
    return last + timedelta(minutes=every_minutes)


def is_late(last: datetime, every_minutes: int, *, now: datetime) -> bool:
    return now > next_look(last, every_minutes)


def is_told(last: datetime, every_minutes: int, *, now: datetime) -> bool:
    """Whether looking in is late by as much again, so that the duty manager hears of it."""
    return now > last + timedelta(minutes=2 * every_minutes)


def every(minutes: int) -> str:
    """ "every 30 minutes", "every hour", "every 4 hours", "once a day"."""
    if minutes == 1440:
        return _("once a day")
    if minutes % 60:
        return ngettext("every {n} minute", "every {n} minutes", minutes).format(n=minutes)
    hours = minutes // 60
    return _("every hour") if hours == 1 else _("every {n} hours").format(n=hours)


def plan_first(every_minutes: int, last: datetime, *, looked_in: bool, now: datetime) -> str:
    """What stands at the door while a plan runs. ``last``: the last look, or when it was made."""
    words = {"every": every(every_minutes), "next": clock(next_look(last, every_minutes))}
    if is_late(last, every_minutes, now=now):
        words["last"] = clock(last)
        if looked_in:
            return _("Keep safe: look in now. Last looked in {last}, was due {next}.").format(
                **words
            )
        return _("Keep safe: look in now. It was due {next}.").format(**words)
    if looked_in:
        return _("Keep safe: {every}, last looked in {last}, next by {next}.").format(
            **words, last=clock(last)
        )
    return _("Keep safe: {every}, first by {next}.").format(**words)


def plan_in_brief(every_minutes: int, last: datetime, *, now: datetime) -> str:
    """The same for a board of sixty."""
    if is_late(last, every_minutes, now=now):
        return _("look in now")
    return _("look in by {time}").format(time=clock(next_look(last, every_minutes)))


def problem_with_review(on: date, *, today: date) -> str:
    """Why a plan can't be looked at again on that day, as a sentence; else nothing."""
    if on <= today:
        return _("Choose a day after today.")
    if on > today + LONGEST:
        return _("Choose a day within a week: a keep-safe plan is looked at again that often.")
    return ""
