"""The fictional service, put into an empty database."""

from collections.abc import Callable

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from daybook.demo.world import World, make_world
from daybook.foundation.access.clerk import USERNAME
from daybook.foundation.staff.actions import begin_sign_in
from daybook.foundation.staff.models import Staff

from . import (
    approved,
    assessments,
    badges,
    carried,
    conduct,
    confidences,
    contested,
    emergencies,
    equality,
    exchange,
    fairness,
    information,
    keeping_safe,
    limits,
    living,
    looking_in,
    looks,
    meetings,
    people,
    places,
    record,
    reflections,
    reviews,
    safety,
    shifts,
    struck,
)
from .keys import Filling, as_the_owner_again
from .places import sign_ins_by_role

PASSWORD = "a quiet landing"
"""One password for everyone in the demo, and nowhere else."""

Report = Callable[[str, float], None]

_STEPS = (
    ("Places and staff", 0.05, places.fill),
    ("Who may reach what", 0.14, approved.fill),
    ("People", 0.15, people.fill),
    ("Knowing them", 0.25, living.fill),
    ("What to know before unlock", 0.27, safety.fill),
    ("Two hundred days of reflections", 0.6, reflections.fill),
    ("Meetings", 0.8, meetings.fill),
    ("The shift’s book", 0.83, shifts.fill),
    ("Who was looked in on", 0.83, looking_in.fill),
    ("Keeping safe", 0.84, keeping_safe.fill),
    ("Badges", 0.84, badges.fill),
    ("What was carried", 0.84, carried.fill),
    ("What went wrong in writing", 0.84, struck.fill),
    ("What staff told the custodian", 0.84, conduct.fill),
    ("Who has looked", 0.84, looks.fill),
    ("What was told in confidence", 0.84, confidences.fill),
    ("What was reported of harm", 0.84, information.fill),
    ("What was asked of other services", 0.84, exchange.fill),
    ("How people are placed", 0.84, assessments.fill),
    ("What teams looked at together", 0.84, reviews.fill),
    ("Who left years ago", 0.84, limits.fill),
    ("What people say is wrong", 0.84, contested.fill),
    ("Emergencies", 0.84, emergencies.fill),
    ("What people say of themselves", 0.84, equality.fill),
    ("What a governor answered", 0.84, fairness.fill),
)


@transaction.atomic
def fill(report: Report, *, people: int = 240, days: int = 200, seed: int = 2026) -> World:
    """Fill the database, as its owner; ``report`` hears what is being done and how far it is.

    ``people`` at least 40, ``days`` at least 60. The same seed and day give the same service.
    """
    report("Imagining a service", 0.0)
    now = timezone.localtime()
    world = make_world(seed=seed, until=now.date(), people=people, days=days, now=now.time())
    by = _filler()
    filling = Filling(world=world, by=by, password=make_password(PASSWORD))
    for doing, share, step in _STEPS:
        report(doing, share)
        step(filling)
        as_the_owner_again()
    report("Drawing the charts", 0.85)
    reflections.draw_charts(filling)
    meetings.remind(filling)
    report("How raters use the scales", 0.97)
    reflections.work_out_habits(filling)
    as_the_owner_again()
    report("What records can say", 0.98)
    record.fill(filling)
    report("A fictional service", 1.0)
    return world


def sign_ins() -> list[tuple[str, str, str]]:
    """One sign-in for each role: what it may do, the staff number, the password."""
    return [(role, username, PASSWORD) for role, username in sign_ins_by_role()]


class _Filler:
    """Who filled it, for the log."""

    def __init__(self, staff: Staff) -> None:
        self.key = staff.key
        self.sign_in_key = begin_sign_in(staff=staff, through="command").key


def _filler() -> _Filler:
    return _Filler(Staff.objects.get(username=USERNAME))
