"""Trust and strengths of one person."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models.functions import Greatest
from django.http import Http404

from daybook.foundation.access.roles import Compartment
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.staff.models import short_name

from ..models import Strength, TrustStep
from ..rules.strengths import Answer, how_trust_went, possible_answers

WING = Compartment.WING


@dataclass(frozen=True, slots=True)
class Trust:
    """One opportunity to be trusted, and how it went."""

    key: UUID
    person_id: int
    what: str
    offered_by: str
    offered_on: date
    taken_on: date | None
    declined_on: date | None
    kept_on: date | None
    note: str

    @property
    def how_it_went(self) -> str:
        return how_trust_went(self.offered_on, self.taken_on, self.declined_on, self.kept_on)

    @property
    def kept(self) -> bool:
        return self.kept_on is not None

    @property
    def possible(self) -> tuple[Answer, ...]:
        return possible_answers(self.taken_on, self.declined_on, self.kept_on)


@dataclass(frozen=True, slots=True)
class Good:
    """Something the person is good at, as somebody saw it."""

    words: str
    by: str
    on: date


_TRUST = (
    "id", "person_id", "what", "offered_by__given_name", "offered_by__family_name", "offered_on",
    "taken_on", "declined_on", "kept_on", "note",
)  # fmt: skip


def trust_of(person_id: int, *, viewer: Viewer, limit: int = 4) -> list[Trust]:
    """The latest opportunities, those last moved first."""
    rows = scope(TrustStep.objects.filter(person_id=person_id), viewer=viewer, compartment=WING)
    latest = Greatest("offered_on", "taken_on", "declined_on", "kept_on")
    found = [
        _trust(*row) for row in rows.order_by(latest.desc(), "-id").values_list(*_TRUST)[:limit]
    ]
    viewer.saw("trust", [person_id] if found else [])
    return found


def trust_step(step_id: UUID, *, viewer: Viewer) -> Trust:
    """One opportunity, or 404."""
    rows = scope(TrustStep.objects.filter(id=step_id), viewer=viewer, compartment=WING)
    row = rows.values_list(*_TRUST).first()
    if row is None:
        raise Http404
    step = _trust(*row)
    viewer.saw("trust", [step.person_id])
    return step


def _trust(key: UUID, person: int, what: str, given: str, family: str, *rest: Any) -> Trust:
    return Trust(key, person, what, short_name(given, family), *rest)


def strengths_of(person_id: int, *, viewer: Viewer, limit: int = 6) -> list[Good]:
    """What the person is good at, latest first."""
    rows = scope(Strength.objects.filter(person_id=person_id), viewer=viewer, compartment=WING)
    found = [
        Good(words, short_name(given, family), on)
        for words, given, family, on in rows.order_by("-written_on", "-id").values_list(
            "words", "written_by__given_name", "written_by__family_name", "written_on"
        )[:limit]
    ]
    viewer.saw("strengths", [person_id] if found else [])
    return found
