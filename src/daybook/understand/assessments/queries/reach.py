"""Who may assess, and who is asked to."""

from dataclasses import dataclass

from django.db import connection
from django.http import Http404

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.staff.models import short_name

CASEWORK = Compartment.CASEWORK


@dataclass(frozen=True, slots=True)
class Colleague:
    id: int
    name: str
    post: str
    trained: bool
    """Whether what the instrument asks of training is current."""


def assesses(person_id: int, *, viewer: Viewer) -> bool:
    """Whether the viewer writes casework about somebody: whoever does may assess them."""
    return not viewer.everywhere and viewer.reaches(person_id, CASEWORK, Right.WRITE)


def require_assessing(person_id: int, *, viewer: Viewer) -> None:
    if not assesses(person_id, viewer=viewer):
        raise Http404


def may_assess(person_id: int, definition: int, *, viewer: Viewer) -> list[Colleague]:
    """Colleagues who work with somebody in a role that uses this instrument, the viewer too."""
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.may_assess(%s, %s)", [person_id, definition])
        rows = cursor.fetchall()
    return [
        Colleague(key, short_name(given, family), post, trained)
        for key, given, family, post, trained in rows
    ]
