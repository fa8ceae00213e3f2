"""Who opened whose record, why, and what came of it: for who did, who reviews, and oversight."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from daybook.foundation.access.models import Assignment
from daybook.foundation.access.roles import DATA_PROTECTION, HEAD_OF_UNIT, Compartment, Right
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.models import Identifier
from daybook.foundation.people.queries import PersonLine, people_with
from daybook.foundation.staff.models import short_name

from .models import Finding, Opening

GLASS = Compartment.BREAK_GLASS
LATEST = 50


@dataclass(frozen=True, slots=True)
class Use:
    """One use of break-glass. ``person`` is known where the reader reaches them now."""

    id: UUID
    who: str
    staff_id: int
    person_id: int
    person: PersonLine | None
    unit: str
    reason: str
    opened_at: datetime
    ends_at: datetime
    closed_at: datetime | None
    reviewed_by: str
    reviewed_at: datetime | None
    finding: str
    words: str

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.ends_at > timezone.now()

    @property
    def over_at(self) -> datetime:
        return self.closed_at or self.ends_at

    @property
    def found(self) -> str:
        """What was found, in words; nothing while it waits."""
        return str(Finding(self.finding).label) if self.finding else ""


def may_open(viewer: Viewer) -> bool:
    """Whether the viewer answers for a shift or a unit, and so may break glass."""
    return viewer.may(Right.WRITE, GLASS) and not viewer.everywhere


def may_review(viewer: Viewer) -> bool:
    """Whether uses come to the viewer to be reviewed."""
    leads = viewer.may(Right.READ, GLASS) and not viewer.everywhere
    return leads or viewer.holds(DATA_PROTECTION)


def may_read(viewer: Viewer) -> bool:
    return may_review(viewer) or viewer.may(Right.READ, GLASS)


def require_opener(viewer: Viewer) -> None:
    """Go on, or answer as if there were no such page."""
    if not may_open(viewer):
        raise Http404


def my_openings(*, viewer: Viewer) -> list[Use]:
    """What the viewer opened, the newest first."""
    require_opener(viewer)
    return _uses(Opening.objects.filter(staff_id=viewer.staff_id), viewer)


def uses(*, viewer: Viewer) -> list[Use]:
    """Every use that the viewer reads and did not make: those that wait come first."""
    if not may_read(viewer):
        raise Http404
    rows = Opening.objects.exclude(staff_id=viewer.staff_id)
    waiting = _uses(rows.filter(review__isnull=True), viewer, latest_first=False)
    return waiting + _uses(rows.filter(review__isnull=False), viewer)


def use(key: UUID, *, viewer: Viewer) -> Use:
    """One of them; 404 for any other."""
    found = [] if not may_read(viewer) else _uses(Opening.objects.filter(id=key), viewer)
    if not found or found[0].staff_id == viewer.staff_id:
        raise Http404
    return found[0]


def waiting_reviews(*, viewer: Viewer) -> list[tuple[UUID, datetime]]:
    """Uses that the viewer has yet to review, the longest waiting first."""
    if not may_review(viewer):
        return []
    rows = Opening.objects.exclude(staff_id=viewer.staff_id).filter(review__isnull=True)
    return list(rows.order_by("opened_at").values_list("id", "opened_at"))


def read_meanwhile(key: UUID, *, viewer: Viewer) -> list[tuple[datetime, str]]:
    """What was read about the person through it and when first, from the log; for who reviews it.

    The page that opens it and says that it is open is left out: it shows the name alone.
    """
    if viewer.everywhere:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.read_through_glass(%s)", [key])
        first: dict[str, datetime] = {}
        for at, subject in cursor.fetchall():
            page, _colon, what = subject.rpartition(": ")
            if not page.startswith("breakglass:"):
                first.setdefault(what, at)
    return [(at, what) for what, at in first.items()]


def in_reach_already(number: str, *, viewer: Viewer) -> int | None:
    """Whom the number means among those the viewer reaches without breaking anything."""
    rows = scope(
        Identifier.objects.filter(number=number.strip()),
        viewer=viewer,
        compartment=Compartment.IDENTITY,
    )
    found = set(rows.values_list("person_id", flat=True)[:2])
    return found.pop() if len(found) == 1 else None


def reviewers(unit_id: int, *, but: int) -> set[int]:
    """Who is told, and reviews: the heads of the unit and data protection, never who opened it."""
    now = timezone.now()
    held = Assignment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=now),
        Q(role=HEAD_OF_UNIT.key, unit_id=unit_id) | Q(role=DATA_PROTECTION.key),
        since__lte=now,
        staff__is_active=True,
    )
    return set(held.values_list("staff_id", flat=True)) - {but}


_COLUMNS = (
    "id", "staff__given_name", "staff__family_name", "staff_id", "person_id", "unit__name",
    "reason", "opened_at", "ends_at", "closed_at", "review__reviewed_by__given_name",
    "review__reviewed_by__family_name", "review__reviewed_at", "review__finding", "review__words",
)  # fmt: skip


def _uses(rows: QuerySet[Opening], viewer: Viewer, *, latest_first: bool = True) -> list[Use]:
    order = "-opened_at" if latest_first else "opened_at"
    found = list(rows.order_by(order, "id").values_list(*_COLUMNS)[:LATEST])
    people = people_with({row[4] for row in found}, viewer=viewer) if found else {}
    # Whose name is not shown is not noted as looked at: the use is, which is about its opener.
    viewer.saw("break-glass", list(people))
    return [
        Use(
            key, short_name(given, family), staff, person, people.get(person), unit, reason,
            opened, ends, closed, short_name(by_given or "", by_family or ""), at,
            finding or "", words or "",
        )
        for (
            key, given, family, staff, person, unit, reason, opened, ends, closed, by_given,
            by_family, at, finding, words,
        ) in found
    ]  # fmt: skip
