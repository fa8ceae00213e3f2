"""An objection is answered: by when, and how its waiting is said."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from daybook.ui.words import since

ANSWER_WITHIN = timedelta(days=14)


def waits_too_long(objected_on: date, today: date) -> bool:
    return today - objected_on > ANSWER_WITHIN


def how_it_waits(objected_on: date, today: date) -> str:
    """How long an answer is owed already: it is ours to give, never theirs to ask for again."""
    day = since(objected_on, today)
    if waits_too_long(objected_on, today):
        return _("waiting for an answer since %(day)s") % {"day": day}
    return _("objected %(day)s, to be answered within two weeks") % {"day": day}


def answer_day_problem(answered_on: date, *, objected_on: date, today: date) -> str:
    """What is wrong with the day of an answer, or nothing."""
    if answered_on > today:
        return _("That day is still to come. Choose today or a day before.")
    if answered_on < objected_on:
        return _("That is before the objection. Choose that day or a later one.")
    return ""


def already_answered(by: str) -> str:
    return _(
        "%(name)s has answered this already. That answer stands; what else you said can be "
        "written as a reflection."
    ) % {"name": by}
