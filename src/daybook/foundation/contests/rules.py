"""Who settles a contest, and how it is said."""

from datetime import date

from django.utils.translation import gettext as _

from .models import Given, Outcome


def may_settle(*, leads: bool, author_id: int | None, staff_id: int) -> bool:
    """Whoever leads, and did not write the record themselves."""
    return leads and author_id != staff_id


def taken_in_words(*, by: str, day: str, language: str, given: str) -> str:
    return _("Taken down {day} by {by}: {language}, {how}").format(
        day=day, by=by, language=language, how=Given(given).label
    )


def state_in_words(*, outcome: str = "", by: str = "", day: str = "", reasons: str = "") -> str:
    """How it stands, in a sentence."""
    match outcome:
        case Outcome.PUT_RIGHT:
            said = _("Settled {day} by {by}, put right: {reasons}")
        case Outcome.STANDS:
            said = _("Settled {day} by {by}, the record stands: {reasons}")
        case Outcome.ERASED:
            said = _("Settled {day} by {by}, proposed to be erased: {reasons}")
        case _:
            return _("Contested, not settled yet. Until then it is used in no chart.")
    return said.format(day=day, by=by, reasons=reasons)


def told_day_problem(on: date, *, owed_on: date, today: date) -> str:
    """What is wrong with the day on which a recipient is said to have been told, or nothing."""
    if on > today:
        return _("That day is still to come. Choose today or a day before.")
    if on < owed_on:
        return _("The contest was settled after that day. Choose a later one.")
    return ""
