"""What a chart is drawn from, and the path through it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from daybook.ui.parts import Direction

Point = tuple[int, float | None]
"""A day, counted from the first one drawn, and its value; None where there is no entry."""

WIDE = 1000
MARGIN = 10


@dataclass(frozen=True, slots=True)
class Change:
    """A lasting change: from `day` to `until` (None: to the end), said in `words`."""

    day: int
    words: str
    direction: Direction
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, in a word or two."""

    day: int
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One channel of one person, over `days` days from `first_day`.

    `key` is unique on the page. `state` continues the title ("is lower than his own usual"), in
    the colour of `direction`. `sentence` is what the chart says, read aloud and printed under it.
    `raw` are entries as written, several a day allowed; `line` is what the team looks at; `unit`
    the unit's own line. Values lie between `low` and `high`, which `low_word` and `high_word` name.
    """

    key: str
    title: str
    sentence: str
    first_day: date
    days: int
    low_word: str
    high_word: str
    raw: Sequence[Point] = ()
    line: Sequence[Point] = ()
    band: tuple[float, float] | None = None
    unit: Sequence[Point] = ()
    changes: Sequence[Change] = ()
    events: Sequence[Event] = ()
    state: str = ""
    direction: Direction | None = None
    low: float = 1
    high: float = 5
    raw_word: str = ""
    line_word: str = ""
    band_word: str = ""
    unit_word: str = ""

    def words(self) -> dict[str, str]:
        """What the shapes are called, for key and table."""
        return {
            "raw": self.raw_word or _("as written"),
            "line": self.line_word or _("habits and the unit's days taken out"),
            "band": self.band_word or _("usual"),
            "unit": self.unit_word or _("the unit"),
        }

    def date(self, day: int) -> date:
        return self.first_day + timedelta(days=day)


def path_through(points: Iterable[Point], span: int, tall: float, low: float, high: float) -> str:
    """The path through `points`; a None lifts the pen."""
    step = (WIDE - 2 * MARGIN) / max(span - 1, 1)
    path: list[str] = []
    pen = "M"
    for day, value in points:
        if value is None:
            pen = "M"
            continue
        y = (high - min(max(value, low), high)) / (high - low) * tall
        path.append(f"{pen}{MARGIN + day * step:.0f} {y:.1f}")
        pen = "L"
    return "".join(path)
