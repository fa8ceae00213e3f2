"""The usual pattern: how long it stands before it is looked at again."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

REVIEW_AFTER = timedelta(weeks=8)
LONGEST_REVIEW = timedelta(weeks=26)
DUE_SOON = timedelta(days=7)


class Superseded(Exception):
    """A colleague replaced the pattern while this one was being written."""


def review_problem(review_on: date, today: date) -> str:
    """What is wrong with a day of review, or nothing."""
    if review_on <= today:
        return _("Choose a day after today.")
    if review_on > today + LONGEST_REVIEW:
        return _("Choose a day within half a year: people change.")
    return ""


def review_is_due(review_on: date, today: date) -> bool:
    return review_on <= today + DUE_SOON


def sign_problem(sign: str, response: str) -> str:
    """A sign without an answer helps nobody, an answer without a sign never comes."""
    if sign and not response:
        return _("Say what was agreed to do when it shows.")
    if response and not sign:
        return _("Say what shows first.")
    return ""
