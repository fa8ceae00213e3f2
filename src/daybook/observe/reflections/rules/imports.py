"""How rows of another system become ratings: the map that says so, and what it makes of a row.

A step is the place of a value on its own scale, carried over in proportion to 1-5 and
rounded to the nearest step; halfway between two, to the one nearer the middle. So a scale
read in reverse gives exactly the mirrored steps.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from fractions import Fraction
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from daybook.foundation.registry.maps import Reader, WrongMap
from daybook.foundation.registry.refusals import Problem
from daybook.foundation.registry.sheets import Row, moment_in

from ..vocabulary import Contact, Form, Setting

NAMESPACE = UUID("6f0d8c1e-52a5-5d0e-9b0c-0c1d5a7e41b3")
OLDEST = timedelta(days=366 * 50)
NOON = time(12)
EXAMPLE = datetime(2024, 12, 31, 16, 45)  # noqa: DTZ001
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,20})?")


@dataclass(frozen=True, slots=True)
class Said:
    """Where something stands: in a column, or the same for every row."""

    column: str = ""
    fixed: str = ""

    def in_row(self, cells: Mapping[str, str]) -> str:
        return cells.get(self.column, "") if self.column else self.fixed


@dataclass(frozen=True)
class Scale:
    """The column of a channel and the scale it is told on."""

    column: str
    low: Fraction
    high: Fraction
    reverse: bool = False

    def step(self, value: Fraction) -> int | None:
        """The step 1-5 of a value, or None where it is off the scale."""
        if not self.low <= value <= self.high:
            return None
        place = (value - self.low) / (self.high - self.low) * 4 - 2
        if self.reverse:
            place = -place
        whole = int(abs(place) + Fraction(1, 2))
        if abs(place) + Fraction(1, 2) == whole:
            whole -= 1
        return 3 + (whole if place > 0 else -whole)


@dataclass(frozen=True)
class RatingsMap:
    """Which column of a file says what, by whom, and on which scales.

    ``channels`` are scales by the key of the channel; ``missing`` are the texts that stand
    for nothing, ``cant_tell`` those by which the rater said so.
    """

    source: str
    date: Said
    date_format: str
    time: Said
    time_format: str
    system: Said
    person: Said
    rater: Said
    channels: Mapping[str, Scale]
    contact: str
    form: str
    setting: str
    missing: frozenset[str]
    cant_tell: frozenset[str]
    decimal: str = "."

    @property
    def columns(self) -> set[str]:
        """The columns that a file must have."""
        said = (self.date, self.time, self.system, self.person, self.rater)
        named = {each.column for each in said} | {s.column for s in self.channels.values()}
        return named - {""}


def ratings_map(keys: Mapping[str, Any], *, channels: "set[str] | frozenset[str]") -> RatingsMap:
    """Read a map; ``channels`` are the keys of those asked now. Raises ``WrongMap``."""
    top = Reader(keys)
    on, at, whose, who = (top.level(key) for key in ("date", "time", "person", "rater"))
    found = RatingsMap(
        source=top.text("source", needed="a short name for where the rows come from"),
        date=Said(on.text("column", needed="the column of the date")),
        date_format=_format(on, "%Y-%m-%d"),
        time=Said(at.text("column", needed="the column of the time" if top.any("time") else "")),
        time_format=_format(at, "%H:%M"),
        system=_said(whose, "system", "system column", "the system whose numbers these are"),
        person=_said(whose, "number", "column", "the number of the person, or its column"),
        rater=_said(who, "number", "column", "the staff number of the rater, or its column"),
        channels=_scales(top.level("channels"), channels),
        contact=_one(top, "contact", Contact, needed=True),
        form=_one(top, "form", Form) or Form.SHORT,
        setting=_one(top, "setting", Setting),
        missing=top.texts("missing", ("", "NA")),
        cant_tell=top.texts("cant_tell"),
        decimal=top.text("decimal", default="."),
    )
    if found.contact == Contact.NOT_SEEN:
        top.wrong("contact", "somebody who was not seen can't be rated.")
    if found.decimal not in (".", ","):
        top.wrong("decimal", 'say "." or ",".')
    for level in (top, on, at, whose, who):
        level.no_more()
    if top.problems:
        raise WrongMap(top.problems)
    return found


def _said(level: Reader, fixed: str, column: str, what: str) -> Said:
    said = Said(level.text(column), level.text(fixed))
    if bool(said.column) == bool(said.fixed):
        level.wrong(fixed, f"give {what}: either '{fixed}' or '{column}'.")
    return said


def _format(level: Reader, usual: str) -> str:
    given = level.text("format", default=usual)
    read = moment_in(EXAMPLE.strftime(given), given)
    if read is None or read.strftime(usual) != EXAMPLE.strftime(usual):
        level.wrong("format", f"give it whole, in the letters of strftime, such as {usual}.")
    return given


def _one(level: Reader, key: str, words: Any, *, needed: bool = False) -> str:
    given = level.text(key, needed=f"one of {', '.join(words.values)}" if needed else "")
    if given and given not in words.values:
        level.wrong(key, f"{given!r} is not known. Give one of: {', '.join(words.values)}.")
    return given


def _scales(level: Reader, known: "set[str] | frozenset[str]") -> dict[str, Scale]:
    scales = {}
    for key in level.names():
        if key not in known:
            level.wrong(key, f"no such channel is asked. Channels are: {', '.join(sorted(known))}.")
        one = level.level(key)
        column = one.text("column", needed="the column of the ratings")
        reverse = one.switch("reverse")
        ends = one.any("scale")
        one.no_more()
        match ends:
            case [int() | float() as low, int() | float() as high] if _finite(low, high):
                scales[key] = Scale(column, Fraction(str(low)), Fraction(str(high)), reverse)
            case _:
                one.wrong("scale", "give its two ends, lowest first, as in [1, 7].")
    if not level.names():
        level.problems.append("channels: name at least one channel with its column and scale.")
    return scales


def _finite(low: float, high: float) -> bool:
    return not isinstance(low, bool) and float("-inf") < low < high < float("inf")


@dataclass(frozen=True, slots=True)
class Moment:
    """What a row says: ``steps`` by the key of the channel, None for "can't tell"."""

    row: Row
    number: tuple[str, str]
    rater: str
    day: date
    at: datetime
    steps: dict[str, int | None]


@dataclass
class Reading:
    """Reads rows by a map, as the clock stands at ``now`` in the zone ``zone``.

    Equal texts mean equal things, so that each is worked out once.
    """

    by: RatingsMap
    now: datetime
    zone: tzinfo
    _known: dict[tuple[str, str], Any] = field(default_factory=dict)

    def moment(self, row: Row) -> Moment | list[Problem]:
        """What the row says, or everything that keeps it out. Steps may be empty."""
        if row.problem:
            return [Problem("", row.problem)]
        problems: list[Problem] = []
        day = self._day(row, problems)
        clock = self._clock(row, problems)
        number = (
            self._needed(row, self.by.system, problems),
            self._needed(row, self.by.person, problems),
        )
        rater = self._needed(row, self.by.rater, problems)
        steps = self._steps(row, problems)
        if problems or day is None:
            return problems
        at = datetime.combine(day, clock, tzinfo=self.zone)
        if at > self.now and (self.by.time.column or day > self.now.astimezone(self.zone).date()):
            return [Problem(self.by.date.column, _("is still to come"))]
        if self.now - at > OLDEST:
            return [Problem(self.by.date.column, _("is more than fifty years ago"))]
        return Moment(row, number, rater, day, min(at, self.now), steps)

    def _day(self, row: Row, problems: list[Problem]) -> date | None:
        column = self.by.date.column
        found: date | None = self._once("date", row.cells[column], self._as_date)
        if found is None:
            reason = _("is not a date written like {example}")
            example = EXAMPLE.strftime(self.by.date_format)
            problems.append(Problem(column, reason.format(example=example)))
        return found

    def _clock(self, row: Row, problems: list[Problem]) -> time:
        column = self.by.time.column
        if not column:
            return NOON
        found: time | None = self._once("time", row.cells[column], self._as_time)
        if found is None:
            reason = _("is not a time of day written like {example}")
            example = EXAMPLE.strftime(self.by.time_format)
            problems.append(Problem(column, reason.format(example=example)))
        return found or NOON

    def _needed(self, row: Row, said: Said, problems: list[Problem]) -> str:
        found = said.in_row(row.cells)
        if said.column and found in self.by.missing:
            problems.append(Problem(said.column, _("is empty")))
        return found

    def _steps(self, row: Row, problems: list[Problem]) -> dict[str, int | None]:
        steps: dict[str, int | None] = {}
        for channel, scale in self.by.channels.items():
            cell = row.cells[scale.column]
            if cell in self.by.cant_tell:
                steps[channel] = None
            elif cell not in self.by.missing:
                step = self._once(f"on {channel}", cell, partial(self._step, scale))
                if isinstance(step, str):
                    problems.append(Problem(scale.column, step))
                else:
                    steps[channel] = step
        return steps

    def _step(self, scale: Scale, cell: str) -> int | str:
        plain = cell.replace(",", ".") if self.by.decimal == "," else cell
        if not _NUMBER.fullmatch(plain):
            return _("is not a number")
        step = scale.step(Fraction(plain))
        if step is None:
            reason = _("is off its scale, {low:g} to {high:g}")
            return reason.format(low=float(scale.low), high=float(scale.high))
        return step

    def _as_date(self, cell: str) -> date | None:
        found = moment_in(cell, self.by.date_format)
        return found.date() if found else None

    def _as_time(self, cell: str) -> time | None:
        # A workbook gives a time of day alone with its seconds.
        found = moment_in(cell, self.by.time_format) or moment_in(f"{EXAMPLE:%Y-%m-%d}T{cell}", "")
        return found.time() if found else None

    def _once(self, kind: str, cell: str, work: Callable[[str], Any]) -> Any:
        if (kind, cell) not in self._known:
            if len(self._known) > 50_000:
                self._known.clear()
            self._known[kind, cell] = work(cell)
        return self._known[kind, cell]


def key_of(moment: Moment, by: RatingsMap, *, person_id: int, rater_id: int) -> UUID:
    """The key under which a row is saved, the same however often it is brought in.

    Person, rater and moment tell one row of a source from another; where the map knows no
    time of day, what was rated does so too.
    """
    if by.time.column:
        # As the clock showed it: when clocks change, two of its times are one moment.
        when = moment.at.replace(tzinfo=None).isoformat()
    else:
        when = f"{moment.day} {sorted(moment.steps.items())}"
    return uuid5(NAMESPACE, f"{by.source}\n{person_id}\n{rater_id}\n{when}")
