"""Bringing stays in: where people live and lived, known again by the id of their system."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.audit.actions import Actor, entry
from daybook.foundation.audit.bulk import add_many, reserve_keys
from daybook.foundation.audit.models import Entry, Kind
from daybook.foundation.places.models import Cell, Unit
from daybook.foundation.registry.refusals import Problem, Refused, Rejects, Tally
from daybook.foundation.registry.sheets import Row

from ..models import Identifier, Stay
from .columns import Columns
from .news import News, announce, news_of
from .rules import Number, Period, StayRow, stay_row, stays_follow

PEOPLE_A_TRANSACTION = 1_000

Place = tuple[int, str]
"""A unit, and what stands on the door of the cell."""


@dataclass
class StaysImport:
    """One file of stays on its way in, as the owner of the tables.

    ``by`` is who brings it in; None only looks, and writes nothing. The whole file is read
    before anything is written, for one person's stays must fit together wherever they stand.
    """

    by: Actor | None
    columns: Columns
    reason: str
    create_cells: bool = False
    tally: Tally = field(default_factory=Tally)
    _refused: list[Refused] = field(default_factory=list)

    def __post_init__(self) -> None:
        units = list(Unit.objects.values_list("code", "id", "establishment_id"))
        self._units = {code: unit for code, unit, _house in units}
        self._houses = {unit: house for _code, unit, house in units}
        self._cells: dict[Place, int] = {
            (unit, name): cell
            for cell, unit, name in Cell.objects.values_list("id", "unit_id", "name")
        }

    def bring_in(
        self, rows: Iterable[Row], rejects: Rejects, heard: Callable[[], None] = lambda: None
    ) -> Tally:
        """Take in all rows, a thousand people a transaction; ``heard`` is called as it goes on."""
        said = iter(self._by_person(self._read(rows, heard)).items())
        while part := dict(islice(said, PEOPLE_A_TRANSACTION)):
            with transaction.atomic():
                self._take_part(part)
            heard()
        self._refused.sort(key=lambda each: each.row.number)
        for one in self._refused:
            self.tally.refuse(one)
        rejects.add(self._refused)
        return self.tally

    def _read(self, rows: Iterable[Row], heard: Callable[[], None]) -> list[StayRow]:
        now, zone = timezone.now(), timezone.get_current_timezone()
        said: dict[str, StayRow] = {}
        for row in rows:
            self.tally.read += 1
            if self.tally.read % 1_000 == 0:
                heard()
            read = stay_row(row, self.columns, now=now, zone=zone)
            if not isinstance(read, StayRow):
                self._refused.append(Refused(row, tuple(read)))
            elif read.source in said:
                self._refuse(read, "stay", _("stands twice in this file"))
            elif self._place_is_known(read):
                said[read.source] = read
        return list(said.values())

    def _place_is_known(self, said: StayRow) -> bool:
        unit = self._units.get(said.unit)
        if unit is None:
            self._refuse(said, "unit", _("no unit has this short name"))
            return False
        if said.cell and (unit, said.cell) not in self._cells and not self.create_cells:
            reason = _("the unit has no such cell; --create-cells adds cells")
            self._refuse(said, "cell", reason)
            return False
        return True

    def _by_person(self, said: list[StayRow]) -> dict[int, list[StayRow]]:
        numbers = {one.number for one in said}
        people: dict[Number, int] = {
            (system, number): person
            for system, number, person in Identifier.objects.filter(
                system__in={system for system, _number in numbers}
            )
            .values_list("system", "number", "person_id")
            .iterator()
            if (system, number) in numbers
        }
        found: defaultdict[int, list[StayRow]] = defaultdict(list)
        for one in said:
            if one.number in people:
                found[people[one.number]].append(one)
            else:
                self._refuse(one, "number", _("no person has this number in this system"))
        return found

    def _take_part(self, said: dict[int, list[StayRow]]) -> None:
        known: defaultdict[int, dict[str, Period]] = defaultdict(dict)
        for person, period in _periods(person_id__in=said):
            known[person][period.source] = period
        sources = {one.source for rows in said.values() for one in rows}
        whose = dict(Stay.objects.filter(source__in=sources).values_list("source", "person_id"))
        writing: list[tuple[int, Period]] = []
        news: list[News] = []
        if self.by is not None:
            self._add_cells(self.by, [one for rows in said.values() for one in rows])
        for person, rows in said.items():
            mine = [one for one in rows if whose.get(one.source, person) == person]
            for one in rows:
                if one not in mine:
                    self._refuse(one, "stay", _("this stay is known, of another person"))
            wanted = {one.source: self._period(one, known[person].get(one.source)) for one in mine}
            periods, refused = stays_follow(known[person], wanted)
            writing += [(person, period) for period in periods]
            news += news_of(person, known[person], periods, houses=self._houses)
            changed = {period.source for period in periods}
            for one in mine:
                if one.source in refused:
                    self._refuse(one, "began_at", refused[one.source])
                elif one.source not in changed:
                    self.tally.there += 1
                elif one.source in known[person]:
                    self.tally.changed += 1
                else:
                    self.tally.added += 1
        if self.by is not None:
            self._write(self.by, writing)
            announce(news)

    def _period(self, said: StayRow, known: Period | None) -> Period:
        """What the row says, and where it says nothing, what is known."""
        unit = self._units[said.unit]
        cell = self._cells.get((unit, said.cell)) if said.cell else None
        if known and not said.cell and known.unit_id == unit:
            cell = known.cell_id
        return Period(
            source=said.source,
            unit_id=unit,
            cell_id=cell,
            began_at=said.began_at,
            ended_at=said.ended_at,
            reason=said.reason or (known.reason if known else ""),
            id=known.id if known else None,
        )

    def _add_cells(self, by: Actor, said: list[StayRow]) -> None:
        places = {(self._units[one.unit], one.cell) for one in said if one.cell}
        missing = sorted(places - self._cells.keys())
        if not missing:
            return
        keys = reserve_keys(Cell, len(missing))
        self._cells |= dict(zip(missing, keys, strict=True))
        rows = [(key, *place) for key, place in zip(keys, missing, strict=True)]
        add_many(Cell, ("id", "unit_id", "name"), rows, by=by, reason=self.reason, key="id")

    def _write(self, by: Actor, periods: list[tuple[int, Period]]) -> None:
        """Ends come before beginnings: nobody lives in two places, not even for a moment."""
        log = []
        for person, stay in periods:
            if stay.id is None:
                continue
            Stay.objects.filter(id=stay.id).update(
                unit_id=stay.unit_id,
                cell_id=stay.cell_id,
                began_at=stay.began_at,
                ended_at=stay.ended_at,
                reason=stay.reason,
            )
            subject = str(Stay._meta.verbose_name_raw)
            log.append(entry(by, Kind.ALTERATION, subject, stay.id, [person], self.reason))
        Entry.objects.bulk_create(log, batch_size=1_000)
        add_many(
            Stay,
            ("person_id", "unit_id", "cell_id", "began_at", "ended_at", "reason", "source"),
            [
                (person, s.unit_id, s.cell_id, s.began_at, s.ended_at, s.reason, s.source)
                for person, s in periods
                if s.id is None
            ],
            by=by,
            reason=self.reason,
            person="person_id",
        )

    def _refuse(self, said: StayRow, field: str, reason: str) -> None:
        problem = Problem(self.columns.name_of(field), reason)
        self._refused.append(Refused(said.row, (problem,)))


def _periods(**which: object) -> Iterable[tuple[int, Period]]:
    """Stays by person. One that came from nowhere else is named by its own key."""
    for person, key, source, unit, cell, began, ended, reason in Stay.objects.filter(
        **which
    ).values_list(
        "person_id", "id", "source", "unit_id", "cell_id", "began_at", "ended_at", "reason"
    ):
        yield person, Period(source or f"#{key}", unit, cell, began, ended, reason, key)
