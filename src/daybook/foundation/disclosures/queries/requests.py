"""Requests for everything, and who received what."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.http import Http404

from daybook.foundation.access.roles import CASE_LEAD, DATA_PROTECTION
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.registry.records import records
from daybook.foundation.staff.models import Staff, short_name

from ..models import AccessRequest, Disclosure


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it was decided."""

    key: UUID
    person_id: int
    recipient: str
    asked_on: date
    justification: str
    withheld: tuple[str, ...]
    withheld_because: str
    names_staff: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Given:
    """That something was given to somebody."""

    key: UUID
    person_id: int
    recipient: str
    what: str
    purpose: str
    legal_basis: str
    handling: str
    by: str
    at: datetime


def decides(viewer: Viewer) -> bool:
    """Whether the viewer decides about anybody's request: data protection, and case leads."""
    return viewer.holds(DATA_PROTECTION, CASE_LEAD)


def decides_about(person_id: int, *, viewer: Viewer) -> bool:
    if not decides(viewer):
        return False
    with connection.cursor() as cursor:
        cursor.execute("select %s = any(daybook.gives())", [person_id])
        return bool(cursor.fetchone()[0])


def number_known(number: str, *, viewer: Viewer) -> int | None:
    """For data protection: whose number it is."""
    if not viewer.holds(DATA_PROTECTION):
        raise Http404
    with connection.cursor() as cursor:
        cursor.execute("select daybook.known_as(%s)", [number])
        found = cursor.fetchone()[0]
    return int(found) if found is not None else None


def requests(*, viewer: Viewer, limit: int = 50) -> list[Asked]:
    """What the viewer decided or, for data protection, anybody; 404 for whoever decides nothing."""
    if not decides(viewer):
        raise Http404
    rows = AccessRequest.objects.select_related("decided_by").order_by("-decided_at", "id")
    found = [_asked(row) for row in rows[:limit]]
    # Nobody is named: the log says that the list was read.
    viewer.saw("access requests", [])
    return found


def request_with(key: UUID, *, viewer: Viewer) -> Asked:
    row = AccessRequest.objects.select_related("decided_by").filter(id=key).first()
    if row is None or not decides_about(row.person_id, viewer=viewer):
        raise Http404
    viewer.saw("access requests", [])
    return _asked(row)


def given_of(person_id: int, *, viewer: Viewer) -> list[Given]:
    """Who received what about one person, the latest first."""
    rows = Disclosure.objects.filter(person_id=person_id).select_related("given_by")
    return [
        Given(
            row.id, row.person_id, row.recipient, row.what, row.purpose, row.legal_basis,
            row.handling, _name(row.given_by), row.given_at,
        )
        for row in rows.order_by("-given_at", "id")
    ]  # fmt: skip


def kinds_in_words() -> list[tuple[str, str, str]]:
    """Each kind of record: its name, and why it is withheld as a rule."""
    return [(kept.kind, str(kept.name), str(kept.withheld)) for kept in records]


def _asked(row: AccessRequest) -> Asked:
    return Asked(
        row.id, row.person_id, row.recipient, row.asked_on, row.justification,
        tuple(row.withheld), row.withheld_because, row.names_staff, _name(row.decided_by),
        row.decided_at,
    )  # fmt: skip


def _name(staff: Staff) -> str:
    return short_name(staff.given_name, staff.family_name)
