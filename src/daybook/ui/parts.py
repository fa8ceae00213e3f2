"""What pages hand to the parts: plain values, no domain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from django.utils.safestring import SafeString

Direction = Literal["higher", "lower", "mixed"]
Kind = Literal["fact", "reading", "own", "did"]

MARKS: dict[str, str] = {"higher": "▲", "lower": "▼", "mixed": "◆"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words on a tile. With a direction it is a change and drawn in ink with its mark;
    without, it is said quietly. The words must say the direction too. ``more``: what a reader
    who lingers is told besides."""

    text: str
    direction: Direction | None = None
    more: str = ""

    @property
    def mark(self) -> str:
        return MARKS.get(self.direction or "", "")


@dataclass(frozen=True, slots=True)
class Tile:
    """One place on a board.

    ``before``: what must be known before the door is opened; ``brief``: the same in few words.
    ``strong`` and ``dot`` are the words that stand for the outline and the dot when the page is
    read aloud; empty words draw none.
    """

    cell: str
    name: str
    url: str
    lines: Sequence[Line] = ()
    spark: SafeString | str = ""
    before: Sequence[str] = ()
    brief: str = ""
    strong: str = ""
    dot: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """A pill that narrows a list."""

    label: str
    url: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Voice:
    """Words in one of four voices: what was seen or heard, what somebody makes of it,
    the person's own words, what somebody did."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a timeline, with the additions made to it later."""

    when: date | datetime
    who: str
    voices: Sequence[Voice]
    where: str = ""
    url: str = ""
    note: str = ""
    additions: Sequence[Entry] = field(default=())


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a question, ready to be drawn."""

    id: str
    value: str
    label: str
    checked: bool
