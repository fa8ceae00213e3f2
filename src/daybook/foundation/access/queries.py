"""Which units somebody works on."""

from django.db import connection
from django.http import Http404

from daybook.foundation.places.models import Unit

from .roles import Compartment, Right
from .viewer import Viewer


def units_of(
    viewer: Viewer, compartment: Compartment = Compartment.WING, right: Right = Right.READ
) -> list[Unit]:
    """The units on which the viewer has the right in the compartment."""
    with connection.cursor() as cursor:
        cursor.execute("select daybook.units(%s, %s)", [compartment.value, right.value])
        ids = cursor.fetchone()[0]
    return list(Unit.objects.filter(id__in=ids).select_related("establishment"))


def require_unit(
    unit_id: int,
    *,
    viewer: Viewer,
    compartment: Compartment = Compartment.WING,
    right: Right = Right.READ,
) -> None:
    """Go on, or answer as if the unit did not exist."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select %s = any(daybook.units(%s, %s))", [unit_id, compartment.value, right.value]
        )
        if not cursor.fetchone()[0]:
            raise Http404
