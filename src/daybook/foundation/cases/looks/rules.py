"""How looks are told: one line for each colleague, day and way of looking."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

SHOWN = timedelta(days=14)
"""At once; earlier ones are a touch away."""


@dataclass(frozen=True, slots=True)
class Look:
    """One colleague on one day, as often as they looked in the same way."""

    day: date
    who: str
    post: str
    roles: tuple[str, ...]
    kinds: tuple[str, ...]
    """What kinds of record, as the role table names them; none: name and place only."""
    alone: bool
    """Whether this person's own page was open, and no list with others."""
    times: int
    first_at: datetime
    last_at: datetime
    reason: str = ""
    recipient: str = ""
    """To whom it was given out; empty where it was only read."""


def by_day(looks: Iterable[Look]) -> list[tuple[date, list[Look]]]:
    """The newest day first; on a day what was given out, then pages opened, then lists."""

    days = groupby(sorted(looks, key=lambda each: each.day, reverse=True), lambda each: each.day)
    return [(day, sorted(of_day, key=_place)) for day, of_day in days]


def _place(look: Look) -> tuple[bool, bool, str]:
    return not look.recipient, not look.alone, look.who
