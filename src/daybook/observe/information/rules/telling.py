"""How it is said where a concern stands: to its writer, in a list, at the head of a page."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..vocabulary import Missing


def became_in_words(ended: str, *, graded: bool, confirmed: bool) -> str:
    """What the writer of a report hears of it: how far it came, never what others said."""
    if ended:
        return _("It has ended: {how}. Thank you for saying it.").format(how=ended)
    if confirmed:
        return _("Others’ accounts stand beside it now, and it was confirmed.")
    if graded:
        return _("The desk has read it and asks those who know the person.")
    return _("It has arrived at the desk.")


def missing_in_words(missing: Iterable[str]) -> list[str]:
    """What a concern lacks, each in a few words."""
    return [str(Missing(each).label) for each in missing]


def past_in_words(ended: int, dismissed: int, explained: int) -> str:
    """How often concerns of this kind were nothing: it stands beside every list of them."""
    if not ended:
        return _("None of this kind has ended yet, so nobody knows how often it is nothing.")
    return ngettext(
        "Of %(n)d concern of this kind that ended in two years, %(nothing)d was dismissed or "
        "explained.",
        "Of %(n)d concerns of this kind that ended in two years, %(nothing)d were dismissed or "
        "explained.",
        ended,
    ) % {"n": ended, "nothing": dismissed + explained}


def fades_in_words(review_on: date, ends_on: date, *, today: date) -> str:
    """How long it still has, in a sentence."""
    if ends_on < today:
        return _("Its time is over: it lapses.")
    if review_on < today:
        return _("Its review is overdue, so nothing may rest on it until it is looked at.")
    left = (ends_on - today).days
    return ngettext(
        "It fades in %(n)d day unless a named person keeps it.",
        "It fades in %(n)d days unless a named person keeps it.",
        left,
    ) % {"n": left}
