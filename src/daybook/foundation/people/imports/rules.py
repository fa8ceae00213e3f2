"""What a row about a person, a stay or something ahead says, and what follows from it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from itertools import pairwise
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from daybook.foundation.registry.refusals import Problem
from daybook.foundation.registry.sheets import Row

from ..models import ComingKind, DateKind, Pronoun, Status
from .columns import Cells, Columns

Number = tuple[str, str]
"""A system, and the number there."""

DATES = {kind.value.replace("-", "_"): kind.value for kind in DateKind}
PERSON_FIELDS = (
    "system", "number", "given_name", "family_name", "known_as", "pronoun", "languages",
    "status", "status_since", "other_numbers", *DATES,
)  # fmt: skip
PERSON_NEEDS = {"system", "number", "given_name", "family_name"}
STAY_FIELDS = (
    "system", "number", "stay", "unit", "cell", "began_at", "ended_at", "reason",
)  # fmt: skip
STAY_NEEDS = {"system", "number", "stay", "unit", "began_at"}
COMING_FIELDS = ("system", "number", "event", "kind", "at", "words", "called_off")
COMING_NEEDS = {"system", "number", "event", "kind", "at"}

_SYSTEM = re.compile(r"[A-Za-z0-9_-]{1,40}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """``names`` holds given_name, family_name, known_as, pronoun and languages, as far as said."""

    row: Row
    number: Number
    others: tuple[Number, ...]
    names: dict[str, object]
    status: str
    since: date | None
    dates: dict[str, date]


def person_row(row: Row, columns: Columns, *, today: date) -> PersonRow | list[Problem]:
    """What a row says of a person, or everything that keeps it out."""
    cells = Cells(row, columns)
    number = cells.text("system", 40, needed=True), cells.text("number", 60, needed=True)
    if number[0] and not _SYSTEM.fullmatch(number[0]):
        cells.wrong("system", _("is not a short name of letters, digits and hyphens"))
    languages = list(cells.listed("languages"))
    if not all(_LANGUAGE.fullmatch(each) and len(each) <= 12 for each in languages):
        cells.wrong("languages", _("is not a list of language codes, as in nl;ar"))
    names = {
        "given_name": cells.text("given_name", 120, needed=True),
        # Many people have one name only.
        "family_name": cells.text("family_name", 120),
        "known_as": cells.text("known_as", 120),
        "pronoun": cells.one_of("pronoun", Pronoun),
        "languages": languages,
    }
    status, since = cells.one_of("status", Status), cells.day("status_since", until=today)
    if status and since is None:
        cells.wrong("status_since", _("is needed where a status is given"))
    others = _other_numbers(cells)
    dates = {kind: day for field, kind in DATES.items() if (day := cells.day(field))}
    if cells.problems:
        return cells.problems
    said: dict[str, object] = {field: value for field, value in names.items() if value}
    return PersonRow(row, number, others, said, status, since, dates)


def _other_numbers(cells: Cells) -> tuple[Number, ...]:
    found = []
    for part in cells.listed("other_numbers"):
        system, colon, number = (text.strip() for text in part.partition(":"))
        if not colon or not _SYSTEM.fullmatch(system) or not 0 < len(number) <= 60:
            cells.wrong("other_numbers", _("is not a list of numbers, as in court:123;health:9"))
        found.append((system, number))
    if len({system for system, _number in found}) < len(found):
        cells.wrong("other_numbers", _("holds two numbers of one system"))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Held:
    """A legal status that a person has or had; ``id`` None where it is new."""

    status: str
    since: date
    until: date | None = None
    id: int | None = None


def status_follows(held: Iterable[Held], status: str, since: date) -> list[Held] | str:
    """The statuses to write when a file says ``status`` since ``since``, or why it can't be.

    The same status is left alone; another one ends the one that holds, the day before.
    """
    history = sorted(held, key=lambda each: each.since)
    now = next((each for each in history if each.until is None), None)
    if any((each.status, each.since) == (status, since) for each in history):
        return []
    if history and since <= history[-1].since:
        return _("begins before the status that is known, or on the same day")
    if now and now.status == status:
        return []
    ended = [replace(now, until=since - timedelta(days=1))] if now else []
    return [*ended, Held(status, since)]


@dataclass(frozen=True, slots=True)
class Period:
    """A stay; ``id`` None where it is new."""

    source: str
    unit_id: int
    cell_id: int | None
    began_at: datetime
    ended_at: datetime | None
    reason: str
    id: int | None = None


@dataclass(frozen=True, slots=True)
class StayRow:
    row: Row
    number: Number
    source: str
    unit: str
    cell: str
    began_at: datetime
    ended_at: datetime | None
    reason: str


def stay_row(row: Row, columns: Columns, *, now: datetime, zone: tzinfo) -> StayRow | list[Problem]:
    """What a row says of a stay, or everything that keeps it out."""
    cells = Cells(row, columns)
    number = cells.text("system", 40, needed=True), cells.text("number", 60, needed=True)
    stay = cells.text("stay", 79, needed=True)
    unit, cell = cells.text("unit", 50, needed=True), cells.text("cell", 40)
    reason = cells.text("reason", 200)
    began = cells.moment("began_at", zone, until=now)
    ended = cells.moment("ended_at", zone, until=now)
    if began is None and not cells.problems:
        cells.wrong("began_at", _("is empty"))
    if began and ended and ended < began:
        cells.wrong("ended_at", _("ends before it began"))
    if cells.problems or began is None:
        return cells.problems
    return StayRow(row, number, f"{number[0]}:{stay}", unit, cell, began, ended, reason)


def stays_follow(
    known: Mapping[str, Period], wanted: Mapping[str, Period]
) -> tuple[list[Period], dict[str, str]]:
    """The stays to write for one person; or none, and why each of the file can't be.

    Both by source: ``wanted`` are the stays of a file, which correct those known under the
    same. A known stay that nobody ended ends where a new one begins: the person moved.
    Stays come in together or not at all, for a history with holes would misplace what is
    recorded about those days.
    """
    if not wanted:
        return [], {}
    wanted = {
        source: replace(stay, ended_at=stay.ended_at or _end_of(known.get(source)))
        for source, stay in wanted.items()
    }
    stays = sorted({**known, **wanted}.values(), key=_in_time)
    if refused := _clashes(stays, wanted):
        others = _("another stay of this person can't be right; they come in together")
        new = {source for source, stay in wanted.items() if stay != known.get(source)}
        return [], dict.fromkeys(new, others) | refused
    moved = [
        replace(stay, ended_at=later.began_at) if stay.ended_at is None else stay
        for stay, later in pairwise(stays)
    ]
    return [s for s in (*moved, *stays[-1:]) if s != known.get(s.source)], {}


def _clashes(stays: list[Period], wanted: Mapping[str, Period]) -> dict[str, str]:
    """Why stays of the file can't stand beside their neighbours in time."""
    still_open = [source for source, stay in wanted.items() if stay.ended_at is None]
    if len(still_open) > 1:
        return dict.fromkeys(still_open, _("several stays of this person are open in the file"))
    refused: dict[str, str] = {}
    for earlier, later in pairwise(stays):
        if earlier.ended_at is None:
            fits = earlier.source not in wanted and earlier.began_at < later.began_at
            reason = _("is left open, and another stay of this person begins later")
        else:
            fits = earlier.ended_at <= later.began_at
            reason = _("overlaps another stay of this person")
        if not fits:
            refused |= dict.fromkeys({earlier.source, later.source} & wanted.keys(), reason)
    return refused


def _end_of(known: Period | None) -> datetime | None:
    return known.ended_at if known else None


def _in_time(stay: Period) -> tuple[datetime, bool, datetime]:
    return stay.began_at, stay.ended_at is None, stay.ended_at or stay.began_at


class CalledOff(models.TextChoices):
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Event:
    """Something ahead as the table holds it; ``id`` None where it is new."""

    id: UUID | None
    person_id: int
    kind: str
    at: datetime
    words: str
    cancelled_at: datetime | None
    source: str


@dataclass(frozen=True, slots=True)
class ComingRow:
    """``called_off`` is "yes", "no", or empty where the row says nothing of it."""

    row: Row
    number: Number
    source: str
    kind: str
    at: datetime
    words: str
    called_off: str

    def event(self, person_id: int, held: Event | None, *, now: datetime) -> Event:
        """What is to stand there; where the row says nothing, what is known stays."""
        cancelled_at = held.cancelled_at if held else None
        if self.called_off == CalledOff.YES:
            cancelled_at = cancelled_at or now
        elif self.called_off == CalledOff.NO:
            cancelled_at = None
        return Event(
            id=held.id if held else None,
            person_id=person_id,
            kind=self.kind,
            at=self.at,
            words=self.words or (held.words if held else ""),
            cancelled_at=cancelled_at,
            source=self.source,
        )


def coming_row(row: Row, columns: Columns, *, zone: tzinfo) -> ComingRow | list[Problem]:
    """What a row says of something ahead, or everything that keeps it out."""
    cells = Cells(row, columns)
    number = cells.text("system", 40, needed=True), cells.text("number", 60, needed=True)
    event = cells.text("event", 79, needed=True)
    cells.text("kind", 40, needed=True)
    kind = cells.one_of("kind", ComingKind)
    at = cells.moment("at", zone)
    if at is None and not cells.problems:
        cells.wrong("at", _("is empty"))
    words = cells.text("words", 200)
    called_off = cells.one_of("called_off", CalledOff)
    if cells.problems or at is None:
        return cells.problems
    return ComingRow(row, number, f"{number[0]}:{event}", kind, at, words, called_off)
