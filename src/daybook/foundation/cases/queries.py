"""Cases, for those who work on them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from daybook.foundation.access.roles import CLERK, Compartment, Right
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import PersonLine, people_with
from daybook.foundation.staff.models import Staff, short_name

from .models import Case, CaseReview, TeamMember
from .rules import READABLE_AFTER_CLOSING, Standing, standing


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case as a list names it."""

    id: UUID
    person_id: int
    person: PersonLine | None
    """None once the person has gone where the viewer does not reach."""
    lead_id: int
    lead: str
    led_by_viewer: bool
    opened_for: str
    opened_at: datetime
    review_on: date
    ends_on: date
    closed_at: datetime | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody's time on the team of a case."""

    id: UUID
    staff_id: int
    name: str
    post: str
    part: str
    since: datetime
    until: datetime | None
    leads: bool


@dataclass(frozen=True, slots=True)
class Review:
    """Why the work went on, and the days that were set."""

    on: datetime
    by: str
    reason: str
    review_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as its team reads it."""

    line: CaseLine
    legal_basis: str
    closed_by: str
    closed_because: str
    team: list[Member]
    """Who works on it now, the lead first."""
    earlier: list[Member]
    """Who did, and no longer does."""
    reviews: list[Review]
    """The newest first."""

    @property
    def may_be_changed(self) -> bool:
        """By the viewer, now: only the lead changes a case, and a closed one stays closed."""
        return self.line.led_by_viewer and self.line.closed_at is None


@dataclass(frozen=True, slots=True)
class Colleague:
    id: int
    name: str
    post: str


_LINE = (
    "id",
    "person_id",
    "lead_id",
    "lead__given_name",
    "lead__family_name",
    "opened_for",
    "opened_at",
    "review_on",
    "ends_on",
    "closed_at",
)


def my_cases(*, viewer: Viewer) -> list[CaseLine]:
    """Cases the viewer works on, or did until they were closed lately; next review first."""
    return _lines(_of_team(viewer).order_by("review_on", "id"), viewer)


def case_file(key: UUID, *, viewer: Viewer) -> CaseFile:
    """One case, or 404 alike for an absent one and one the viewer does not work on."""
    rows = _visible(viewer).filter(pk=key)
    found = _lines(rows, viewer)
    if not found:
        raise Http404
    [line] = found
    basis, because, given, family = rows.values_list(
        "legal_basis", "closed_because", "closed_by__given_name", "closed_by__family_name"
    ).get()
    members = _members(line)
    return CaseFile(
        line=line,
        legal_basis=basis,
        closed_by=short_name(given, family) if family else "",
        closed_because=because,
        team=sorted((m for m in members if m.until is None), key=lambda m: not m.leads),
        earlier=[member for member in members if member.until is not None],
        reviews=_reviews(key),
    )


def colleagues(words: str, *, besides: CaseFile, limit: int = 12) -> list[Colleague]:
    """Staff whose name, number or post fits each of the words and who are not on the team yet."""
    wanted = words.replace("\0", " ").split()
    if not wanted:
        return []
    rows = Staff.objects.filter(is_active=True).exclude(
        Q(id__in=[member.staff_id for member in besides.team]) | Q(assignments__role=CLERK.key)
    )
    for word in wanted:
        rows = rows.filter(
            Q(given_name__istartswith=word)
            | Q(family_name__istartswith=word)
            | Q(username__iexact=word)
            | Q(post__icontains=word)
        )
    return [
        Colleague(staff, short_name(given, family), post)
        for staff, given, family, post in rows.order_by("family_name", "given_name", "id")[
            :limit
        ].values_list("id", "given_name", "family_name", "post")
    ]


def _visible(viewer: Viewer) -> QuerySet[Case]:
    if viewer.everywhere:
        readable = viewer.may(Right.READ, Compartment.CASES)
        return Case.objects.all() if readable else Case.objects.none()
    return _of_team(viewer)


def _of_team(viewer: Viewer) -> QuerySet[Case]:
    with connection.cursor() as cursor:
        cursor.execute("select daybook.cases()")
        ids = cursor.fetchone()[0]
    closed_lately = Q(closed_at__gte=timezone.now() - READABLE_AFTER_CLOSING)
    return Case.objects.filter(Q(closed_at__isnull=True) | closed_lately, pk__in=ids)


def _lines(rows: QuerySet[Case], viewer: Viewer) -> list[CaseLine]:
    today = timezone.localdate()
    found = list(rows.values_list(*_LINE))
    people = people_with({row[1] for row in found}, viewer=viewer)
    viewer.saw("cases", {row[1] for row in found})
    return [
        CaseLine(
            id=key,
            person_id=person,
            person=people.get(person),
            lead_id=lead,
            lead=short_name(given, family),
            led_by_viewer=lead == viewer.staff_id,
            opened_for=opened_for,
            opened_at=opened_at,
            review_on=review_on,
            ends_on=ends_on,
            closed_at=closed_at,
            standing=standing(
                review_on=review_on, ends_on=ends_on, closed=closed_at is not None, today=today
            ),
        )
        for key, person, lead, given, family, opened_for, opened_at, review_on, ends_on, closed_at
        in found
    ]  # fmt: skip


def _reviews(key: UUID) -> list[Review]:
    rows = CaseReview.objects.filter(case_id=key).order_by("-reviewed_at", "-id")
    return [
        Review(on, short_name(given, family), reason, review_on, ends_on)
        for on, given, family, reason, review_on, ends_on in rows.values_list(
            "reviewed_at", "reviewed_by__given_name", "reviewed_by__family_name", "reason",
            "review_on", "ends_on",
        )
    ]  # fmt: skip


def _members(line: CaseLine) -> list[Member]:
    rows = (
        TeamMember.objects.filter(case_id=line.id)
        .order_by("since", "id")
        .values_list(
            "id",
            "staff_id",
            "staff__given_name",
            "staff__family_name",
            "staff__post",
            "part",
            "since",
            "until",
        )
    )
    return [
        Member(
            key, staff, short_name(given, family), post, part, since, until, staff == line.lead_id
        )
        for key, staff, given, family, post, part, since, until in rows
    ]
