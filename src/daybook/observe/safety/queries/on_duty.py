"""Who answers for safety in a place now. It tells of colleagues, and of nobody in custody."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from daybook.foundation.access.models import Assignment
from daybook.foundation.access.roles import (
    AT_AN_ESTABLISHMENT,
    GOVERNOR,
    ROLES,
    Compartment,
    Reach,
    Right,
)
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import personal_officers
from daybook.foundation.staff.models import short_name

from ..models import Turn
from ..rules.concerns import ANSWERS, OnDuty
from ..vocabulary import Duty

_CAN_ANSWER = [
    role
    for role in ROLES.values()
    if Right.WRITE in role.rights.get(Compartment.SAFETY, ()) or role is GOVERNOR
]
ON_ITS_UNIT = [role.key for role in _CAN_ANSWER if role.reach is Reach.UNIT]
IN_ITS_ESTABLISHMENT = [role.key for role in _CAN_ANSWER if role.reach in AT_AN_ESTABLISHMENT]


def on_duty(establishment_id: int, *, now: datetime) -> list[OnDuty]:
    """Whoever has a turn now; for a duty that nobody was set down for, all who hold its role.

    A turn counts while its holder has the role: without it they reach nobody.
    """
    holders = _holding(ANSWERS.values(), establishment_id, now)
    turns: dict[tuple[Duty, int], datetime] = {
        (Duty(duty), staff): until
        for duty, staff, until in Turn.objects.filter(
            establishment_id=establishment_id, since__lte=now, until__gt=now
        )
        .order_by("until")
        .values_list("duty", "staff_id", "until")
    }
    found = []
    for duty, role in ANSWERS.items():
        everyone = holders.get(role.key, {})
        on_turn = [staff for staff in everyone if (duty, staff) in turns]
        for staff in on_turn or everyone:
            name, post = everyone[staff]
            found.append(OnDuty(staff, duty, name, post, turns.get((duty, staff))))
    return found


def everybody(
    person_id: int,
    *,
    unit_id: int | None,
    establishment_id: int,
    viewer: Viewer,
    now: datetime,
) -> set[int]:
    """Keys of all who can answer for somebody, and of the governors."""
    there = Q(role__in=IN_ITS_ESTABLISHMENT, establishment_id=establishment_id)
    if unit_id is not None:
        there |= Q(role__in=ON_ITS_UNIT, unit_id=unit_id)
    officers = personal_officers([person_id], viewer=viewer).get(person_id, [])
    return {row[1] for row in _rows(there, now)} | {staff for staff, _name in officers}


def _holding(
    roles: Iterable[Any], establishment_id: int, now: datetime
) -> dict[str, dict[int, tuple[str, str]]]:
    holders: dict[str, dict[int, tuple[str, str]]] = {}
    which = Q(role__in=[role.key for role in roles], establishment_id=establishment_id)
    for role, staff, given, family, post in _rows(which, now):
        holders.setdefault(role, {})[staff] = (short_name(given, family), post)
    return holders


def _rows(which: Q, now: datetime) -> list[tuple[str, int, str, str, str]]:
    return list(
        Assignment.objects.filter(
            which, Q(until__isnull=True) | Q(until__gt=now), since__lte=now, staff__is_active=True
        )
        .order_by("staff__family_name", "staff_id")
        .values_list(
            "role", "staff_id", "staff__given_name", "staff__family_name", "staff__post"
        )
    )  # fmt: skip
