"""Lists of a unit that are carried in the hand: what to know, who is here, who needs help."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from daybook.foundation.access.queries import require_unit, units_of
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.models import Escort, EscortKind
from daybook.foundation.people.queries import PersonLine, people_on
from daybook.foundation.places.models import Establishment, Unit
from daybook.foundation.places.queries import unit_with

from ..vocabulary import UnlockKind
from .unlock import Standing, by_person, standing

SAFETY, WING = Compartment.SAFETY, Compartment.WING


@dataclass(frozen=True, slots=True)
class Door:
    """One person on an unlock sheet: what to know, and what can't be done here."""

    person: PersonLine
    notes: Sequence[Standing]

    @property
    def cannot(self) -> list[str]:
        return [note.cannot for note in self.notes if note.cannot]


@dataclass(frozen=True, slots=True)
class ToFind:
    """One person on an evacuation list."""

    person: PersonLine
    away: tuple[str, datetime] | None
    """Where to, under escort, and since when; None also where the viewer can't know."""
    help: Sequence[str]


@dataclass(frozen=True, slots=True)
class UnitToEmpty:
    unit: Unit
    people: Sequence[ToFind]
    knows_who_is_out: bool

    @property
    def out(self) -> int:
        return sum(1 for each in self.people if each.away)


def unlock_sheet(code: str, *, viewer: Viewer) -> tuple[Unit, list[Door]]:
    """Everyone on a unit by cell, with what to know before the door is opened; else 404."""
    unit = _unit(code, viewer=viewer)
    people = people_on(unit.pk, viewer=viewer, compartment=SAFETY)
    notes = by_person(standing((line.id for line in people), viewer=viewer))
    return unit, [Door(line, notes.get(line.id, ())) for line in people]


def wing_sheet(code: str, *, viewer: Viewer) -> tuple[Unit, list[PersonLine]]:
    """Everyone on a unit by cell, for those who write about them; else 404."""
    unit = unit_with(code)
    require_unit(unit.pk, viewer=viewer, compartment=WING, right=Right.WRITE)
    return unit, people_on(unit.pk, viewer=viewer, compartment=WING, right=Right.WRITE)


def evacuation_of(code: str, *, viewer: Viewer) -> UnitToEmpty:
    """Everyone on a unit, with where they are as far as known and what help they need."""
    return _to_empty(_unit(code, viewer=viewer), viewer=viewer)


def evacuation_of_all(code: str, *, viewer: Viewer) -> tuple[Establishment, list[UnitToEmpty]]:
    """The same for a whole establishment, for those who reach all of it; else 404."""
    units = [
        unit
        for unit in units_of(viewer, SAFETY)
        if unit.establishment.code == code and reaches_all(unit.establishment_id, viewer=viewer)
    ]
    if not units:
        raise Http404
    return units[0].establishment, [_to_empty(unit, viewer=viewer) for unit in units]


def reaches_all(establishment_id: int, *, viewer: Viewer) -> bool:
    """Whether the viewer reads of everyone's safety in the establishment."""
    return viewer.everywhere or any(
        held.establishment_id == establishment_id and Right.READ in held.role.rights.get(SAFETY, ())
        for held in viewer.held
    )


def _to_empty(unit: Unit, *, viewer: Viewer) -> UnitToEmpty:
    people = people_on(unit.pk, viewer=viewer, compartment=SAFETY)
    ids = [line.id for line in people]
    away = {
        person: (str(EscortKind(kind).label), left_at)
        for person, kind, left_at in scope(
            Escort.objects.filter(person_id__in=ids, back_at__isnull=True),
            viewer=viewer,
            compartment=WING,
        ).values_list("person_id", "kind", "left_at")
    }
    notes = by_person(standing(ids, viewer=viewer))
    viewer.saw("escorts", list(away))
    return UnitToEmpty(
        unit,
        [
            ToFind(
                line,
                away.get(line.id),
                [n.instruction for n in notes.get(line.id, ()) if n.kind == UnlockKind.EVACUATION],
            )
            for line in people
        ],
        knows_who_is_out=viewer.may(Right.READ, WING),
    )


def _unit(code: str, *, viewer: Viewer) -> Unit:
    unit = unit_with(code)
    require_unit(unit.pk, viewer=viewer, compartment=SAFETY)
    return unit
