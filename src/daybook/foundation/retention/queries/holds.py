"""What stops an erasure: for data protection, and for whoever leads where the person is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.http import Http404

from daybook.foundation.access.roles import DATA_PROTECTION, DUTY_MANAGER, GOVERNOR
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.staff.models import short_name

from ..models import Ground, Hold


@dataclass(frozen=True, slots=True)
class Held:
    key: UUID
    person_id: int
    ground: Ground
    reason: str
    by: str
    at: datetime
    lifted_at: datetime | None
    lifted_because: str


def may_hold(viewer: Viewer) -> bool:
    return viewer.holds(DATA_PROTECTION, GOVERNOR, DUTY_MANAGER)


def may_hold_about(person_id: int, *, viewer: Viewer) -> bool:
    """Whether the viewer may put this person's records on hold."""
    if not may_hold(viewer):
        return False
    with connection.cursor() as cursor:
        cursor.execute("select %s = any(daybook.preserves())", [person_id])
        return bool(cursor.fetchone()[0])


def holds(*, viewer: Viewer, limit: int = 100) -> list[Held]:
    """Those that last first; 404 for whoever may place none."""
    if not may_hold(viewer):
        raise Http404
    rows = Hold.objects.select_related("placed_by").order_by("-placed_at", "id")[:limit]
    found = [
        Held(
            hold.id, hold.person_id, Ground(hold.ground), hold.reason,
            short_name(hold.placed_by.given_name, hold.placed_by.family_name), hold.placed_at,
            hold.lifted_at, hold.lifted_because,
        )
        for hold in rows
    ]  # fmt: skip
    # Nobody is named: the log says that the list was read.
    viewer.saw("holds", [])
    return sorted(found, key=lambda each: each.lifted_at is not None)
