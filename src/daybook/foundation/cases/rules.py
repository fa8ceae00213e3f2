"""When a case is looked at again, when it ends, and what must be true of its dates."""

from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

USUAL_REVIEW = timedelta(days=28)
USUAL_LENGTH = timedelta(days=90)
LONGEST = timedelta(days=180)
SOON = timedelta(days=7)
READABLE_AFTER_CLOSING = timedelta(days=30)
"""How long the team may still look something up in a case that is closed."""


class Standing(StrEnum):
    """Where a case stands on a day."""

    RUNNING = "running"
    REVIEW_SOON = "review-soon"
    REVIEW_OVERDUE = "review-overdue"
    LAPSED = "lapsed"
    """Past its last day and not renewed: it no longer counts as work in hand."""
    CLOSED = "closed"


def standing(*, review_on: date, ends_on: date, closed: bool, today: date) -> Standing:
    if closed:
        return Standing.CLOSED
    if ends_on < today:
        return Standing.LAPSED
    if review_on < today:
        return Standing.REVIEW_OVERDUE
    if review_on <= today + SOON:
        return Standing.REVIEW_SOON
    return Standing.RUNNING


def date_problems(review_on: date, ends_on: date, today: date) -> dict[str, str]:
    """What is wrong with the dates of a case, by field; nothing where all is well."""
    problems = {}
    if review_on <= today:
        problems["review_on"] = _("Choose a day after today.")
    if ends_on > today + LONGEST:
        problems["ends_on"] = _(
            "Choose a day within %(days)d days. A case can be renewed when it is reviewed."
        ) % {"days": LONGEST.days}
    elif ends_on < review_on:
        problems["ends_on"] = _("Choose the day of the review or a later one.")
    return problems
