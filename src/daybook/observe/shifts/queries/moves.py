"""Whom one's unit has just sent away, and the last notes that go after somebody."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from daybook.foundation.access.roles import Compartment
from daybook.foundation.access.scope import as_author, scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.models import display_name
from daybook.foundation.staff.models import short_name

from ..models import LastNote

WING = Compartment.WING
STANDS_FIRST = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Sent:
    """Somebody who left a unit of the viewer's: a name and when, never where to."""

    person_id: int
    unit_id: int
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """A last note, and from where it came."""

    id: UUID
    person_id: int
    words: str
    unit: str
    written_by: str
    written_at: datetime


def sent_away(*, viewer: Viewer) -> list[Sent]:
    """Whom the viewer's units sent elsewhere in the last 72 hours, latest first."""
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.sent()")
        found = [
            Sent(person, unit, display_name(given, family, known), at)
            for person, unit, given, family, known, at in cursor.fetchall()
        ]
    viewer.saw("names", [sent.person_id for sent in found])
    return sorted(found, key=lambda sent: sent.at, reverse=True)


def sent_person(person_id: int, *, viewer: Viewer) -> Sent:
    """One of them; 404 for anybody else, and once the 72 hours are over."""
    for sent in sent_away(viewer=viewer):
        if sent.person_id == person_id:
            return sent
    raise Http404


def my_last_notes(person_id: int, *, viewer: Viewer) -> list[Note]:
    """What the viewer wrote after this person."""
    with as_author(viewer):
        found = _notes(LastNote.objects.filter(person_id=person_id))
    viewer.saw("last notes", [person_id] if found else [])
    return found


def last_notes(
    person_id: int, *, viewer: Viewer, since: datetime | None = None, before: datetime | None = None
) -> list[Note]:
    """The last notes about somebody in reach, latest first."""
    rows = scope(LastNote.objects.filter(person_id=person_id), viewer=viewer, compartment=WING)
    if since:
        rows = rows.filter(written_at__gte=since)
    if before:
        rows = rows.filter(written_at__lt=before)
    found = _notes(rows)
    viewer.saw("last notes", [person_id] if found else [])
    return found


def fresh_notes(person_id: int, *, viewer: Viewer) -> list[Note]:
    """Those that still stand at the top of the person's page."""
    return last_notes(person_id, viewer=viewer, since=timezone.now() - STANDS_FIRST)


def _notes(rows: QuerySet[LastNote]) -> list[Note]:
    return [
        Note(key, person, words, unit, short_name(given, family), at)
        for key, person, words, unit, given, family, at in rows.order_by(
            "-written_at", "-id"
        ).values_list(
            "id", "person_id", "words", "unit__name", "written_by__given_name",
            "written_by__family_name", "written_at",
        )
    ]  # fmt: skip
