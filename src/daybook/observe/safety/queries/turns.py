"""Turns of duty: those set down for now and ahead, and who may be set down."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from daybook.foundation.access.models import Assignment
from daybook.foundation.access.roles import AT_AN_ESTABLISHMENT, DUTY_MANAGER, Reach
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.places.models import Establishment, Unit
from daybook.foundation.staff.models import short_name

from ..models import Turn
from ..rules.concerns import ANSWERS
from ..rules.turns import CALLED_OFF
from ..vocabulary import Duty


@dataclass(frozen=True, slots=True)
class TurnLine:
    key: UUID
    duty: str
    name: str
    since: datetime
    until: datetime

    @property
    def label(self) -> str:
        return str(Duty(self.duty).label)


@dataclass(frozen=True, slots=True)
class Colleague:
    staff_id: int
    name: str
    post: str


def sets_turns_at(viewer: Viewer) -> set[int]:
    """Keys of the establishments where the viewer says who is on duty."""
    return {
        held.establishment_id
        for held in viewer.held
        if held.role is DUTY_MANAGER and held.establishment_id is not None
    }


def works_at(viewer: Viewer) -> list[Establishment]:
    """Establishments whose people the viewer may come to fear for, by name."""
    here = {
        h.establishment_id
        for h in viewer.held
        if h.role.reach in AT_AN_ESTABLISHMENT and h.establishment_id
    }
    units = {h.unit_id for h in viewer.held if h.role.reach is Reach.UNIT and h.unit_id}
    of_units = Unit.objects.filter(id__in=units).values("establishment_id")
    return list(Establishment.objects.filter(Q(id__in=here) | Q(id__in=of_units)))


def turns_at(establishment_id: int, *, now: datetime) -> list[TurnLine]:
    """Turns that go on now or are ahead, the next first."""
    rows = Turn.objects.filter(
        Q(until__gt=F("since") + CALLED_OFF), establishment_id=establishment_id, until__gt=now
    )
    return [
        TurnLine(key, duty, short_name(given, family), since, until)
        for key, duty, given, family, since, until in rows.order_by(
            "since", "duty", "id"
        ).values_list("id", "duty", "staff__given_name", "staff__family_name", "since", "until")
    ]


def may_answer(establishment_id: int, duty: str, *, now: datetime) -> list[Colleague]:
    """Colleagues who hold the role for the duty there, by family name."""
    if duty not in Duty.values:
        return []
    rows = Assignment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=now),
        role=ANSWERS[Duty(duty)].key,
        establishment_id=establishment_id,
        staff__is_active=True,
    ).order_by("staff__family_name", "staff_id")
    return [
        Colleague(staff, short_name(given, family), post)
        for staff, given, family, post in rows.values_list(
            "staff_id", "staff__given_name", "staff__family_name", "staff__post"
        )
    ]
