"""What may be struck or moved, and how it is said afterwards."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from daybook.foundation.people.queries import search_words
from daybook.ui.words import day_words

from ..vocabulary import Entered
from .recording import TAKE_BACK_WITHIN

MOVABLE = frozenset(
    {
        Entered.REFLECTION, Entered.STRENGTH, Entered.TRUST, Entered.TOLD, Entered.REQUEST,
        Entered.HANDOVER, Entered.LAST_NOTE, Entered.PART,
    }
)  # fmt: skip
"""An addition goes with its entry; a usual pattern, and whatever protects somebody, is written
anew for whom it is about."""


def names_somebody(reason: str, names: Iterable[str]) -> bool:
    """Whether a reason, which is read on two people's pages, names one of them."""
    said = set(search_words(reason))
    return any(len(word) > 1 and word in said for name in names for word in search_words(name))


def still_its_author_s(saved_at: datetime, now: datetime) -> str:
    """Why an entry can't be struck yet, or nothing."""
    until = saved_at + TAKE_BACK_WITHIN
    if now > until:
        return ""
    return _("Until %(time)s its author can take it back. Speak with them, or come back then.") % {
        "time": time_format(timezone.localtime(until), "H:i")
    }


def still_stands() -> str:
    return _(
        "It still stands. End it first, by name and with a reason, so that everybody at the "
        "door knows; then it can be struck."
    )


def there_already() -> str:
    return _("They stand in that event already. Strike this one instead.")


def struck_already() -> str:
    return _("This entry was struck already. Nothing is left to do here.")


def moved_because(reason: str) -> str:
    return _("Written on another page at first, and moved here: %(reason)s") % {"reason": reason}


def struck_on(day: date) -> str:
    """What minutes say where they quoted an entry."""
    return _("Put forward by an entry that was struck, %(day)s") % {
        "day": day_words(day, within=True)
    }
