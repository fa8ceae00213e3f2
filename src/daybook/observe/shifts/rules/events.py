"""Shared events: told of one person, the others are unnamed; and no word names anybody."""

import re
import unicodedata
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def with_others(others: int, *, more: bool) -> str:
    """Who else took part, said beside one person: "With two others", never who.

    ``more``: somebody took part whom the reader doesn't reach, so that nothing is counted.
    """
    if more:
        return _("With others.")
    if not others:
        return ""
    counted = (
        _("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight"),
        _("nine"),
    )  # fmt: skip
    number = counted[others - 1] if others <= len(counted) else str(others)
    return ngettext("With %(number)s other.", "With %(number)s others.", others) % {
        "number": number
    }


def names_somebody(words: str, names: Iterable[tuple[str, str, str]]) -> str:
    """The first name of these people that stands in the words, or nothing.

    ``names``: given name, family name, name one is called by. A family name is found however
    it is written; a given name, which may be an ordinary word, only as a name is written.
    """
    written = _words(words)
    lower = {word.casefold() for word in written}
    for given, family, known_as in names:
        for part in _words(family):
            if len(part) > 1 and part.casefold() in lower:
                return family
        for name in filter(None, (known_as, given)):
            parts = _words(name)
            if parts and all(part in written for part in parts):
                return name
    return ""


def naming_problem(name: str) -> str:
    return _(
        "“%(name)s” stands in these words. They are read with each person who took part: "
        "write “one of them”, and say each one’s part beside their name."
    ) % {"name": name}


def _words(text: str) -> list[str]:
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(letter)
    )
    # An apostrophe or hyphen may belong to a name, and may end one: "Kaya's".
    return re.findall(r"[^\W\d_]+", plain)
