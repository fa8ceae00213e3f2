"""Who works here and which roles they hold, for administrators. Nobody in custody is in it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from daybook.foundation.staff.models import Staff

from .models import Assignment


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that is held or will be; ``place`` is the unit's or establishment's short name."""

    role: str
    place: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Member:
    username: str
    name: str
    post: str
    is_open: bool
    roles: tuple[HeldRole, ...]


def roster(*, now: datetime) -> list[Member]:
    """Everyone with an account, by family name, with the roles that are not over by ``now``."""
    assignments = Assignment.objects.select_related("unit", "establishment").order_by(
        "role", "since"
    )
    everyone = Staff.objects.prefetch_related(Prefetch("assignments", queryset=assignments))
    return [
        Member(
            username=staff.username,
            name=f"{staff.given_name} {staff.family_name}".strip(),
            post=staff.post,
            is_open=staff.is_active,
            roles=tuple(
                HeldRole(held.role, _place(held), held.since, held.until)
                for held in staff.assignments.all()
                if held.until is None or held.until > now
            ),
        )
        for staff in everyone
    ]


def _place(held: Assignment) -> str:
    place = held.unit or held.establishment
    return place.code if place else ""
