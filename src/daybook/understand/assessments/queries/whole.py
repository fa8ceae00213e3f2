"""One assessment, as whoever reads it sees it: the sheets side by side once all are signed."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import PersonLine, people_with
from daybook.foundation.staff.models import short_name
from daybook.understand.instruments.definition import Domain, Instrument, Item

from ..models import Account, Assessment, Basis, Closing, Sheet, SheetAnswer, Talk
from ..vocabulary import Course, OwnView, Rests, Source
from .lines import Line, State, lines
from .reach import assesses


@dataclass(frozen=True, slots=True)
class OnSheet:
    """Who fills in a sheet, and what it rests on once it is read."""

    key: UUID
    assessor_id: int
    name: str
    mine: bool
    signed_at: datetime | None
    rests: tuple[str, ...] = ()
    rests_words: str = ""
    used_on: date | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """One answer by one assessor, in its anchor's words."""

    who: str
    key: str
    label: str
    anchor: str
    fact: str
    reading: str
    sources: tuple[str, ...]
    cited: str


@dataclass(frozen=True, slots=True)
class TalkedAbout:
    label: str
    """What was agreed; empty where they go on differing."""
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """One item: what each assessor answered, and what they said of it together."""

    item: Item
    given: tuple[Given, ...]
    talks: tuple[TalkedAbout, ...]

    @property
    def differ(self) -> bool:
        return len({each.key for each in self.given}) > 1

    @property
    def open(self) -> bool:
        """Answered differently, and nobody has talked about it yet."""
        return self.differ and not self.talks


@dataclass(frozen=True, slots=True)
class Domained:
    domain: Domain
    seen: tuple[Seen, ...]
    accounts: tuple[tuple[str, str, str], ...]
    """Of a tool kept elsewhere: who, what was found, how it is since the last use."""


@dataclass(frozen=True, slots=True)
class End:
    key: UUID
    summary: str
    needs: str
    support: str
    own_view: str
    own_words: str
    again_on: date
    by: str
    at: datetime
    copied_at: datetime | None
    copied_by: str
    copied_how: str
    copied_said: str

    @property
    def view_words(self) -> str:
        return str(OwnView(self.own_view).label)


@dataclass(frozen=True, slots=True)
class Whole:
    line: Line
    person: PersonLine | None
    sheets: tuple[OnSheet, ...]
    domains: tuple[Domained, ...] = ()
    closing: End | None = None
    takes_part: bool = False
    """Whether the viewer has a sheet in it: they talk, and close."""
    writes: bool = False
    read: bool = field(default=False)
    """Whether what stands on the sheets is shown."""

    @property
    def instrument(self) -> Instrument:
        return self.line.instrument

    @property
    def waits_for(self) -> list[str]:
        return [each.name for each in self.sheets if each.signed_at is None]

    @property
    def mine(self) -> OnSheet | None:
        return next((each for each in self.sheets if each.mine), None)

    @property
    def to_talk_about(self) -> list[Seen]:
        return [seen for part in self.domains for seen in part.seen if seen.open]

    @property
    def may_close(self) -> bool:
        return self.takes_part and self.line.state is State.TALKING and not self.to_talk_about


def whole(key: UUID, *, viewer: Viewer) -> Whole:
    """404 alike for an absent one and one out of reach."""
    found = lines(Assessment.objects.filter(id=key), viewer=viewer)
    if not found:
        raise Http404
    [line] = found
    sheets = _sheets(line, viewer)
    read = line.signed_at is not None
    writes = assesses(line.person_id, viewer=viewer)
    return Whole(
        line=line,
        person=people_with([line.person_id], viewer=viewer).get(line.person_id),
        sheets=sheets,
        domains=_domains(line, sheets) if read else (),
        closing=_closing(key) if line.closed_at else None,
        takes_part=writes and any(each.mine for each in sheets),
        writes=writes,
        read=read,
    )


def _sheets(line: Line, viewer: Viewer) -> tuple[OnSheet, ...]:
    rows = Sheet.objects.filter(assessment_id=line.key).order_by("given_at", "id")
    found = list(
        rows.values_list(
            "id", "assessor_id", "assessor__given_name", "assessor__family_name", "signed_at"
        )
    )
    bases = {
        sheet: (rests, words, used_on)
        for sheet, *rests, words, used_on in Basis.objects.filter(
            sheet_id__in=[each[0] for each in found]
        ).values_list("sheet_id", "on_self_report", "on_compliance", "words", "used_on")
    }
    return tuple(
        OnSheet(
            key, assessor, short_name(given, family), assessor == viewer.staff_id, signed_at,
            *_basis(bases.get(key)),
        )
        for key, assessor, given, family, signed_at in found
    )  # fmt: skip


def _basis(row: Any) -> tuple[tuple[str, ...], str, date | None]:
    if row is None:
        return (), "", None
    rests, words, used_on = row
    return tuple(str(Rests(each).label) for each in rests), words, used_on


def _domains(line: Line, sheets: tuple[OnSheet, ...]) -> tuple[Domained, ...]:
    names = {each.key: each.name for each in sheets}
    given = _given(names)
    talks = _talks(line)
    accounts: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for sheet, domain, words, course in Account.objects.filter(sheet_id__in=names).values_list(
        "sheet_id", "domain", "words", "course"
    ):
        accounts[domain].append((names[sheet], words, str(Course(course).label)))
    return tuple(
        Domained(
            domain,
            tuple(
                Seen(
                    item,
                    tuple(_answer(item, names[sheet], *row) for sheet, *row in given[item.key]),
                    tuple(_talked(item, *row) for row in talks[item.key]),
                )
                for item in domain.items
            ),
            tuple(accounts[domain.key]),
        )
        for domain in line.instrument.domains
    )


def _given(names: dict[UUID, str]) -> defaultdict[str, list[Any]]:
    """By item the rows of its answers, in the order in which the sheets were given out."""
    found: defaultdict[str, list[Any]] = defaultdict(list)
    order = list(names)
    rows = SheetAnswer.objects.filter(sheet_id__in=names).values_list(
        "item", "sheet_id", "answer", "fact", "reading", "sources", "cited"
    )
    for item, *row in sorted(rows, key=lambda each: order.index(each[1])):
        found[item].append(row)
    return found


def _answer(
    item: Item, who: str, key: str, fact: str, reading: str, sources: list[str], cited: str
) -> Given:
    answer = item.answer(key)
    return Given(
        who,
        key,
        answer.label if answer else key,
        answer.anchor if answer else "",
        fact,
        reading,
        tuple(str(Source(each).label) for each in sources),
        cited,
    )


def _talks(line: Line) -> defaultdict[str, list[Any]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    rows = Talk.objects.filter(assessment_id=line.key).order_by("written_at", "id")
    for item, *row in rows.values_list(
        "item", "answer", "words", "written_by__given_name", "written_by__family_name",
        "written_at",
    ):  # fmt: skip
        found[item].append(row)
    return found


def _talked(item: Item, key: str, words: str, given: str, family: str, at: datetime) -> TalkedAbout:
    answer = item.answer(key)
    return TalkedAbout(answer.label if answer else "", words, short_name(given, family), at)


def _closing(key: UUID) -> End | None:
    row = (
        Closing.objects.filter(assessment_id=key)
        .values_list(
            "id", "summary", "needs", "support", "own_view", "own_words", "again_on",
            "closed_by__given_name", "closed_by__family_name", "closed_at", "copied_at",
            "copied_by__given_name", "copied_by__family_name", "copied_how", "copied_said",
        )
        .first()
    )  # fmt: skip
    if row is None:
        return None
    first, (given, family, at, copied_at, copier, copier_family, how, said) = row[:7], row[7:]
    copied_by = short_name(copier, copier_family) if copied_at else ""
    return End(*first, short_name(given, family), at, copied_at, copied_by, how, said)
