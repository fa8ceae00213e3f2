"""What is asked, and in which words it may be answered. A service gives words of its own.

They are asked for one end alone: to see whether groups fare alike. No word of them is an
indicator, a filter or a trigger, and ``tests/architecture/test_equality_apart.py`` holds it.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.maps import Reader, WrongMap, read_map

KEY = re.compile(r"[a-z][a-z0-9-]{0,15}")
LONGEST = 120
UNSAID = "unsaid"
"""Whoever said nothing, in figures. No service may call a group so."""


class Way(models.TextChoices):
    """How it came."""

    SCREEN = "screen", _("by the person, on a screen handed over")
    IMPORT = "import", _("out of another system, which asked the person")


@dataclass(frozen=True, slots=True)
class Characteristic:
    """One thing that is asked: how staff call it, how the person is asked, what they may say.

    ``groups`` are the keys of the answers, each with its words.
    """

    key: str
    name: Any
    asks: Any
    groups: dict[str, Any]


SHIPPED = (
    Characteristic(
        "sex",
        _("sex or gender"),
        _("Which word fits you?"),
        {"woman": _("woman"), "man": _("man"), "another": _("another word")},
    ),
    Characteristic(
        "origin",
        _("ethnicity or origin"),
        _("Where you and your family come from: do you belong to a minority in this country?"),
        {"minority": _("to a minority"), "majority": _("to the majority"), "both": _("to both")},
    ),
    Characteristic(
        "belief",
        _("religion or belief"),
        _("Do you have a religion or belief?"),
        {
            "none": _("none"),
            "buddhist": _("Buddhist"),
            "christian": _("Christian"),
            "hindu": _("Hindu"),
            "humanist": _("humanist"),
            "jewish": _("Jewish"),
            "muslim": _("Muslim"),
            "sikh": _("Sikh"),
            "another": _("another one"),
        },
    ),
    Characteristic(
        "disability",
        _("disability"),
        _("Do you have a disability, or an illness that stays?"),
        {"yes": _("yes"), "no": _("no")},
    ),
    Characteristic(
        "orientation",
        _("sexual orientation"),
        _("Whom do you love?"),
        {
            "opposite": _("people of the other sex"),
            "same": _("people of the same sex"),
            "both": _("both"),
            "another": _("I would say it otherwise"),
        },
    ),
    Characteristic(
        "nationality",
        _("nationality"),
        _("Are you a citizen of this country?"),
        {"citizen": _("yes"), "other": _("no, of another one"), "none": _("of no country")},
    ),
    Characteristic(
        "language",
        _("first language"),
        _("Do staff here speak the language you speak best?"),
        {"spoken": _("yes"), "unspoken": _("no")},
    ),
)


@cache
def characteristics() -> tuple[Characteristic, ...]:
    """What this service asks. Raises ``ImproperlyConfigured`` where its words can't be read."""
    if not settings.EQUALITY_WORDS:
        return SHIPPED
    try:
        return _read(Path(settings.EQUALITY_WORDS))
    except (WrongMap, OSError) as why:
        told = " ".join(why.problems) if isinstance(why, WrongMap) else str(why)
        raise ImproperlyConfigured(f"DAYBOOK_EQUALITY can't be followed. {told}") from None


def _read(file: Path) -> tuple[Characteristic, ...]:
    top = Reader(read_map(file))
    found = []
    for key in top.names():
        level = top.level(key)
        groups = level.level("groups")
        said = {group: groups.text(group, needed="words for it") for group in groups.names()}
        name = level.text("name", needed="what staff call it")
        asks = level.text("asks", needed="the question as the person reads it")
        for each in (key, *said):
            if not KEY.fullmatch(each) or each == UNSAID:
                level.wrong(each, "is no key: up to 16 small letters, digits and hyphens.")
        if any(len(words) > LONGEST for words in (name, asks, *said.values())):
            level.wrong("groups", f"words are {LONGEST} characters long at most.")
        if len(said) < 2:
            level.wrong("groups", "give two or more.")
        level.no_more()
        found.append(Characteristic(key, name, asks, said))
    if top.problems:
        raise WrongMap(top.problems)
    return tuple(found)
