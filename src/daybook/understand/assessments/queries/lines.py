"""Assessments as lists name them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from daybook.foundation.access.roles import Right
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.staff.models import short_name
from daybook.understand.instruments.definition import Instrument
from daybook.understand.instruments.queries import definition

from ..models import Assessment
from ..vocabulary import Because, Purpose
from .reach import CASEWORK


class State(StrEnum):
    FILLING = "filling"
    """Sheets are filled in, each apart."""
    TALKING = "talking"
    """All are signed and open; its assessors talk about it."""
    CLOSED = "closed"
    OLD = "old"
    """Closed, and past the day on which it was due again."""
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Line:
    key: UUID
    person_id: int
    definition_id: int
    purpose: str
    because: str
    beside: UUID | None
    opened_by_id: int
    opened_by: str
    opened_at: datetime
    signed_at: datetime | None
    closed_at: datetime | None
    again_on: date | None
    dropped_at: datetime | None
    dropped_because: str
    dropped_by: str

    @property
    def instrument(self) -> Instrument:
        return definition(self.definition_id)

    @property
    def purpose_words(self) -> str:
        return str(Purpose(self.purpose).label)

    @property
    def because_words(self) -> str:
        return str(Because(self.because).label)

    @property
    def state(self) -> State:
        if self.dropped_at:
            return State.DROPPED
        if self.closed_at and self.again_on:
            return State.OLD if self.again_on < timezone.localdate() else State.CLOSED
        return State.TALKING if self.signed_at else State.FILLING


_FIELDS = (
    "id", "person_id", "definition_id", "purpose", "because", "beside_id", "opened_by_id",
    "opened_by__given_name", "opened_by__family_name", "opened_at", "signed_at", "closed_at",
    "closing__again_on", "dropped_at", "dropped_because", "dropped_by__given_name",
    "dropped_by__family_name",
)  # fmt: skip


def of(person_id: int, *, viewer: Viewer) -> list[Line]:
    """All of somebody's assessments that the viewer sees, the newest first."""
    return lines(Assessment.objects.filter(person_id=person_id), viewer=viewer)


def lines(rows: QuerySet[Assessment], *, viewer: Viewer) -> list[Line]:
    viewer.asks(CASEWORK)
    if viewer.everywhere and not viewer.may(Right.READ, CASEWORK):
        return []
    found = [_line(*row) for row in rows.order_by("-opened_at", "-id").values_list(*_FIELDS)]
    viewer.saw("assessments", {each.person_id for each in found})
    return found


def newest_closed(found: Iterable[Line]) -> dict[str, Line]:
    """The last closed assessment by each instrument."""
    newest: dict[str, Line] = {}
    for line in found:
        if line.closed_at:
            newest.setdefault(line.instrument.key, line)
    return newest


def _line(*row: Any) -> Line:
    key, person, definition_id, purpose, because, beside, opener, given, family, *rest = row
    *rest, dropper, dropper_family = rest
    name = short_name(given, family)
    dropped_by = short_name(dropper, dropper_family) if dropper else ""
    return Line(
        key, person, definition_id, purpose, because, beside, opener, name, *(*rest, dropped_by)
    )
