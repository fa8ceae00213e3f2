"""A unit by its code, for whoever works there."""

from daybook.foundation.access.queries import require_unit, units_of
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.places import queries as places
from daybook.foundation.places.models import Unit


def unit_with(code: str, *, viewer: Viewer, right: Right = Right.READ) -> Unit:
    """The unit, or 404 alike for absent and out of reach."""
    unit = places.unit_with(code)
    require_unit(unit.id, viewer=viewer, right=right)
    return unit


def writes_on(unit_id: int, *, viewer: Viewer) -> bool:
    """Whether the viewer writes about this unit."""
    return unit_id in {unit.id for unit in units_of(viewer, Compartment.WING, Right.WRITE)}
