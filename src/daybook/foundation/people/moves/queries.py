"""Where somebody lives, as whoever moves them sees it, and where they could live."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.places.models import Cell, Unit
from daybook.foundation.registry.providers import before_move, goes_along

from ..models import Stay

IDENTITY = Compartment.IDENTITY


@dataclass(frozen=True, slots=True)
class Living:
    """The stay that lasts: its key, where it is, and since when."""

    stay_id: int
    unit_id: int
    unit: str
    cell_id: int | None
    cell: str
    since: datetime


def may_move(person_id: int, *, viewer: Viewer) -> bool:
    """Whether the viewer leads the place where this person lives."""
    # Whoever sent somebody away writes for 72 hours more, and moves them no more.
    return not viewer.everywhere and all(
        person_id in viewer.people(IDENTITY, right) for right in Right
    )


def living(person_id: int, *, viewer: Viewer) -> Living | None:
    """Where somebody lives now, for whoever may move them; None where nowhere. Else 404."""
    if not may_move(person_id, viewer=viewer):
        raise Http404
    row = (
        Stay.objects.filter(person_id=person_id, ended_at__isnull=True)
        .values_list("id", "unit_id", "unit__name", "cell_id", "cell__name", "began_at")
        .first()
    )
    viewer.saw("stays", [person_id] if row else [])
    if row is None:
        return None
    stay, unit_id, unit, cell_id, cell, since = row
    return Living(stay, unit_id, unit, cell_id, cell or "", since)


def units_by_establishment() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every unit, as choices under the name of its establishment."""
    found: dict[str, list[tuple[str, str]]] = {}
    rows = Unit.objects.order_by("establishment__name", "name").values_list(
        "establishment__name", "id", "name"
    )
    for establishment, unit, name in rows:
        found.setdefault(establishment, []).append((str(unit), name))
    return list(found.items())


def cell_called(name: str, unit_id: int) -> tuple[int, str] | None:
    """Key and name of the cell with this on its door."""
    return Cell.objects.filter(unit_id=unit_id, name__iexact=name).values_list("id", "name").first()


def what_goes_along(person_id: int, *, viewer: Viewer) -> list[str]:
    """What is under way for the person, and is settled or handed on before they go."""
    return [
        words for provider in goes_along for words in provider(viewer=viewer, person_id=person_id)
    ]


def what_speaks_against(
    person_id: int, unit_id: int, cell: str, *, viewer: Viewer
) -> tuple[str, ...]:
    """What must be known before somebody comes to live there, as plain sentences."""

    def told() -> Iterable[str]:
        for provider in before_move:
            yield from provider(viewer=viewer, person_id=person_id, unit_id=unit_id, cell=cell)

    return tuple(told())
