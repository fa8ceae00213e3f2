"""Bringing people in: new ones are added, changed ones changed, the others left alone."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.audit.actions import Actor, entry
from daybook.foundation.audit.bulk import add_many, copy_rows, reserve_keys
from daybook.foundation.audit.models import Entry, Kind
from daybook.foundation.registry.events import Turn, Turned, turned
from daybook.foundation.registry.refusals import Problem, Refused, Rejects, Tally, in_parts
from daybook.foundation.registry.sheets import Row

from ..models import DateKind, Identifier, KeyDate, LegalStatus, Person, SearchWord, Status
from ..queries import search_words
from .columns import Columns
from .news import is_news, midnight
from .rules import Held, Number, PersonRow, person_row, status_follows

ROWS_A_TRANSACTION = 2_000
NAMES = ("given_name", "family_name", "known_as", "pronoun", "languages")
_UNSAID: dict[str, Any] = {
    "given_name": "", "family_name": "", "known_as": "", "pronoun": "they", "languages": [],
}  # fmt: skip


@dataclass
class PeopleImport:
    """One file of people on its way in, as the owner of the tables.

    ``by`` is who brings it in; None only looks, and writes nothing. People are known again
    by the number of their system. What a file does not say stays as it is.
    """

    by: Actor | None
    columns: Columns
    reason: str
    tally: Tally = field(default_factory=Tally)
    _met: dict[Number, Number] = field(default_factory=dict)

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
        refused, said = [], []
        for row in part:
            read = person_row(row, self.columns, today=timezone.localdate())
            if not isinstance(read, PersonRow):
                refused.append(Refused(row, tuple(read)))
            elif again := self._met_before(read):
                refused.append(Refused(row, (again,)))
            else:
                said.append(read)
        known = _Known.of(said)
        writing = _Writing()
        for one in said:
            problem = self._take(one, known, writing)
            if problem:
                refused.append(Refused(one.row, (problem,)))
        if self.by is not None:
            writing.write(self.by, self.reason)
        return sorted(refused, key=lambda each: each.row.number)

    def _met_before(self, said: PersonRow) -> Problem | None:
        if any(number in self._met for number in (said.number, *said.others)):
            return Problem(
                self._number_column, _("a number of this person stands twice in the file")
            )
        self._met |= dict.fromkeys((said.number, *said.others), said.number)
        return None

    def _take(self, said: PersonRow, known: "_Known", writing: "_Writing") -> Problem | None:
        people = {known.numbers[n] for n in (said.number, *said.others) if n in known.numbers}
        if len(people) > 1:
            return Problem(self._number_column, _("the numbers belong to different people"))
        person = next(iter(people), None)
        if person is None:
            writing.new.append(said)
            self.tally.added += 1
            return None
        numbers = known.numbers_of[person]
        attached = [n for n in (said.number, *said.others) if n not in known.numbers]
        if any(system in numbers for system, _number in attached):
            return Problem(
                self._number_column, _("the person has another number in this system already")
            )
        follows = (
            status_follows(known.statuses[person], said.status, said.since)
            if said.status and said.since
            else []
        )
        if isinstance(follows, str):
            return Problem(self.columns.name_of("status_since"), follows)
        changes = _Changes(
            person=person,
            names=known.names[person] | said.names,
            renamed=known.names[person] != known.names[person] | said.names,
            numbers=numbers | dict(attached),
            attached=attached,
            statuses=follows,
            dates=_dates_to_write(known.dates[person], said.dates),
        )
        if changes.any:
            writing.changes.append(changes)
            self.tally.changed += 1
        else:
            self.tally.there += 1
        return None

    @property
    def _number_column(self) -> str:
        return self.columns.name_of("number")


def _dates_to_write(
    held: list[tuple[int, str, date]], said: dict[str, date]
) -> list[tuple[int | None, str, date]]:
    """Key of the date to change, or None for one to add. Hearings add up; others move."""
    dates: list[tuple[int | None, str, date]] = []
    for kind, on in said.items():
        there = [(key, day) for key, each, day in held if each == kind]
        if any(day == on for _key, day in there):
            continue
        moves = there and kind != DateKind.HEARING
        dates.append((max(there)[0] if moves else None, kind, on))
    return dates


@dataclass
class _Known:
    """What Daybook holds of the people in a part of a file."""

    numbers: dict[Number, int]
    numbers_of: dict[int, dict[str, str]]
    names: dict[int, dict[str, Any]]
    statuses: defaultdict[int, list[Held]]
    dates: defaultdict[int, list[tuple[int, str, date]]]

    @classmethod
    def of(cls, said: list[PersonRow]) -> "_Known":
        asked = {number for one in said for number in (one.number, *one.others)}
        found = Identifier.objects.filter(
            system__in={system for system, _number in asked},
            number__in={number for _system, number in asked},
        ).values_list("system", "number", "person_id")
        numbers = {(s, n): person for s, n, person in found if (s, n) in asked}
        people = set(numbers.values())
        known = cls(numbers, defaultdict(dict), {}, defaultdict(list), defaultdict(list))
        theirs = {"person_id__in": people}
        for person, system, number in Identifier.objects.filter(**theirs).values_list(
            "person_id", "system", "number"
        ):
            known.numbers_of[person][system] = number
        for person, *names in Person.objects.filter(id__in=people).values_list("id", *NAMES):
            known.names[person] = dict(zip(NAMES, names, strict=True))
        for person, status, since, until, key in LegalStatus.objects.filter(**theirs).values_list(
            "person_id", "status", "since", "until", "id"
        ):
            known.statuses[person].append(Held(status, since, until, key))
        for person, key, kind, on in KeyDate.objects.filter(**theirs).values_list(
            "person_id", "id", "kind", "on"
        ):
            known.dates[person].append((key, kind, on))
        return known


@dataclass(frozen=True)
class _Changes:
    """What is to be written of one person, who may be new."""

    person: int
    names: dict[str, Any]
    renamed: bool
    numbers: dict[str, str]
    attached: list[Number]
    statuses: list[Held]
    dates: list[tuple[int | None, str, date]]

    @property
    def any(self) -> bool:
        return bool(self.renamed or self.attached or self.statuses or self.dates)

    @property
    def words(self) -> set[str]:
        names = " ".join(self.names[part] for part in ("given_name", "family_name", "known_as"))
        return {word for text in (names, *self.numbers.values()) for word in search_words(text)}


@dataclass
class _Writing:
    """What a part of a file leads to, written together with its log."""

    new: list[PersonRow] = field(default_factory=list)
    changes: list[_Changes] = field(default_factory=list)

    def write(self, by: Actor, reason: str) -> None:
        if not self.new and not self.changes:
            return
        added = [
            _Changes(
                person=key,
                names=_UNSAID | said.names,
                renamed=False,
                numbers=dict((said.number, *said.others)),
                attached=[said.number, *said.others],
                statuses=[Held(said.status, said.since)] if said.status and said.since else [],
                dates=[(None, kind, on) for kind, on in said.dates.items()],
            )
            for key, said in zip(reserve_keys(Person, len(self.new)), self.new, strict=True)
        ]

        def add(model: type[Any], columns: tuple[str, ...], rows: list[Any], key: str = "") -> None:
            person = "person_id" if "person_id" in columns else "id"
            add_many(model, columns, rows, by=by, reason=reason, key=key, person=person)

        add(
            Person,
            ("id", *NAMES),
            [(one.person, *(one.names[name] for name in NAMES)) for one in added],
            key="id",
        )
        self._change(by, reason)
        everyone = [*added, *self.changes]
        add(
            Identifier,
            ("person_id", "system", "number"),
            [(one.person, *number) for one in everyone for number in one.attached],
        )
        add(
            LegalStatus,
            ("person_id", "status", "since"),
            [(c.person, s.status, s.since) for c in everyone for s in c.statuses if s.id is None],
        )
        add(
            KeyDate,
            ("person_id", "kind", "on"),
            [(c.person, kind, on) for c in everyone for key, kind, on in c.dates if key is None],
        )
        self._find_by_words(everyone)
        for one in everyone:
            for held in one.statuses:
                if held.id is None and held.status == Status.SENTENCED:
                    self._announce_sentence(one.person, held.since)

    def _announce_sentence(self, person: int, since: date) -> None:
        at = midnight(since)
        if is_news(at):
            turned.announce(Turned(person, Turn.SENTENCED, at, f"sentence:{person}-{since}"))

    def _change(self, by: Actor, reason: str) -> None:
        """Rows that are there already, each change with its entry in the log."""
        log = []

        def altered(model: type[Any], person: int, key: int) -> None:
            subject = model._meta.verbose_name_raw
            log.append(entry(by, Kind.ALTERATION, subject, key, [person], reason))

        for one in self.changes:
            if one.renamed:
                Person.objects.filter(id=one.person).update(**one.names)
                altered(Person, one.person, one.person)
            for held in one.statuses:
                if held.id is not None:
                    LegalStatus.objects.filter(id=held.id).update(until=held.until)
                    altered(LegalStatus, one.person, held.id)
            for key, _kind, on in one.dates:
                if key is not None:
                    KeyDate.objects.filter(id=key).update(on=on, noted_at=timezone.now())
                    altered(KeyDate, one.person, key)
        Entry.objects.bulk_create(log, batch_size=1_000)

    def _find_by_words(self, everyone: list[_Changes]) -> None:
        touched = {one.person for one in self.changes if one.renamed or one.attached}
        SearchWord.objects.filter(person_id__in=touched).delete()
        untouched = {one.person for one in self.changes} - touched
        copy_rows(
            SearchWord,
            ("person_id", "word"),
            [(c.person, w) for c in everyone if c.person not in untouched for w in sorted(c.words)],
        )
