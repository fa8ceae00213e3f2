"""Actions: who owes what to whom, by when, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from daybook.foundation.access.models import Assignment
from daybook.foundation.access.roles import CLERK, ROLES, Compartment, Reach, Right
from daybook.foundation.access.scope import as_author, reached, scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import people_with, personal_officers
from daybook.foundation.staff.models import short_name

from ..models import Action, Effect
from ..rules import when_due

WING = Compartment.WING


@dataclass(frozen=True, slots=True)
class Owed:
    """One action, open or closed."""

    id: UUID
    person_id: int
    what: str
    owner_id: int
    owner: str
    due_on: date
    source: str
    raised_at: datetime
    done_at: datetime | None
    effect: str
    outcome: str

    @property
    def effect_words(self) -> str:
        """What came of it, as the owner chose it; nothing while it is open."""
        return str(Effect(self.effect).label) if self.effect else ""

    @property
    def when(self) -> str:
        """The day it is owed by, as people say it today."""
        return when_due(self.due_on, timezone.localdate())


@dataclass(frozen=True, slots=True)
class Colleague:
    id: int
    name: str


_OWED = (
    "id",
    "person_id",
    "what",
    "owner_id",
    "owner__given_name",
    "owner__family_name",
    "due_on",
    "source",
    "raised_at",
    "done_at",
    "effect",
    "outcome",
)


def open_actions(people: Iterable[int], *, viewer: Viewer) -> list[Owed]:
    """What is still owed to these people, soonest first."""
    return _seen(_about(people, viewer).filter(done_at__isnull=True), viewer)


def recent_outcomes(people: Iterable[int], *, since: datetime, viewer: Viewer) -> list[Owed]:
    """What came of the actions that were closed since then, latest first."""
    return _seen(_about(people, viewer).filter(done_at__gte=since), viewer, order="-done_at")


def due_and_done(
    people: Iterable[int], *, until: date, since: datetime, viewer: Viewer
) -> tuple[list[Owed], list[Owed]]:
    """What is owed to these people by ``until``, soonest first, and what was closed from
    ``since`` on, latest first: both in one question, for a whole wing."""
    with connection.cursor() as cursor:
        within = reached(people, viewer=viewer, compartment=WING)
        cursor.execute(DUE_AND_DONE, {"people": within, "until": until, "since": since})
        found = [_owed(row) for row in cursor.fetchall()]
    viewer.saw("actions", [owed.person_id for owed in found])
    done = [owed for owed in found if owed.done_at]
    done.sort(key=lambda owed: owed.done_at or owed.raised_at, reverse=True)
    return [owed for owed in found if not owed.done_at], done


DUE_AND_DONE = """
    select a.id, a.person_id, a.what, a.owner_id, s.given_name, s.family_name, a.due_on, a.source,
           a.raised_at, a.done_at, a.effect, a.outcome
      from duties_action a join staff_staff s on s.id = a.owner_id
     where a.person_id = any(%(people)s::bigint[])
       and (a.done_at is null and a.due_on <= %(until)s or a.done_at >= %(since)s)
     order by a.due_on, a.id
"""


def agreed_at(sources: Iterable[str], *, people: Iterable[int], viewer: Viewer) -> list[Owed]:
    """The actions that were agreed in these places, in the order they were written down."""
    rows = _about(people, viewer).filter(source__in=list(sources))
    return _seen(rows, viewer, order="raised_at")


def my_actions(*, viewer: Viewer, done_since: datetime | None = None) -> list[Owed]:
    """What the viewer owes, wherever the people have gone; with what was closed since then."""
    wanted = Q(done_at__isnull=True)
    if done_since:
        wanted |= Q(done_at__gte=done_since)
    with as_author(viewer):
        return _seen(Action.objects.filter(wanted, owner_id=viewer.staff_id), viewer)


def action(action_id: UUID, *, viewer: Viewer) -> Owed:
    """One action: the viewer's own, or one about somebody in reach; 404 for any other."""
    with as_author(viewer):
        found = _seen(Action.objects.filter(id=action_id, owner_id=viewer.staff_id), viewer)
    if not found:
        rows = scope(Action.objects.filter(id=action_id), viewer=viewer, compartment=WING)
        found = _seen(rows, viewer)
    if not found:
        raise Http404
    return found[0]


def may_close(owed: Owed, *, viewer: Viewer) -> bool:
    """The owner may; so may whoever writes about the person."""
    return owed.done_at is None and (
        owed.owner_id == viewer.staff_id or owed.person_id in viewer.people(WING, Right.WRITE)
    )


def team(unit_id: int, *, viewer: Viewer, readers_only: bool = False) -> list[Colleague]:
    """Colleagues who write about the people on a unit, by family name.

    ``readers_only``: those who also read there, and so can lead a meeting.
    """
    needed = {Right.READ, Right.WRITE} if readers_only else {Right.WRITE}
    able = [r for r in ROLES.values() if r is not CLERK and needed <= r.rights.get(WING, set())]
    on_unit = [role.key for role in able if role.reach is Reach.UNIT]
    on_site = [role.key for role in able if role.reach is Reach.ESTABLISHMENT]
    now = timezone.now()
    rows = (
        Assignment.objects.filter(
            Q(unit_id=unit_id, role__in=on_unit)
            | Q(establishment__units=unit_id, role__in=on_site),
            Q(until__isnull=True) | Q(until__gt=now),
            since__lte=now,
            staff__is_active=True,
        )
        .order_by("staff__family_name", "staff__given_name", "staff_id")
        .values_list("staff_id", "staff__given_name", "staff__family_name")
        .distinct()
    )
    return [Colleague(staff, short_name(given, family)) for staff, given, family in rows]


def possible_owners(person_id: int, *, viewer: Viewer) -> list[Colleague]:
    """Who may take on an action for somebody: their personal officers first, then the team."""
    officers = personal_officers([person_id], viewer=viewer).get(person_id, [])
    owners = {staff: Colleague(staff, name) for staff, name in officers}
    line = people_with([person_id], viewer=viewer).get(person_id)
    if line and line.unit_id:
        for colleague in team(line.unit_id, viewer=viewer):
            owners.setdefault(colleague.id, colleague)
    return list(owners.values())


def _about(people: Iterable[int], viewer: Viewer) -> QuerySet[Action]:
    rows = Action.objects.filter(person_id__in=set(people))
    return scope(rows, viewer=viewer, compartment=WING)


def _seen(rows: QuerySet[Action], viewer: Viewer, order: str = "due_on") -> list[Owed]:
    found = [_owed(row) for row in rows.order_by(order, "id").values_list(*_OWED)]
    viewer.saw("actions", [owed.person_id for owed in found])
    return found


def _owed(row: tuple[Any, ...]) -> Owed:
    key, person, what, owner, given, family, *rest = row
    return Owed(key, person, what, owner, short_name(given, family), *rest)
