"""When an action is due, said kindly, and what must be true of one."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from daybook.ui import words

FURTHEST_AHEAD = timedelta(days=366)


def due_day_problem(due_on: date, today: date) -> str:
    """What is wrong with a day to be done by, or nothing."""
    if due_on < today:
        return _("Choose today or a later day.")
    return _("Choose a day within a year.") if due_on > today + FURTHEST_AHEAD else ""


def when_due(due_on: date, today: date) -> str:
    """ "was due Tuesday", "due today", "due Friday", "due Mon 23 Mar"."""
    ahead = (due_on - today).days
    if ahead < 0:
        return _("was due %(day)s") % {"day": words.since(due_on, today)}
    if ahead == 0:
        return _("due today")
    if ahead == 1:
        return _("due tomorrow")
    return _("due %(day)s") % {"day": words.day_words(due_on, today)}
