"""Where somebody can be brought in, and who is known already under a number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.http import Http404

from daybook.foundation.access.queries import units_of
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.ui.words import isolated

from ..models import Stay

IDENTITY = Compartment.IDENTITY
AT_FIRST = ("prison",)
"""What numbers are called where no system has told any yet."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who has one of the numbers; ``lives_in`` is empty where they live nowhere."""

    id: int
    given_name: str
    family_name: str
    known_as: str
    status: str
    lives_in: str
    left_at: datetime | None

    @property
    def name(self) -> str:
        return isolated(self.known_as or self.given_name, self.family_name)


def units_to_fill(*, viewer: Viewer) -> list[tuple[str, str]]:
    """Key and name of each unit that the viewer leads, as choices; 404 for who leads none."""
    if viewer.everywhere or not viewer.may(Right.WRITE, IDENTITY):
        raise Http404
    units = units_of(viewer, IDENTITY, Right.WRITE)
    if not units:
        raise Http404
    return sorted(((str(unit.pk), unit.name) for unit in units), key=lambda one: one[1])


def number_systems() -> list[str]:
    """Short names of the systems whose numbers are known."""
    with connection.cursor() as cursor:
        cursor.execute("select daybook.number_systems()")
        (found,) = cursor.fetchone()
    return list(found) or list(AT_FIRST)


def known_by(numbers: Mapping[str, str], *, viewer: Viewer) -> list[Known]:
    """Everyone who has one of these numbers, by system, in reach or not: so that nobody is
    entered twice. The database answers those alone who lead a unit; the log keeps who asked."""
    if not numbers:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from daybook.known_by(%s, %s)",
            [list(numbers), list(numbers.values())],
        )
        found = [Known(*row) for row in cursor.fetchall()]
    viewer.saw("names by number", [each.id for each in found])
    return found


def admitted(key: UUID | None, *, viewer: Viewer) -> int | None:
    """Who came in by the form with this key, where the viewer reaches them."""
    stays = scope(Stay.objects.filter(source=source_of(key)), viewer=viewer, compartment=IDENTITY)
    return stays.values_list("person_id", flat=True).first() if key else None


def source_of(key: UUID | None) -> str:
    """What the stay is known by that a form with this key began."""
    return f"daybook:{key}"
