"""Shared events: one by its own page, and as told beside one person or in a shift's log."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.http import Http404

from daybook.foundation.access.roles import HEAD_OF_UNIT, Compartment
from daybook.foundation.access.scope import as_author, scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.models import Person
from daybook.foundation.people.queries import PersonLine, people_with
from daybook.foundation.staff.models import short_name

from ..models import EventPart, SharedEvent, StaffPart
from ..rules.events import with_others
from ..vocabulary import EventKind, Response

WING = Compartment.WING


@dataclass(frozen=True, slots=True)
class Event:
    """One event, in words that name nobody."""

    id: UUID
    unit_id: int
    unit: str
    kind: str
    place: str
    happened_at: datetime
    fact: str
    reading: str
    responses: tuple[str, ...]
    response: str
    opening: str
    present: str
    others: bool
    written_by: str
    written_at: datetime

    @property
    def kind_words(self) -> str:
        words = str(EventKind(self.kind).label)
        return words[:1].upper() + words[1:]

    @property
    def responses_words(self) -> list[str]:
        """What staff did, in the order of the vocabulary."""
        return [str(each.label) for each in Response if each.value in self.responses]


@dataclass(frozen=True, slots=True)
class Part:
    """One person's part in an event."""

    person: PersonLine
    part: str
    written_by: str


@dataclass(frozen=True, slots=True)
class Told:
    """An event as it is told of one person: their part, and the others without names."""

    event: Event
    part: str
    others: str
    part_id: UUID


@dataclass(frozen=True, slots=True)
class Support:
    """That support is to be offered to a colleague, or was."""

    id: UUID
    staff_id: int
    staff: str
    unit_id: int
    event_id: UUID
    written_at: datetime
    offered_by: str
    offered_at: datetime | None
    taken_up: bool | None


_EVENT = (
    "id", "unit_id", "unit__name", "kind", "place", "happened_at", "fact", "reading", "responses",
    "response", "opening", "present", "others", "written_by__given_name",
    "written_by__family_name", "written_at",
)  # fmt: skip


def event_with(key: UUID, *, viewer: Viewer) -> tuple[Event, list[Part], bool]:
    """An event, the parts of those the viewer reaches by cell, and whether others took part.

    Whoever only writes here reads back their own. 404 alike for absent and out of reach.
    """
    rows = scope(EventPart.objects.filter(event_id=key), viewer=viewer, compartment=WING)
    found = _parts(rows)
    if found:
        event = _events([key])[key]
        people = people_with((person for person, *_rest in found), viewer=viewer)
    else:
        with as_author(viewer):
            mine = _events([key])
            found = _parts(EventPart.objects.filter(event_id=key))
        if key not in mine:
            raise Http404
        event = mine[key]
        people = people_with((person for person, *_rest in found), viewer=viewer)
    viewer.saw("shared events", list(people))
    parts = [
        Part(people[person], words, short_name(given, family))
        for person, words, given, family in found
        if person in people
    ]
    by_cell = sorted(parts, key=lambda part: (part.person.cell, part.person.id))
    return event, by_cell, event.others or bool(_with_unseen([key]))


def told_of(
    people: Collection[int],
    *,
    viewer: Viewer,
    since: datetime | None = None,
    before: datetime | None = None,
    limit: int | None = None,
) -> list[tuple[int, Told]]:
    """The events in which these people took part, latest first, each with the person's key."""
    rows = scope(
        EventPart.objects.filter(person_id__in=set(people)), viewer=viewer, compartment=WING
    )
    if since:
        rows = rows.filter(written_at__gte=since)
    if before:
        rows = rows.filter(event__happened_at__lt=before)
    found = list(
        rows.order_by("-event__happened_at", "-id").values_list(
            "person_id", "event_id", "part", "id"
        )[:limit]
    )
    if not found:
        return []
    keys = {event for _person, event, *_part in found}
    events, unseen = _events(keys), _with_unseen(keys)
    together: dict[UUID, set[int]] = defaultdict(set)
    for event, person in scope(
        EventPart.objects.filter(event_id__in=keys), viewer=viewer, compartment=WING
    ).values_list("event_id", "person_id"):
        together[event].add(person)
    viewer.saw("shared events", [person for person, *_rest in found])
    return [
        (
            person,
            Told(
                events[event],
                part,
                with_others(len(together[event]) - 1, more=events[event].others or event in unseen),
                key,
            ),
        )
        for person, event, part, key in found
    ]


def names_of(people: Iterable[int], *, viewer: Viewer) -> list[tuple[str, str, str]]:
    """Given name, family name and name one is called by, to look for in an event's words."""
    rows = scope(
        Person.objects.filter(id__in=set(people)),
        viewer=viewer,
        compartment=Compartment.IDENTITY,
        person="id",
    )
    return list(rows.values_list("given_name", "family_name", "known_as"))


# ---- Support for staff ----


_SUPPORT = (
    "id", "staff_id", "staff__given_name", "staff__family_name", "unit_id", "event_id",
    "written_at", "offered_by__given_name", "offered_by__family_name", "offered_at", "taken_up",
)  # fmt: skip


def support_with(key: UUID, *, viewer: Viewer) -> Support:
    """One offer of support, for the colleague it is about and whoever leads the unit; 404."""
    for support in _supports(key):
        return support
    raise Http404


def supports_of(event_id: UUID, *, viewer: Viewer) -> list[Support]:
    """Offers after an event that the viewer may know of."""
    return _supports(event_id=event_id)


def support_to_offer(*, viewer: Viewer) -> list[Support]:
    """Colleagues to whom support is still to be offered, where the viewer leads the unit."""
    if not viewer.holds(HEAD_OF_UNIT):
        return []
    waiting = _supports(offered_at__isnull=True)
    return [each for each in waiting if leads(each.unit_id, viewer=viewer)]


def leads(unit_id: int, *, viewer: Viewer) -> bool:
    return any(held.role is HEAD_OF_UNIT and held.unit_id == unit_id for held in viewer.held)


def _supports(key: UUID | None = None, **where: object) -> list[Support]:
    rows = StaffPart.objects.filter(**({"id": key} if key else {}), **where)
    return [
        Support(
            row, staff, short_name(given, family), unit, event, at,
            short_name(by or "", name or ""), offered_at, taken_up,
        )
        for row, staff, given, family, unit, event, at, by, name, offered_at, taken_up in (
            rows.order_by("written_at").values_list(*_SUPPORT)
        )
    ]  # fmt: skip


# ---- Parts ----


def _events(keys: Collection[UUID]) -> dict[UUID, Event]:
    found = {}
    for row in SharedEvent.objects.filter(id__in=keys).values(*_EVENT):
        values: dict[str, Any] = dict(row)
        values["written_by"] = short_name(
            values.pop("written_by__given_name"), values.pop("written_by__family_name")
        )
        values["responses"] = tuple(values["responses"])
        found[values["id"]] = Event(unit=values.pop("unit__name"), **values)
    return found


def _parts(rows: QuerySet[EventPart]) -> list[tuple[int, str, str, str]]:
    return list(
        rows.values_list("person_id", "part", "written_by__given_name", "written_by__family_name")
    )


def _with_unseen(keys: Collection[UUID]) -> set[UUID]:
    """Those of the events in which somebody out of the viewer's reach took part."""
    with connection.cursor() as cursor:
        cursor.execute("select daybook.took_part_unseen(%s)", [list(keys)])
        return set(cursor.fetchone()[0])
