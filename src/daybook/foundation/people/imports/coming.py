"""Bringing in what is ahead: visits, court days, appointments, known by the id of their system."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.audit.actions import Actor, entry
from daybook.foundation.audit.bulk import add_many
from daybook.foundation.audit.models import Entry, Kind
from daybook.foundation.registry.keys import new_key
from daybook.foundation.registry.refusals import Problem, Refused, Rejects, Tally, in_parts
from daybook.foundation.registry.sheets import Row

from ..models import Coming, Identifier
from .columns import Columns
from .rules import ComingRow, Event, Number, coming_row

ROWS_A_TRANSACTION = 2_000
COLUMNS = ("id", "person_id", "kind", "at", "words", "cancelled_at", "source")


@dataclass
class ComingImport:
    """One file of coming events on its way in, as the owner of the tables.

    ``by`` is who brings it in; None only looks, and writes nothing. An event that somebody
    wrote down by hand, of the same kind for the same time, is taken for the same one.
    """

    by: Actor | None
    columns: Columns
    reason: str
    tally: Tally = field(default_factory=Tally)
    _met: set[str] = field(default_factory=set)

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
        now, zone = timezone.now(), timezone.get_current_timezone()
        refused, said = [], []
        for row in part:
            read = coming_row(row, self.columns, zone=zone)
            if not isinstance(read, ComingRow):
                refused.append(Refused(row, tuple(read)))
            elif read.source in self._met:
                refused.append(self._refusal(read, "event", _("stands twice in this file")))
            else:
                self._met.add(read.source)
                said.append(read)
        known = _Known.of(said)
        added: list[Event] = []
        changed: list[Event] = []
        for one in said:
            person = known.people.get(one.number)
            held = known.by_source.get(one.source)
            if person is None:
                reason = _("no person has this number in this system")
                refused.append(self._refusal(one, "number", reason))
                continue
            if held and held.person_id != person:
                reason = _("this event is known, of another person")
                refused.append(self._refusal(one, "event", reason))
                continue
            held = held or known.by_hand_like(one, person)
            event = one.event(person, held, now=now)
            if held is None:
                added.append(event)
                self.tally.added += 1
            elif event != held:
                changed.append(event)
                self.tally.changed += 1
            else:
                self.tally.there += 1
        if self.by is not None:
            self._write(self.by, added, changed)
        return sorted(refused, key=lambda each: each.row.number)

    def _write(self, by: Actor, added: list[Event], changed: list[Event]) -> None:
        for event in changed:
            assert event.id is not None
            Coming.objects.filter(id=event.id).update(
                kind=event.kind,
                at=event.at,
                words=event.words,
                cancelled_at=event.cancelled_at,
                source=event.source,
            )
        subject = str(Coming._meta.verbose_name_raw)
        Entry.objects.bulk_create(
            entry(by, Kind.ALTERATION, subject, event.id, [event.person_id], self.reason)
            for event in changed
        )
        add_many(
            Coming,
            COLUMNS,
            [
                (new_key(), e.person_id, e.kind, e.at, e.words, e.cancelled_at, e.source)
                for e in added
            ],
            by=by,
            reason=self.reason,
            key="id",
            person="person_id",
        )

    def _refusal(self, said: ComingRow, field: str, reason: str) -> Refused:
        return Refused(said.row, (Problem(self.columns.name_of(field), reason),))


@dataclass
class _Known:
    """What Daybook holds of the people and events in a part of a file."""

    people: dict[Number, int]
    by_source: dict[str, Event]
    by_hand: defaultdict[tuple[int, str, datetime], list[Event]]

    @classmethod
    def of(cls, said: list[ComingRow]) -> "_Known":
        numbers = {one.number for one in said}
        found = Identifier.objects.filter(
            system__in={system for system, _number in numbers},
            number__in={number for _system, number in numbers},
        ).values_list("system", "number", "person_id")
        people = {(s, n): person for s, n, person in found if (s, n) in numbers}
        known = cls(people, {}, defaultdict(list))
        for event in _events(source__in={one.source for one in said}):
            known.by_source[event.source] = event
        for event in _events(
            source="",
            cancelled_at__isnull=True,
            person_id__in=set(people.values()),
            at__in={one.at for one in said},
        ):
            known.by_hand[event.person_id, event.kind, event.at].append(event)
        return known

    def by_hand_like(self, said: ComingRow, person: int) -> Event | None:
        """What somebody wrote down of the same, once; it is another row's afterwards."""
        alike = self.by_hand[person, said.kind, said.at]
        return alike.pop() if alike else None


def _events(**which: object) -> Iterable[Event]:
    rows = Coming.objects.filter(**which).values_list(*COLUMNS)
    return (Event(*row) for row in rows)
