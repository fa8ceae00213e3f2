"""What must hold for a note, a request, an answer and a consent."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from daybook.foundation.access.roles import CHAPLAIN, ON_CALL_CARE, PSYCHOLOGIST, Role

from .vocabulary import Discipline, Kept, Reply, Struck

TAKE_BACK = timedelta(minutes=15)
LONGEST_CONSENT = timedelta(days=366)
LONGEST = 5000
"""Letters of a note. What needs more is two notes."""
HEARS: dict[Discipline, Role] = {
    Discipline.CHAPLAINCY: CHAPLAIN,
    Discipline.PSYCHOLOGY: PSYCHOLOGIST,
    Discipline.CARE: ON_CALL_CARE,
}


def may_be_taken_back(written_at: datetime, *, now: datetime) -> bool:
    return now <= written_at + TAKE_BACK


def why_struck(written_at: datetime, *, now: datetime) -> list[Struck]:
    """The reasons there are: for a quarter of an hour none is asked, later taking back is over."""
    if may_be_taken_back(written_at, now=now):
        return [Struck.TAKEN_BACK]
    return [each for each in Struck if each is not Struck.TAKEN_BACK]


def problem_with_answer(reply: Reply, words: str) -> str:
    """What is wrong with an answer, or nothing."""
    if reply is Reply.NO and words:
        return _("A “no” tells nothing. Empty this, or answer “in part”.")
    if reply is not Reply.NO and not words:
        return _("Write what may be known, or answer “no”.")
    return ""


def problem_with_days(given_on: date, until: date, *, today: date) -> str:
    """What is wrong with the days of a consent, or nothing."""
    if given_on > today:
        return _("That day is still to come. Choose today or a day before.")
    if given_on < today - LONGEST_CONSENT:
        return _("That is more than a year ago: ask again.")
    if until < today:
        return _("That day has passed. Choose today or a later day.")
    if until > given_on + LONGEST_CONSENT:
        return _("A word holds for a year at most. Then ask again.")
    return ""


def without_chaplains(status: str, kept: Kept) -> bool:
    """Whether nobody hears it, because the service has no chaplaincy."""
    return kept is Kept.PASTORAL and status == "none"
