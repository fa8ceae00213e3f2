"""Dates as people say them, and names that keep their own direction."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, get_language_bidi, pgettext
from django.utils.translation import gettext as _


def local(value: date | datetime) -> date | datetime:
    """The value as the clock on the wall shows it."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def day_words(value: date | datetime, today: date | None = None, *, within: bool = False) -> str:
    """ "Today 14:10", "Yesterday", "Tue 10 Mar", "10 Mar 2024"; the hour only while it is near.

    ``within`` a sentence it is "today 14:10".
    """
    value = local(value)
    today = today or timezone.localdate()
    day = value.date() if isinstance(value, datetime) else value
    days = (today - timedelta(days=1), today, today + timedelta(days=1))
    near = dict(zip(days, _near_within() if within else _near(), strict=True))
    if day in near:
        if isinstance(value, datetime):
            return f"{near[day]} {time_format(value, 'H:i')}"
        return near[day]
    if abs((day - today).days) < 300:
        return _formatted(day, pgettext("date format, as in Tue 10 Mar", "D j M"), get_language())
    return plain_date(day)


def _near() -> tuple[str, str, str]:
    return _("Yesterday"), _("Today"), _("Tomorrow")


def _near_within() -> tuple[str, str, str]:
    return (
        pgettext("within a sentence", "yesterday"),
        pgettext("within a sentence", "today"),
        pgettext("within a sentence", "tomorrow"),
    )


def since(value: date | datetime, today: date | None = None) -> str:
    """The day as it follows "since": "today", "yesterday", "Tuesday", "6 March", "6 March 2024"."""
    value = local(value)
    today = today or timezone.localdate()
    day = value.date() if isinstance(value, datetime) else value
    ago = (today - day).days
    if ago == 0:
        return pgettext("since …", "today")
    if ago == 1:
        return pgettext("since …", "yesterday")
    if 1 < ago < 7:
        return date_format(day, "l")
    if 0 < ago < 300:
        return date_format(day, pgettext("date format, as in 6 March", "j F"))
    return date_format(day, pgettext("date format, as in 6 March 2024", "j F Y"))


def plain_date(day: date) -> str:
    """A date that reads the same everywhere: 10 Mar 2026."""
    said = pgettext("date format, as in 10 Mar 2024", "j M Y")
    return _formatted(day, said, get_language())


@lru_cache(maxsize=4096)
def _formatted(day: date, said: str, language: str | None) -> str:
    # A page of charts says the same hundred days over and over, and saying one takes 50 µs.
    return date_format(day, said)


def exact(value: date | datetime) -> str:
    """The full date, with the time where there is one, for hovering and for print."""
    value = local(value)
    if isinstance(value, datetime):
        said = pgettext("date format, as in 6 March 2024, 14:10", "j F Y, H:i")
        return date_format(value, said)
    return date_format(value, pgettext("date format, as in 6 March 2024", "j F Y"))


def isolated(*parts: str) -> str:
    """A name as it stands in a line of any direction: an Arabic one in an English sentence, an
    English one on a Hebrew page, an initial of the one script beside a name in the other.

    Plain characters do it, so that titles and labels read alike; a name that runs with its
    line is left as it is.
    """
    parts = tuple(filter(None, parts))
    text = " ".join(parts)
    if not text or (text.isascii() and not _mirrored(get_language())):
        return text
    written = [unicodedata.bidirectional(letter) for letter in text]
    if not (get_language_bidi() or _FROM_THE_RIGHT & set(written)):
        return text
    first = next((way for way in written if way in _FROM_THE_RIGHT | {"L"}), "L")
    began = "\N{LEFT-TO-RIGHT ISOLATE}" if first == "L" else "\N{RIGHT-TO-LEFT ISOLATE}"
    kept = " ".join(f"\N{FIRST STRONG ISOLATE}{part}{_ENDED}" for part in parts)
    return f"{began}{kept}{_ENDED}"


@lru_cache(maxsize=64)
def _mirrored(language: str | None) -> bool:
    # A board names a hundred people, and asking the whole way costs more than the name.
    return get_language_bidi()


_FROM_THE_RIGHT = {"R", "AL"}
_ENDED = "\N{POP DIRECTIONAL ISOLATE}"
