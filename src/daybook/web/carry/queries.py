"""What is carried of a unit, and what waits for its author's look."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.utils import timezone

from daybook.foundation.access.queries import require_unit
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import PersonLine, people_on, people_with
from daybook.foundation.places.models import Unit
from daybook.foundation.places.queries import unit_with
from daybook.foundation.registry.providers import First, first
from daybook.observe.reflections.queries.today import Today, usual_words, written_today
from daybook.observe.safety.queries.early_days import Check, owed_to

from .models import Arrival
from .replays import CARRIED
from .rules import KEPT
from .vocabulary import WAITING, Outcome

WING = Compartment.WING


@dataclass(frozen=True, slots=True)
class CarriedLine:
    """One person as they are carried: what to know first, what is usual, who wrote today."""

    person: PersonLine
    first: tuple[First, ...]
    usual: str
    today: Today
    check_in: Check | None


@dataclass(frozen=True, slots=True)
class Look:
    """An entry that waits for its author; no name where they no longer reach the person."""

    key: UUID
    person: PersonLine | None
    why: str
    written_at: datetime
    kept_until: datetime
    words: tuple[str, ...]


def carried_on(code: str, *, viewer: Viewer) -> tuple[Unit, list[CarriedLine]]:
    """Everyone on the unit whom the viewer writes about, by cell. Else 404."""
    unit = unit_with(code)
    require_unit(unit.pk, viewer=viewer, compartment=WING, right=Right.WRITE)
    people = people_on(unit.pk, viewer=viewer, compartment=WING, right=Right.WRITE)
    ids = [person.id for person in people]
    to_know = defaultdict[int, list[First]](list)
    for provider in first:
        for person, notes in provider(viewer=viewer, people=ids).items():
            to_know[person] += notes
    usual, today = usual_words(ids, viewer=viewer), written_today(ids, viewer=viewer)
    owed = _owed_now(ids, viewer=viewer)
    return unit, [
        CarriedLine(
            person,
            tuple(to_know[person.id]),
            usual.get(person.id, "").strip().partition("\n")[0],
            today.get(person.id, Today()),
            owed.get(person.id),
        )
        for person in people
    ]


def _owed_now(people: list[int], *, viewer: Viewer) -> dict[int, Check]:
    """Of each person, the check-in to do first, where the viewer does check-ins."""
    does = viewer.people(Compartment.SAFETY, Right.WRITE) if not viewer.everywhere else frozenset()
    owed: dict[int, Check] = {}
    for check in owed_to(people, viewer=viewer, until=timezone.now()):
        if check.person_id in does:
            owed.setdefault(check.person_id, check)
    return owed


def looks(*, viewer: Viewer) -> list[Look]:
    """What the viewer wrote and has still to look at, oldest first."""
    waiting = list(_waiting(viewer).order_by("written_at", "id"))
    reached = people_with({each.person_id for each in waiting}, viewer=viewer)
    return [look_at(each, reached.get(each.person_id)) for each in waiting]


def look_at(arrival: Arrival, person: PersonLine | None) -> Look:
    why = str(Outcome(arrival.outcome).label)
    words = tuple(words for _name, words in arrival.said or [] if " " in words.strip())
    kept_until = arrival.arrived_at + KEPT
    return Look(arrival.pk, person, why, arrival.written_at, kept_until, words)


def arrival_with(key: UUID, *, viewer: Viewer) -> Arrival:
    """One's own entry that waits for a look, or 404."""
    found = _waiting(viewer).filter(id=key).first()
    if found is None:
        raise Http404
    viewer.saw("carried entries", [found.person_id])
    return found


def to_write_about(arrival: Arrival, *, viewer: Viewer) -> PersonLine | None:
    """Whom it is about, while its author may write about them."""
    if arrival.person_id not in viewer.people(CARRIED[arrival.form].compartment, Right.WRITE):
        return None
    return people_with([arrival.person_id], viewer=viewer).get(arrival.person_id)


def as_sent(arrival: Arrival) -> QueryDict:
    """What was filled in, as a form sends it."""
    said = QueryDict(mutable=True)
    for name, words in arrival.said or []:
        said.appendlist(name, words)
    said["key"] = str(arrival.pk)
    return said


def to_look_at(arrival: Arrival) -> QueryDict:
    """The same, with the day it was written, where that is known and nothing else is said."""
    said = as_sent(arrival)
    if not said.get("day") and arrival.outcome != Outcome.CLOCK:
        said["day"] = timezone.localdate(arrival.written_at).isoformat()
    return said


def _waiting(viewer: Viewer) -> QuerySet[Arrival]:
    return Arrival.objects.filter(staff_id=viewer.staff_id, outcome__in=WAITING)
