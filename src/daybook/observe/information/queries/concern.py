"""One concern whole: to the desk with everything, to whoever decides without who said it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import Http404
from django.utils import timezone

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import PersonLine, people_with
from daybook.foundation.staff.models import Staff, short_name

from ..models import Concern, ConcernStep, Copy, Grading, Levelling
from ..rules.levels import LEVELS
from ..rules.schemes import SCHEMES, beside
from ..rules.telling import fades_in_words, missing_in_words
from ..vocabulary import (
    Behaviour,
    Ended,
    FromOthers,
    Harmed,
    Influence,
    MeantFor,
    Missing,
    Ordinary,
    Said,
    Step,
    Sure,
)
from ..vocabulary import Level as LevelName
from .context import Place, board
from .reach import INFORMATION, desk_people
from .tree import Node, tree


@dataclass(frozen=True, slots=True)
class Account:
    """What a report says, in three voices that are kept apart."""

    behaviour: str
    harmed: str
    how: str
    fact: str
    assessment: str
    sure: str
    happened_on: date
    place: str
    others: str
    ordinary: str
    ordinary_words: str
    regime: str
    written_at: datetime
    who: str
    """The writer to the desk, the writer's post to others."""
    from_a_source: bool


@dataclass(frozen=True, slots=True)
class Level:
    """One of the three: a word and its evidence, and the word before."""

    name: str
    said: str
    evidence: str
    before: str


@dataclass(frozen=True, slots=True)
class Levels:
    levels: tuple[Level, ...]
    meant_for: str
    from_others: str
    from_others_words: str
    pressed: bool
    influence: str
    influence_words: str
    by: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Graded:
    scheme: str
    source: str
    information: str
    handling: str
    conditions: str
    doubted: bool
    reason: str
    beside: tuple[tuple[str, str, str], ...]
    by: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Happened:
    """One step of its history."""

    words: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """Who has a copy, on which condition, and whether they were told of the end."""

    key: UUID
    who: str
    outside: bool
    purpose: str
    handling: str
    conditions: str
    written_at: datetime
    recalled_at: datetime | None
    told_at: datetime | None
    told_how: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A reflection laid beside it."""

    reason: str
    fact: str
    own_words: str
    written_at: datetime
    who: str


@dataclass(frozen=True)
class Whole:
    """A concern as a page shows it."""

    key: UUID
    person_id: int
    person: PersonLine | None
    opened_at: datetime
    kind: str
    behaviour: str
    missing: tuple[str, ...]
    legal_basis: str
    weighed: str
    review_on: date
    ends_on: date
    fades: str
    ended_at: datetime | None
    ended_how: str
    ended_words: str
    ended_by: str
    works_on_it: bool
    """The viewer works at the desk on it."""
    report: Account
    also: tuple[Account, ...]
    """Reports that are read on in this concern."""
    grade: Graded | None
    levels: Levels | None
    board: tuple[Place, ...]
    origins: tuple[Node, ...]
    attached: tuple[Attached, ...]
    copies: tuple[Held, ...]
    steps: tuple[Happened, ...]

    @property
    def confirmed(self) -> bool:
        return self.ended_at is None and not self.missing

    @property
    def missing_words(self) -> list[str]:
        return missing_in_words(self.missing)


def concern(key: UUID, *, viewer: Viewer) -> Whole:
    """One concern, or 404 alike for what is absent and what the viewer may not read."""
    viewer.asks(INFORMATION)
    row = Concern.objects.select_related("ended_by").filter(id=key).first()
    if row is None:
        raise Http404
    viewer.saw("information", [row.person_id])
    joined = list(Concern.objects.filter(joined_id=key).values_list("id", flat=True))
    told = reports([key, *joined])
    nodes = tree(key)
    attached = _attached(key)
    origins = {node.key: node.origin for node in nodes}
    return Whole(
        key=key,
        person_id=row.person_id,
        person=people_with([row.person_id], viewer=viewer).get(row.person_id),
        opened_at=row.opened_at,
        kind=row.behaviour,
        behaviour=str(Behaviour(row.behaviour).label),
        missing=(Missing.ENDED.value,) if row.ended_at else missing([key]).get(key, ()),
        legal_basis=row.legal_basis,
        weighed=row.weighed,
        review_on=row.review_on,
        ends_on=row.ends_on,
        fades=fades_in_words(row.review_on, row.ends_on, today=timezone.localdate()),
        ended_at=row.ended_at,
        ended_how=str(Ended(row.ended_how).label) if row.ended_how else "",
        ended_words=row.ended_words,
        ended_by=row.ended_by.short_name if row.ended_by else "",
        works_on_it=row.person_id in desk_people(viewer),
        report=told[key],
        also=tuple(told[other] for other in joined if other in told),
        grade=_grade(key),
        levels=_levels(key),
        board=tuple(board(key, viewer=viewer, origins=origins, reflections=len(attached))),
        origins=tuple(nodes),
        attached=attached,
        copies=_copies(key),
        steps=_steps(key),
    )


def ended_meanwhile(key: UUID) -> tuple[str, datetime, str]:
    """Who ended it, when and how: for whoever comes second."""
    row = Concern.objects.select_related("ended_by").get(id=key)
    assert row.ended_by is not None
    assert row.ended_at is not None
    return row.ended_by.short_name, row.ended_at, str(Ended(row.ended_how).label)


def missing(keys: list[UUID]) -> dict[UUID, tuple[str, ...]]:
    """What each of these lacks before anything may rest on it; absent for what has ended."""
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.missing_in(%s)", [keys])
        return {key: tuple(lacks) for key, lacks in cursor.fetchall()}


def reports(keys: list[UUID]) -> dict[UUID, Account]:
    """What the reports of these concerns say, as far as the viewer may read them."""
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.report_in(%s)", [keys])
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    writers = _names({row["writer"] for row in rows if row["writer"]})
    return {row["concern"]: _account(row, writers) for row in rows}


def _account(row: dict[str, Any], writers: dict[int, str]) -> Account:
    return Account(
        behaviour=str(Behaviour(row["behaviour"]).label),
        harmed=", ".join(str(Harmed(each).label) for each in row["harmed"]),
        how=row["how"],
        fact=row["fact"],
        assessment=row["assessment"],
        sure=str(Sure(row["sure"]).label),
        happened_on=row["happened_on"],
        place=row["place"],
        others=row["others"],
        ordinary=str(Ordinary(row["ordinary"]).label),
        ordinary_words=row["ordinary_words"],
        regime=row["regime"],
        written_at=row["written_at"],
        who=writers.get(row["writer"], "") or row["post"],
        from_a_source=row["from_a_source"],
    )


def _names(keys: set[int]) -> dict[int, str]:
    rows = Staff.objects.filter(id__in=keys).values_list("id", "given_name", "family_name")
    return {key: short_name(given, family) for key, given, family in rows}


def _grade(key: UUID) -> Graded | None:
    row = (
        Grading.objects.filter(concern_id=key)
        .select_related("written_by")
        .order_by("-written_at", "-id")
        .first()
    )
    if row is None:
        return None
    scheme = SCHEMES[row.scheme]
    handled = scheme.handled(row.handling)
    source = scheme.source(row.source_grade)
    information = scheme.information_grade(row.information_grade)
    return Graded(
        scheme.name,
        source.label if source else row.source_grade,
        information.label if information else row.information_grade,
        handled.label if handled else row.handling,
        row.conditions,
        row.doubted,
        row.reason,
        tuple(beside(scheme, row.source_grade, row.information_grade)),
        row.written_by.short_name,
        row.written_at,
    )


def _levels(key: UUID) -> Levels | None:
    rows = list(
        Levelling.objects.filter(concern_id=key)
        .select_related("written_by")
        .order_by("-written_at", "-id")[:2]
    )
    if not rows:
        return None
    row, before = rows[0], rows[1] if len(rows) > 1 else None
    return Levels(
        levels=tuple(
            Level(
                str(LevelName(level).label),
                str(Said(getattr(row, level)).label),
                getattr(row, f"{level}_evidence"),
                str(Said(getattr(before, level)).label)
                if before and getattr(before, level) != getattr(row, level)
                else "",
            )
            for level in LEVELS
        ),
        meant_for=", ".join(str(MeantFor(each).label) for each in row.meant_for),
        from_others=str(FromOthers(row.from_others).label),
        from_others_words=row.from_others_words,
        pressed=row.from_others in (FromOthers.COERCED, FromOthers.BULLIED),
        influence=str(Influence(row.influence).label),
        influence_words=row.influence_words,
        by=row.written_by.short_name,
        written_at=row.written_at,
    )


def _attached(key: UUID) -> tuple[Attached, ...]:
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.attached_in(%s)", [key])
        return tuple(
            Attached(reason, fact, own_words, written_at, post)
            for _key, reason, fact, own_words, written_at, post, _at in cursor.fetchall()
        )


def _copies(key: UUID) -> tuple[Held, ...]:
    rows = Copy.objects.filter(concern_id=key).select_related("staff").order_by("written_at")
    return tuple(held(row) for row in rows)


def held(row: Copy) -> Held:
    scheme = SCHEMES.get(row.scheme)
    handled = scheme.handled(row.handling) if scheme else None
    return Held(
        row.id,
        row.staff.short_name if row.staff else row.recipient,
        row.staff_id is None,
        row.purpose,
        handled.label if handled else row.handling,
        row.conditions,
        row.written_at,
        row.recalled_at,
        row.told_at,
        row.told_how,
    )


def _steps(key: UUID) -> tuple[Happened, ...]:
    rows = ConcernStep.objects.filter(concern_id=key).select_related("written_by")
    return tuple(
        Happened(
            str(Ended(row.ended_how).label) if row.ended_how else str(Step(row.step).label),
            row.reason,
            row.written_by.short_name,
            row.written_at,
        )
        for row in rows.order_by("-written_at", "-id")
    )
