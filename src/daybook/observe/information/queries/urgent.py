"""What the desk shows a duty manager at once, what they decided on it, and the review of that."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from daybook.foundation.access.roles import (
    ANALYST,
    DUTY_MANAGER,
    GOVERNOR,
    HEAD_OF_UNIT,
    OVERSIGHT,
    Compartment,
)
from daybook.foundation.access.scope import as_author, reached, scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import PersonLine, people_with
from daybook.foundation.staff.models import short_name
from daybook.observe.safety.queries.concerns import where_is
from daybook.observe.safety.queries.on_duty import on_duty
from daybook.observe.safety.vocabulary import Duty

from ..models import Concern, Protection, Urging
from ..rules.urgent import READ_FOR, Review, holds, review_stands, state_in_words
from ..vocabulary import Behaviour
from .concern import Account, missing, reports
from .outside import require_desk

INFORMATION = Compartment.INFORMATION
UNCONFIRMED = "information, unconfirmed"
STEPS = "urgent steps"


@dataclass(frozen=True, slots=True)
class Manager:
    """A duty manager to whom it can be shown. ``until``: of the turn they have now, if one."""

    id: int
    name: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Shown:
    """That it was shown to somebody, and why."""

    key: UUID
    to: str
    why: str
    by_id: int
    by: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class ToUrge:
    """A concern as the desk sees it when it shows it."""

    key: UUID
    person: PersonLine
    behaviour: str
    opened_at: datetime
    managers: tuple[Manager, ...]
    shown: tuple[Shown, ...]
    step: "Step | None"


@dataclass(frozen=True, slots=True)
class Step:
    """An urgent step: who decided what, until when, and what its review found."""

    key: UUID
    concern: UUID
    person: PersonLine
    danger: str
    why_now: str
    step: str
    instead_of: str
    until: datetime
    review_on: date
    by_id: int
    by: str
    written_at: datetime
    review: Review
    reviewed_at: datetime | None
    reviewed_by: str
    reviewed_words: str
    reviews: bool
    """The viewer is one of those who review it; from which day, ``review`` says."""

    @property
    def holds(self) -> bool:
        return holds(self.until, now=timezone.now())

    @property
    def stands(self) -> str:
        return state_in_words(self.until, self.review, now=timezone.now())

    @property
    def to_review(self) -> bool:
        return self.reviews and self.review in (Review.DUE, Review.OVERDUE)


@dataclass(frozen=True, slots=True)
class Urged:
    """What the desk shows a duty manager: unconfirmed, for a day."""

    key: UUID
    person: PersonLine
    report: Account
    missing: tuple[str, ...]
    shown: Shown
    until: datetime
    """So long they may read it."""
    step: Step | None


# ---- The desk shows it ----


def to_urge(key: UUID, *, viewer: Viewer, also_ended: bool = False) -> ToUrge:
    """A concern that goes on, for the desk; 404 for anybody else, and for what has ended unless
    something was typed about it."""
    row = concern_at_the_desk(key, viewer=viewer)
    if row.ended_at is not None and not also_ended:
        raise Http404
    viewer.saw("information", [row.person_id])
    person = people_with([row.person_id], viewer=viewer).get(row.person_id)
    if person is None:
        raise Http404
    return ToUrge(
        key=key,
        person=person,
        behaviour=str(Behaviour(row.behaviour).label),
        opened_at=row.opened_at,
        managers=tuple(managers_of(row.person_id, viewer=viewer)),
        shown=tuple(_shown(Urging.objects.filter(concern_id=key))),
        step=step_on(key, viewer=viewer),
    )


def concern_at_the_desk(key: UUID, *, viewer: Viewer) -> Concern:
    """The concern, also one that ended lately, where the viewer works on it; else 404."""
    row = Concern.objects.filter(pk=key).first()
    if row is None:
        raise Http404
    require_desk(viewer, row.person_id)
    return row


def managers_of(person_id: int, *, viewer: Viewer) -> list[Manager]:
    """Duty managers of where the person is, those on duty first. Never who shows it."""
    where = where_is(person_id, viewer=viewer)
    now = timezone.now()
    duty = on_duty(where.establishment_id, now=now) if where else []
    turns = {each.staff_id: each.until for each in duty if each.duty is Duty.MANAGER}
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.duty_managers_of(%s)", [person_id])
        found = [
            Manager(key, short_name(given, family), turns.get(key))
            for key, given, family, _post in cursor.fetchall()
            if key != viewer.staff_id
        ]
    return sorted(found, key=lambda each: each.until is None)


def _shown(rows: QuerySet[Urging]) -> list[Shown]:
    return [
        Shown(
            row.id,
            row.staff.short_name,
            row.why,
            row.written_by_id,
            row.written_by.short_name,
            row.written_at,
        )
        for row in rows.select_related("staff", "written_by").order_by("-written_at", "id")
    ]


# ---- The duty manager reads it ----


def urged(key: UUID, *, viewer: Viewer) -> Urged:
    """What the desk showed the viewer within the last day, while it goes on. Else 404."""
    if not reads_urged(key, viewer=viewer):
        raise Http404
    mine = _shown(Urging.objects.filter(concern_id=key, staff_id=viewer.staff_id))
    person_id = Concern.objects.values_list("person_id", flat=True).get(pk=key)
    person = people_with([person_id], viewer=viewer).get(person_id)
    if person is None or not mine:
        raise Http404
    viewer.asks(INFORMATION)
    viewer.saw(UNCONFIRMED, [person_id])
    return Urged(
        key=key,
        person=person,
        report=reports([key])[key],
        missing=missing([key]).get(key, ()),
        shown=mine[0],
        until=mine[0].written_at + READ_FOR,
        step=step_on(key, viewer=viewer),
    )


def was_urged(key: UUID, *, viewer: Viewer) -> bool:
    """Whether it was ever shown to the viewer about somebody they still reach, also if they may
    read it no more."""
    if not viewer.holds(DUTY_MANAGER):
        return False
    with as_author(viewer):
        about = Urging.objects.filter(concern_id=key, staff_id=viewer.staff_id)
        people = set(about.values_list("person_id", flat=True))
    return bool(reached(people, viewer=viewer, compartment=INFORMATION))


def reads_urged(key: UUID, *, viewer: Viewer) -> bool:
    """Whether the viewer may read it now: it was shown to them within a day, and it goes on."""
    if not viewer.holds(DUTY_MANAGER):
        return False
    with connection.cursor() as cursor:
        cursor.execute("select %s = any(daybook.urged_on_viewer())", [key])
        return bool(cursor.fetchone()[0])


# ---- What was decided ----


def leads(viewer: Viewer) -> bool:
    """Whoever reviews urgent steps, and sees them beside the person."""
    return viewer.holds(GOVERNOR, HEAD_OF_UNIT, DUTY_MANAGER)


def require_leading(key: UUID, *, viewer: Viewer) -> None:
    """Go on for whoever leads where the step was taken; else as if there were none."""
    if not leads(viewer):
        raise Http404
    protection(key, viewer=viewer)


def _steps(viewer: Viewer) -> QuerySet[Protection]:
    """Those in reach, for who leads, who inspects and the desk; nobody else's page tells."""
    if not (leads(viewer) or viewer.holds(OVERSIGHT, ANALYST)):
        raise Http404
    return scope(
        Protection.objects.select_related("written_by", "reviewed_by"),
        viewer=viewer,
        compartment=INFORMATION,
    )


def protection(key: UUID, *, viewer: Viewer) -> Step:
    """One urgent step, or 404."""
    found = steps(_steps(viewer).filter(id=key), viewer=viewer)
    if not found:
        raise Http404
    return found[0]


def step_on(concern: UUID, *, viewer: Viewer) -> Step | None:
    """The urgent step that was taken on a concern, if one was."""
    found = steps(_steps(viewer).filter(concern_id=concern), viewer=viewer)
    return found[0] if found else None


def unreviewed(person_id: int, *, viewer: Viewer) -> list[Step]:
    """Steps that hold or wait for their review, the oldest first; to who leads, else nothing."""
    if not leads(viewer):
        return []
    rows = _steps(viewer).filter(reviewed_at__isnull=True, person_id=person_id)
    return steps(rows.order_by("review_on", "written_at"), viewer=viewer)


def steps(rows: QuerySet[Protection], *, viewer: Viewer) -> list[Step]:
    found, now = list(rows), timezone.now()
    viewer.saw(STEPS, [row.person_id for row in found])
    people = people_with({row.person_id for row in found}, viewer=viewer) if found else {}
    return [
        Step(
            key=row.id,
            concern=row.concern_id,
            person=people[row.person_id],
            danger=row.danger,
            why_now=row.why_now,
            step=row.step,
            instead_of=row.instead_of,
            until=row.until,
            review_on=row.review_on,
            by_id=row.written_by_id,
            by=row.written_by.short_name,
            written_at=row.written_at,
            review=review_stands(row.review_on, reviewed=row.reviewed_at is not None, now=now),
            reviewed_at=row.reviewed_at,
            reviewed_by=row.reviewed_by.short_name if row.reviewed_by else "",
            reviewed_words=row.reviewed_words,
            reviews=leads(viewer) and row.written_by_id != viewer.staff_id,
        )
        for row in found
        if row.person_id in people
    ]
