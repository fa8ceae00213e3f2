"""Who is whose personal officer on a unit, and who stands in, for whoever assigns them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import F, Q
from django.http import Http404
from django.utils import timezone

from daybook.foundation.access.models import Assignment
from daybook.foundation.access.queries import require_unit
from daybook.foundation.access.roles import PERSONAL_OFFICER, WING_OFFICER, Compartment, Right
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.staff.models import short_name

from .models import Cover, PersonalOfficer, RosterSide
from .queries import PersonLine, people_on, person_line


@dataclass(frozen=True, slots=True)
class StandIn:
    """A colleague who takes an officer's place, from a time to a time."""

    officer_id: int
    officer: str
    staff_id: int
    name: str
    since: datetime
    until: datetime

    @property
    def first_day(self) -> date:
        return timezone.localdate(self.since)

    @property
    def last_day(self) -> date:
        """Cover ends with the day, at midnight."""
        return timezone.localdate(self.until - timedelta(seconds=1))


@dataclass(frozen=True, slots=True)
class Assigned:
    """The officer of one person on one side of the roster."""

    id: int
    staff_id: int
    name: str
    since: datetime
    covers: tuple[StandIn, ...] = ()


@dataclass(frozen=True, slots=True)
class WithOfficers:
    """A person of the unit and the officer on each side; None where there is none."""

    person: PersonLine
    sides: dict[str, Assigned | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Officer:
    id: int
    name: str


def people_with_officers(unit_id: int, *, viewer: Viewer) -> list[WithOfficers]:
    """Everyone on the unit, by cell, with both officers and whoever covers now or soon."""
    require_unit(unit_id, viewer=viewer, compartment=Compartment.IDENTITY, right=Right.WRITE)
    return _with_officers(people_on(unit_id, viewer=viewer), viewer)


def one_with_officers(person_id: int, unit_id: int, *, viewer: Viewer) -> WithOfficers:
    """One person of the unit, or 404."""
    require_unit(unit_id, viewer=viewer, compartment=Compartment.IDENTITY, right=Right.WRITE)
    person = person_line(person_id, viewer=viewer)
    if person.unit_id != unit_id:
        raise Http404
    [row] = _with_officers([person], viewer)
    return row


def possible_officers(unit_id: int) -> list[Officer]:
    """Who can be assigned or cover: personal officers who work on the unit now, by name.

    Only the role of personal officer lets somebody reach those assigned to them; anybody
    else could be named here and would still see nothing.
    """
    now = timezone.now()
    held = Assignment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=now), since__lte=now, staff__is_active=True
    )
    here = held.filter(unit_id=unit_id, role__in=[WING_OFFICER.key, PERSONAL_OFFICER.key])
    rows = (
        held.filter(role=PERSONAL_OFFICER.key, staff_id__in=here.values("staff_id"))
        .order_by("staff__family_name", "staff__given_name", "staff_id")
        .values_list("staff_id", "staff__given_name", "staff__family_name")
        .distinct()
    )
    return [Officer(staff, short_name(given, family)) for staff, given, family in rows]


def officers_now(people: Iterable[WithOfficers]) -> list[Officer]:
    """Everyone who is somebody's officer among these people, by name."""
    found = {
        assigned.staff_id: Officer(assigned.staff_id, assigned.name)
        for row in people
        for assigned in row.sides.values()
        if assigned
    }
    return sorted(found.values(), key=lambda officer: (officer.name, officer.id))


def stand_ins(people: Iterable[WithOfficers]) -> list[StandIn]:
    """Each cover once, however many people it is for; the first to end first."""
    found = {
        cover
        for row in people
        for assigned in row.sides.values()
        if assigned
        for cover in assigned.covers
    }
    return sorted(found, key=lambda cover: (cover.until, cover.since, cover.officer))


def _with_officers(people: list[PersonLine], viewer: Viewer) -> list[WithOfficers]:
    ids = [person.id for person in people]
    covers = _covers(ids, viewer)
    rows = scope(
        PersonalOfficer.objects.filter(person_id__in=ids, until__isnull=True),
        viewer=viewer,
        compartment=Compartment.IDENTITY,
    ).values_list(
        "id", "person_id", "side", "staff_id", "staff__given_name", "staff__family_name", "since"
    )
    assigned = {
        (person, side): Assigned(key, staff, short_name(given, family), since, covers.get(key, ()))
        for key, person, side, staff, given, family, since in rows
    }
    viewer.saw("personal officers", ids)
    return [
        WithOfficers(person, {side: assigned.get((person.id, side)) for side in RosterSide.values})
        for person in people
    ]


def _covers(people: list[int], viewer: Viewer) -> dict[int, tuple[StandIn, ...]]:
    rows = scope(
        Cover.objects.filter(
            person_id__in=people, until__gt=timezone.now(), assignment__until__isnull=True
        ),
        viewer=viewer,
        compartment=Compartment.IDENTITY,
    ).annotate(
        officer_id=F("assignment__staff_id"),
        officer_given=F("assignment__staff__given_name"),
        officer_family=F("assignment__staff__family_name"),
    )
    found: dict[int, tuple[StandIn, ...]] = {}
    for key, officer, officer_given, officer_family, staff, given, family, since, until in (
        rows.order_by("since", "id").values_list(
            "assignment_id", "officer_id", "officer_given", "officer_family",
            "staff_id", "staff__given_name", "staff__family_name", "since", "until",
        )
    ):  # fmt: skip
        cover = StandIn(
            officer,
            short_name(officer_given, officer_family),
            staff,
            short_name(given, family),
            since,
            until,
        )
        found[key] = (*found.get(key, ()), cover)
    return found
