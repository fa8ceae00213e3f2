"""Which units somebody works on."""

from django.http import Http404

from daybook.foundation.places.models import Unit

from .roles import Compartment, Right
from .viewer import Viewer


def units_of(
    viewer: Viewer, compartment: Compartment = Compartment.WING, right: Right = Right.READ
) -> list[Unit]:
    """The units on which the viewer has the right in the compartment."""
    ids = viewer.units(compartment, right)
    return list(Unit.objects.filter(id__in=ids).select_related("establishment"))


def require_unit(
    unit_id: int,
    *,
    viewer: Viewer,
    compartment: Compartment = Compartment.WING,
    right: Right = Right.READ,
) -> None:
    """Go on, or answer as if the unit did not exist."""
    if unit_id not in viewer.units(compartment, right):
        raise Http404
