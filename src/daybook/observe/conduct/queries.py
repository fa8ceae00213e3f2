"""Reading back one's own; the custodian's list; what came of it, for those who may know.

What is read here is noted by its own key and never by anybody's name: an entry of the log that
named a person beside the word conduct would tell what this room keeps.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from daybook.foundation.access.models import Assignment
from daybook.foundation.access.roles import (
    CLERK,
    COMPLAINTS_CUSTODIAN,
    GOVERNOR,
    OVERSIGHT,
    Compartment,
    Right,
)
from daybook.foundation.access.scope import as_author, scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.people.models import Identifier
from daybook.foundation.places.models import Establishment
from daybook.foundation.staff.models import Staff, short_name
from daybook.ui.words import isolated

from .models import Observation, Outcome

LATEST = 50


@dataclass(frozen=True, slots=True)
class Seen:
    """One observation whole, as its writer and the custodian read it."""

    key: UUID
    about: str
    fact: str
    seen_on: date
    place: str
    establishment: str
    by: str
    written_at: datetime
    received_at: datetime | None
    words: str
    closed_at: datetime | None
    harmed: str


@dataclass(frozen=True, slots=True)
class Line:
    """One observation in the custodian's list: nothing of what it says, nor whom it is about."""

    key: UUID
    establishment: str
    written_at: datetime
    received_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Answered:
    """What was done, as the governor and oversight read it."""

    establishment: str
    closed_at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Colleague:
    id: int
    name: str


_SEEN = (
    "id", "about__given_name", "about__family_name", "about_words", "fact", "seen_on", "place",
    "establishment__name", "written_by__given_name", "written_by__family_name", "written_at",
    "outcome__received_at", "outcome__words", "outcome__closed_at",
)  # fmt: skip


# ---- Who may ----


def require_writer(viewer: Viewer) -> None:
    """Go on for whoever may tell the custodian something, or answer as if the page were not."""
    if not viewer.may(Right.WRITE, Compartment.COMPLAINTS):
        raise Http404


def require_custodian(viewer: Viewer) -> None:
    if not viewer.holds(COMPLAINTS_CUSTODIAN):
        raise Http404


def custodians() -> list[Colleague]:
    """Who reads what is written here, by name."""
    return _colleagues(_in_force().filter(role=COMPLAINTS_CUSTODIAN.key))


# ---- One's own ----


def my_observations(*, viewer: Viewer) -> list[Seen]:
    """What the viewer wrote, latest first, and what came of each."""
    require_writer(viewer)
    with as_author(viewer):
        rows = Observation.objects.order_by("-written_at", "-id")
        found = _seen(list(rows.values_list(*_SEEN)[:LATEST]))
    viewer.saw("conduct, one’s own", [])
    return found


def places(viewer: Viewer) -> tuple[list[tuple[int, str]], int | None]:
    """Every establishment as key and name, and the one where the viewer works, if it is one."""
    known = list(Establishment.objects.values_list("id", "name"))
    mine = _establishments_of(viewer)
    return known, next(iter(mine)) if len(mine) == 1 else None


def colleagues_of(viewer: Viewer) -> list[Colleague]:
    """Who holds a role where the viewer does; for a viewer of no one place, anywhere."""
    held = _in_force().exclude(role=CLERK.key).exclude(staff_id=viewer.staff_id)
    mine = _establishments_of(viewer)
    if mine:
        held = held.filter(Q(establishment__in=mine) | Q(unit__establishment__in=mine))
    return _colleagues(held)


def person_with(number: str, *, viewer: Viewer) -> int | None:
    """Whom a whole number means among those the viewer reaches; None for nobody, or for two."""
    rows = scope(
        Identifier.objects.filter(number=number.strip()),
        viewer=viewer,
        compartment=Compartment.IDENTITY,
    )
    found = set(rows.values_list("person_id", flat=True)[:2])
    return found.pop() if len(found) == 1 else None


# ---- The custodian's ----


def received(*, viewer: Viewer) -> list[Line]:
    """Everything there is to answer, the oldest first, and then what was closed lately."""
    require_custodian(viewer)
    rows = Observation.objects.values_list(
        "id", "establishment__name", "written_at", "outcome__received_at", "outcome__closed_at"
    )
    viewer.saw("conduct", [])
    waiting = rows.filter(outcome__closed_at__isnull=True).order_by("written_at", "id")
    closed = rows.filter(outcome__closed_at__isnull=False).order_by("-outcome__closed_at", "id")
    return [Line(*row) for row in [*waiting, *closed[:LATEST]]]


def received_one(key: UUID, *, viewer: Viewer) -> Seen:
    """One observation for the custodian, or 404; that it was read is noted by its key."""
    require_custodian(viewer)
    found = _seen(list(Observation.objects.filter(id=key).values_list(*_SEEN)))
    if not found:
        raise Http404
    record(by=viewer, kind=Kind.CONSULTATION, subject="conduct", record=key)
    return found[0]


def names_in(key: UUID) -> list[str]:
    """Whom an observation names, and who wrote it: what the words of an answer leave out."""
    rows = Observation.objects.filter(id=key).values_list(
        "about__given_name", "about__family_name", "written_by__given_name",
        "written_by__family_name",
    )  # fmt: skip
    staff = [
        f"{each} {family}"
        for given, last, by, by_last in rows
        for each, family in ((given, last), (by, by_last))
        if family
    ]
    return [*staff, *_harmed([key]).values()]


# ---- What came of it ----


def outcomes(*, viewer: Viewer) -> list[Answered]:
    """What was done, latest first: the governor's establishment, or the service for oversight."""
    if not viewer.holds(GOVERNOR, OVERSIGHT):
        raise Http404
    rows: QuerySet[Outcome] = Outcome.objects.filter(closed_at__isnull=False)
    if not viewer.holds(OVERSIGHT):
        led = [
            held.establishment_id
            for held in viewer.held
            if held.role == GOVERNOR and held.establishment_id is not None
        ]
        rows = rows.filter(establishment_id__in=led)
    viewer.saw("conduct, outcomes", [])
    return [
        Answered(establishment, closed_at, words)
        for establishment, closed_at, words in rows.order_by("-closed_at", "-id").values_list(
            "establishment__name", "closed_at", "words"
        )[:LATEST]
        if closed_at is not None
    ]


def _seen(rows: list[tuple[Any, ...]]) -> list[Seen]:
    harmed = _harmed([row[0] for row in rows])
    return [_one(row, harmed.get(row[0], "")) for row in rows]


def _one(row: tuple[Any, ...], harmed: str) -> Seen:
    key, given, family, words, fact, seen_on, place, establishment, by_given, by_family, *rest = row
    written_at, received_at, outcome, closed_at = rest
    chosen = short_name(given or "", family) if family else ""
    return Seen(
        key=key,
        about=" · ".join(filter(None, (chosen, words))),
        fact=fact,
        seen_on=seen_on,
        place=place,
        establishment=establishment,
        by=short_name(by_given, by_family),
        written_at=written_at,
        received_at=received_at,
        words=outcome or "",
        closed_at=closed_at,
        harmed=harmed,
    )


def _harmed(keys: list[UUID]) -> dict[UUID, str]:
    """By observation, the name of the person in custody who was harmed, where one was."""
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.harmed(%s::uuid[])", [keys])
        return {key: isolated(given, family) for key, given, family in cursor.fetchall()}


def _in_force() -> QuerySet[Assignment]:
    now = timezone.now()
    return Assignment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=now), since__lte=now, staff__is_active=True
    )


def _establishments_of(viewer: Viewer) -> set[int]:
    held = _in_force().filter(staff_id=viewer.staff_id)
    rows: Iterable[tuple[int | None, int | None]] = held.values_list(
        "establishment_id", "unit__establishment_id"
    )
    return {key for row in rows for key in row if key is not None}


def _colleagues(held: QuerySet[Assignment]) -> list[Colleague]:
    rows = Staff.objects.filter(id__in=held.values("staff_id")).values_list(
        "id", "given_name", "family_name"
    )
    return [Colleague(key, short_name(given, family)) for key, given, family in rows]
