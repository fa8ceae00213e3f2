"""Who may report, and who works at the desk; the way from a number to a person in reach."""

from typing import Any
from uuid import UUID

from django.db import connection
from django.http import Http404

from daybook.foundation.access.roles import ANALYST, Compartment, Right
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.models import Identifier

INFORMATION = Compartment.INFORMATION


def may_report(viewer: Viewer) -> bool:
    """Whoever knows people may say what they saw of harm; inspectors and custodians don't."""
    return viewer.may(Right.WRITE, INFORMATION) and not viewer.everywhere


def reports_on(person_id: int, *, viewer: Viewer) -> bool:
    return may_report(viewer) and viewer.reaches(person_id, INFORMATION, Right.WRITE)


def person_with(number: str, *, viewer: Viewer) -> int | None:
    """Whom a whole number means among those the viewer may report on; None for nobody."""
    rows = scope(
        Identifier.objects.filter(number=number.strip()),
        viewer=viewer,
        compartment=INFORMATION,
        right=Right.WRITE,
    )
    found = set(rows.values_list("person_id", flat=True)[:2])
    return found.pop() if may_report(viewer) and len(found) == 1 else None


def at_the_desk(viewer: Viewer) -> bool:
    return viewer.holds(ANALYST)


def require(may: bool) -> None:
    """Go on, or answer exactly as if the page did not exist."""
    if not may:
        raise Http404


def desk_people(viewer: Viewer) -> set[int]:
    """Whose information the viewer works on."""
    viewer.asks(INFORMATION)
    return set(_array("select daybook.desk_reach()"))


def confirmed_keys(viewer: Viewer) -> set[UUID]:
    """Concerns that the viewer may read because they are confirmed."""
    viewer.asks(INFORMATION)
    return set(_array("select daybook.confirmed_for_viewer()"))


def _array(question: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return list(cursor.fetchone()[0])
