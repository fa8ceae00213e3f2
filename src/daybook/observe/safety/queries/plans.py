"""Keep-safe plans: those that run, one whole with who looked in, and those that came before."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import Http404

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.staff.models import short_name

from ..models import Check, Plan, Review
from ..rules.plans import every, is_late, plan_first, plan_in_brief
from .concerns import within

SAFETY = Compartment.SAFETY
WHAT = "keep-safe plans"
LOOKS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Running:
    """A plan that runs now. ``looked_at``: when somebody looked in last, None before the first."""

    key: UUID
    person_id: int
    every_minutes: int
    made_at: datetime
    review_on: date
    looked_at: datetime | None

    @property
    def since(self) -> datetime:
        """From when the next look is counted."""
        return self.looked_at or self.made_at

    def late(self, now: datetime) -> bool:
        return is_late(self.since, self.every_minutes, now=now)

    def first_words(self, now: datetime) -> str:
        looked_in = self.looked_at is not None
        return plan_first(self.every_minutes, self.since, looked_in=looked_in, now=now)

    def brief(self, now: datetime) -> str:
        return plan_in_brief(self.every_minutes, self.since, now=now)


@dataclass(frozen=True, slots=True)
class Look:
    at: datetime
    by: str
    spoke: bool
    words: str


@dataclass(frozen=True, slots=True)
class Stood:
    """That somebody looked at the plan again, and let it stand."""

    words: str
    by: str
    at: datetime
    next_on: date


@dataclass(frozen=True, slots=True)
class Whole:
    """One plan: what staff do, who looked in, and how it went back to ordinary care."""

    key: UUID
    person_id: int
    concern_id: UUID | None
    what: str
    who: str
    helps: str
    every_minutes: int
    made_by_id: int
    by: str
    made_at: datetime
    review_on: date
    replaced_at: datetime | None
    handed_back_at: datetime | None
    handed_back_by: str
    handed_back_to: str
    handed_back_because: str
    looks: list[Look] = field(default_factory=list)
    reviews: list[Stood] = field(default_factory=list)

    @property
    def how_often(self) -> str:
        return every(self.every_minutes)

    @property
    def runs(self) -> bool:
        return self.replaced_at is None and self.handed_back_at is None


def running_plans(*, viewer: Viewer, people: Iterable[int] | None = None) -> list[Running]:
    """Plans that run now, of these people or of everyone in reach, with the last look."""
    if not viewer.may(Right.READ, SAFETY):
        return []
    with connection.cursor() as cursor:
        cursor.execute(RUNNING, within(people, viewer=viewer))
        found = [Running(*row) for row in cursor.fetchall()]
    viewer.saw(WHAT, [plan.person_id for plan in found])
    return found


RUNNING = """
    select p.id, p.person_id, p.every_minutes, p.made_at, p.review_on,
           (select c.checked_at from safety_check c
             where c.plan_id = p.id and c.struck_at is null order by c.checked_at desc limit 1)
      from safety_plan p
     where p.replaced_at is null and p.handed_back_at is null and p.struck_at is null
       and (%(everyone)s or p.person_id = any(%(people)s::bigint[]))
     order by p.made_at, p.id
"""


def plans_of(person_id: int, *, viewer: Viewer) -> list[Whole]:
    """Somebody's plans, the one that runs first, with the last looks under it."""
    rows = scope(Plan.objects.filter(person_id=person_id), viewer=viewer, compartment=SAFETY)
    found = [_whole(*row) for row in rows.order_by("-made_at").values_list(*_WHOLE)]
    if found and found[0].runs:
        _fill(found[0])
    viewer.saw(WHAT, [person_id] if found else [])
    return found


def plan_with(plan_id: UUID, *, viewer: Viewer) -> Whole:
    """One plan with its looks and reviews, or 404."""
    rows = scope(Plan.objects.filter(id=plan_id), viewer=viewer, compartment=SAFETY)
    row = rows.values_list(*_WHOLE).first()
    if row is None:
        raise Http404
    plan = _whole(*row)
    _fill(plan)
    viewer.saw(WHAT, [plan.person_id])
    return plan


def _fill(plan: Whole) -> None:
    checks = Check.objects.filter(plan_id=plan.key).order_by("-checked_at")
    plan.looks.extend(
        Look(at, short_name(given, family), spoke, words)
        for at, given, family, spoke, words in checks.values_list(
            "checked_at", "checked_by__given_name", "checked_by__family_name", "spoke", "words"
        )[:LOOKS_SHOWN]
    )
    reviews = Review.objects.filter(plan_id=plan.key).order_by("-reviewed_at")
    plan.reviews.extend(
        Stood(words, short_name(given, family), at, next_on)
        for words, given, family, at, next_on in reviews.values_list(
            "words", "reviewed_by__given_name", "reviewed_by__family_name", "reviewed_at",
            "next_on",
        )
    )  # fmt: skip


_WHOLE = (
    "id", "person_id", "concern_id", "what", "who", "helps", "every_minutes", "made_by_id",
    "made_by__given_name", "made_by__family_name", "made_at", "review_on", "replaced_at",
    "handed_back_at", "handed_back_by__given_name", "handed_back_by__family_name",
    "handed_back_to", "handed_back_because",
)  # fmt: skip


def _whole(*row: Any) -> Whole:
    key, person, concern, what, who, helps, minutes, maker, given, family, made_at, *after = row
    review_on, replaced_at, back_at, back_given, back_family, to, because = after
    back_by = short_name(back_given, back_family) if back_at else ""
    return Whole(
        key, person, concern, what, who, helps, minutes, maker, short_name(given, family), made_at,
        review_on, replaced_at, back_at, back_by, to, because,
    )  # fmt: skip
