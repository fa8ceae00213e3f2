"""Bringing in what another system was told by people of themselves.

A row is taken in and no more is told of it: whether the same word is known already stays in the
table, so that no guess in a file can be held against it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.audit.actions import Actor
from daybook.foundation.audit.bulk import add_many
from daybook.foundation.people.imports.columns import Cells, Columns
from daybook.foundation.people.imports.rules import Number
from daybook.foundation.people.models import Identifier
from daybook.foundation.registry.keys import new_key
from daybook.foundation.registry.refusals import Problem, Refused, Rejects, Tally, in_parts
from daybook.foundation.registry.sheets import Row

from .models import Declaration
from .vocabulary import Way, characteristics

FIELDS = ("system", "number", "characteristic", "said", "declared_on")
NEEDED = set(FIELDS)
ROWS_A_TRANSACTION = 2_000
COLUMNS = ("id", "person_id", "characteristic", "said", "way", "sheet", "declared_at")


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says: whose number, what was asked, the answer, and on which day it was given."""

    row: Row
    number: Number
    characteristic: str
    said: str
    declared_on: date

    @property
    def declared_at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.declared_on, time.min))


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a list, as cells are held against them."""

    values: list[str]


def said_in(row: Row, columns: Columns, *, today: date) -> Said | list[Problem]:
    """What a row says, or everything that keeps it out."""
    cells = Cells(row, columns)
    number = cells.text("system", 40, needed=True), cells.text("number", 60, needed=True)
    asked = {each.key: each for each in characteristics()}
    cells.text("characteristic", 16, needed=True)
    key = cells.one_of("characteristic", _Words(list(asked)))
    cells.text("said", 16, needed=True)
    said = cells.one_of("said", _Words(list(asked[key].groups))) if key in asked else ""
    day = cells.day("declared_on", until=today)
    if day is None and not cells.problems:
        cells.wrong("declared_on", _("is empty"))
    if cells.problems or day is None:
        return cells.problems
    return Said(row, number, key, said, day)


@dataclass
class EqualityImport:
    """One file on its way in, as the owner of the tables. ``by`` None only looks."""

    by: Actor | None
    columns: Columns
    reason: str
    tally: Tally = field(default_factory=Tally)
    _met: set[tuple[Number, str]] = field(default_factory=set)
    _sheet: UUID = field(default_factory=new_key)

    def bring_in(
        self, rows: Iterable[Row], rejects: Rejects, heard: Callable[[], None] = lambda: None
    ) -> Tally:
        """Take in all rows, some thousand a transaction; ``heard`` is called after each."""
        for part in in_parts(rows, ROWS_A_TRANSACTION):
            with transaction.atomic():
                refused = self._take_part(part)
            for one in refused:
                self.tally.refuse(one)
            rejects.add(refused)
            heard()
        return self.tally

    def _take_part(self, part: list[Row]) -> list[Refused]:
        self.tally.read += len(part)
        refused: list[Refused] = []
        said: list[Said] = []
        for row in part:
            read = said_in(row, self.columns, today=timezone.localdate())
            if not isinstance(read, Said):
                refused.append(Refused(row, tuple(read)))
            elif (read.number, read.characteristic) in self._met:
                reason = _("stands twice for this person in the file")
                refused.append(self._refusal(read, "characteristic", reason))
            else:
                self._met.add((read.number, read.characteristic))
                said.append(read)
        people = _people(said)
        known = _Known.of(people.values())
        coming: list[tuple[int, Said]] = []
        for one in said:
            person = people.get(one.number)
            if person is None:
                reason = _("no person has this number in this system")
                refused.append(self._refusal(one, "number", reason))
            elif known.is_later(person, one):
                reason = _("the person has said something since, or taken back what they said")
                refused.append(self._refusal(one, "declared_on", reason))
            else:
                self.tally.added += 1
                if known.words.get((person, one.characteristic)) != one.said:
                    coming.append((person, one))
        if self.by is not None:
            self._write(self.by, coming)
        return sorted(refused, key=lambda each: each.row.number)

    def _write(self, by: Actor, coming: list[tuple[int, Said]]) -> None:
        for person, one in coming:
            Declaration.objects.filter(
                person_id=person, characteristic=one.characteristic, withdrawn_at__isnull=True
            ).update(said="", withdrawn_at=timezone.now())
        add_many(
            Declaration,
            COLUMNS,
            [
                (new_key(), person, one.characteristic, one.said, Way.IMPORT.value, self._sheet,
                 one.declared_at)
                for person, one in coming
            ],
            by=by,
            reason=self.reason,
            person="person_id",
        )  # fmt: skip

    def _refusal(self, said: Said, field: str, reason: str) -> Refused:
        return Refused(said.row, (Problem(self.columns.name_of(field), reason),))


def _people(said: list[Said]) -> dict[Number, int]:
    numbers = {one.number for one in said}
    found = Identifier.objects.filter(
        system__in={system for system, _number in numbers},
        number__in={number for _system, number in numbers},
    ).values_list("system", "number", "person_id")
    return {(s, n): person for s, n, person in found if (s, n) in numbers}


@dataclass
class _Known:
    """What people have said so far, and when they last changed or took back anything."""

    words: dict[tuple[int, str], str]
    said_on: dict[tuple[int, str], date]
    changed_on: dict[int, date]

    @classmethod
    def of(cls, people: Iterable[int]) -> "_Known":
        known = cls({}, {}, {})
        rows: Any = Declaration.objects.filter(person_id__in=set(people)).order_by("declared_at")
        for each in rows:
            if each.withdrawn_at is None:
                place = each.person_id, each.characteristic
                known.words[place] = each.said
                known.said_on[place] = timezone.localdate(each.declared_at)
            elif each.way == Way.SCREEN:
                day = timezone.localdate(each.withdrawn_at)
                known.changed_on[each.person_id] = max(
                    day, known.changed_on.get(each.person_id, day)
                )
        return known

    def is_later(self, person: int, one: Said) -> bool:
        """Whether the person's own later word stands against the row."""
        said_on = self.said_on.get((person, one.characteristic), date.min)
        changed_on = self.changed_on.get(person, date.min)
        return one.declared_on < said_on or one.declared_on <= changed_on
