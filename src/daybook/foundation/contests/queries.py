"""Contests as those see them who read the record; what recipients are owed, as those who give."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from daybook.foundation.access.roles import (
    CASE_LEAD,
    DUTY_MANAGER,
    HEAD_OF_UNIT,
    Compartment,
    Right,
)
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.disclosures.queries.requests import decides
from daybook.foundation.registry.records import Kept, records
from daybook.foundation.staff.models import short_name
from daybook.foundation.terms.languages import language_name
from daybook.ui.words import day_words

from .models import Contest, Correction
from .rules import may_settle, state_in_words, taken_in_words

CONTESTED = (Compartment.WING, Compartment.SAFETY, Compartment.CASEWORK)
"""Where records are read by many. What is told in confidence is answered by whoever keeps it."""


@dataclass(frozen=True, slots=True)
class About:
    """A record, as far as a contest names it."""

    kind: str
    name: str
    key: UUID
    person_id: int
    compartment: Compartment
    day: date | None


@dataclass(frozen=True, slots=True)
class Contested:
    key: UUID
    person_id: int
    kind: str
    name: str
    record: UUID
    words: str
    language: str
    taken: str
    taken_at: datetime
    state: str
    outcome: str
    settled_by: str
    author_id: int | None

    @property
    def open(self) -> bool:
        return not self.outcome


@dataclass(frozen=True, slots=True)
class Owed:
    """A recipient who is to be told; without a word of the record."""

    key: UUID
    person_id: int
    recipient: str
    what: str
    given_at: datetime
    handling: str
    name: str
    outcome: str
    owed_at: datetime
    told_on: date | None
    told_how: str
    told_by_id: int | None


def kind_contested(kind: str) -> Kept | None:
    """A kind of record that can be contested here, or None."""
    kept = records.known.get(kind)
    if kept is None or kept.compartment not in CONTESTED or kind == "contest":
        return None
    named = kept.person == "person_id" and isinstance(kept.model._meta.pk, models.UUIDField)
    return kept if named else None


def may_contest(kept: Kept, person_id: int, *, viewer: Viewer) -> bool:
    """Whoever works with the person and reads such records; not who looks at the whole service."""
    if viewer.everywhere:
        return False
    return person_id in viewer.people(Compartment(kept.compartment), Right.READ)


def record_with(kind: str, key: UUID, *, viewer: Viewer) -> About:
    """A record that the viewer reads and may contest; 404 for any other."""
    kept = kind_contested(kind)
    if kept is None or viewer.everywhere:
        raise Http404
    compartment = Compartment(kept.compartment)
    rows = kept.model._default_manager.filter(pk=key)
    if any(field.name == "withdrawn_at" for field in kept.model._meta.concrete_fields):
        rows = rows.filter(withdrawn_at__isnull=True)
    found = scope(rows, viewer=viewer, compartment=compartment).first()
    if found is None:
        raise Http404
    day = getattr(found, kept.day)
    if isinstance(day, datetime):
        day = timezone.localdate(day)
    person = int(found.person_id)  # type: ignore[attr-defined]
    viewer.saw(kind, [person])
    return About(kind, str(kept.name), key, person, compartment, day)


def contest_with(key: UUID, *, viewer: Viewer) -> Contested:
    for found in _contests(Contest.objects.filter(id=key), viewer):
        return found
    raise Http404


def contests_of(
    person_id: int, *, viewer: Viewer, about: Collection[UUID] | None = None
) -> list[Contested]:
    """What one person contests, oldest first; ``about`` narrows it to these records."""
    rows = Contest.objects.filter(person_id=person_id)
    if about is not None:
        rows = rows.filter(record__in=list(about))
    return _contests(rows, viewer)


def open_to_settle(*, viewer: Viewer, limit: int = 50) -> list[Contested]:
    """Contests that wait for the viewer, the longest waiting first."""
    if viewer.everywhere or not viewer.holds(CASE_LEAD, HEAD_OF_UNIT, DUTY_MANAGER):
        return []
    rows = Contest.objects.filter(settlement__isnull=True, person_id__in=_settles())
    return [each for each in _contests(rows, viewer)[:limit] if each.author_id != viewer.staff_id]


def settles(contest: Contested, *, viewer: Viewer) -> bool:
    if viewer.everywhere or not viewer.holds(CASE_LEAD, HEAD_OF_UNIT, DUTY_MANAGER):
        return False
    return may_settle(
        leads=contest.person_id in _settles(),
        author_id=contest.author_id,
        staff_id=viewer.staff_id,
    )


def contested_now(kind: str) -> QuerySet[Any, Any]:
    """Keys of records of a kind that are contested and not settled, for whoever leaves them out."""
    return Contest.objects.filter(kind=kind, settlement__isnull=True).values("record")


def corrections_owed(*, viewer: Viewer, limit: int = 50) -> list[Owed]:
    """Recipients whom nobody has told yet, the longest waiting first."""
    if not decides(viewer):
        return []
    rows = Correction.objects.filter(told_at__isnull=True).order_by("owed_at", "id")
    return _owed(rows[:limit], viewer)


def correction_with(key: UUID, *, viewer: Viewer) -> Owed:
    if decides(viewer):
        for found in _owed(Correction.objects.filter(id=key), viewer):
            return found
    raise Http404


def _settles() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("select daybook.settles()")
        return list(cursor.fetchone()[0])


def _contests(rows: QuerySet[Contest], viewer: Viewer) -> list[Contested]:
    seen = rows.none()
    for compartment in CONTESTED:
        reached = scope(rows, viewer=viewer, compartment=compartment)
        seen = seen | reached.filter(compartment=compartment)
    seen = seen.select_related("taken_by", "settlement__settled_by")
    found = [_told(row) for row in seen.order_by("taken_at", "id")]
    viewer.saw("contests", [each.person_id for each in found])
    return found


def _told(row: Contest) -> Contested:
    settled = getattr(row, "settlement", None)
    by = (
        short_name(settled.settled_by.given_name, settled.settled_by.family_name) if settled else ""
    )
    kept = records.known.get(row.kind)
    return Contested(
        key=row.id,
        person_id=row.person_id,
        kind=row.kind,
        name=str(kept.name) if kept else row.kind,
        record=row.record,
        words=row.words,
        language=row.language,
        taken=taken_in_words(
            by=short_name(row.taken_by.given_name, row.taken_by.family_name),
            day=day_words(row.taken_at, within=True),
            language=language_name(row.language),
            given=row.given,
        ),
        taken_at=row.taken_at,
        state=state_in_words(
            outcome=settled.outcome,
            by=by,
            day=day_words(settled.settled_at, within=True),
            reasons=settled.reasons,
        )
        if settled
        else state_in_words(),
        outcome=settled.outcome if settled else "",
        settled_by=by,
        author_id=row.author_id,
    )


def _owed(rows: QuerySet[Correction], viewer: Viewer) -> list[Owed]:
    found = [
        Owed(
            row.id, row.person_id, row.disclosure.recipient, row.disclosure.what,
            row.disclosure.given_at, row.disclosure.handling, _name(row.kind),
            str(row.get_outcome_display()), row.owed_at, row.told_on, row.told_how, row.told_by_id,
        )
        for row in rows.select_related("disclosure")
    ]  # fmt: skip
    viewer.saw("recipients to be told", [each.person_id for each in found])
    return found


def _name(kind: str) -> str:
    kept = records.known.get(kind)
    return str(kept.name) if kept else kind
