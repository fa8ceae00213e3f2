"""When a concern is looked at again, and the last day it has. The shortest is the usual."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

USUAL_REVIEW = timedelta(days=14)
USUAL_LENGTH = timedelta(days=28)
LONGEST = timedelta(days=90)
"""However often it is kept, no step keeps it longer than this."""
LOOKED_UP = timedelta(days=30)
"""How long the desk may still look up what has ended. It stands in no list."""


def problems_with_days(review_on: date, ends_on: date, *, today: date) -> dict[str, str]:
    """What is wrong with the days of a concern that is kept, by field."""
    found = {}
    if review_on <= today:
        found["review_on"] = _("Choose a day after today.")
    if ends_on > today + LONGEST:
        found["ends_on"] = _(
            "Choose a day within %(days)d days. It can be kept again when it is reviewed."
        ) % {"days": LONGEST.days}
    elif ends_on < review_on:
        found["ends_on"] = _("Choose the day of the review or a later one.")
    return found


def is_due(review_on: date, ends_on: date, *, today: date, within: timedelta) -> bool:
    return min(review_on, ends_on) <= today + within
