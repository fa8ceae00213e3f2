"""What is due, what waits for a second person, what was kept or erased: keys and counts only."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.http import Http404

from daybook.foundation.access.roles import DATA_PROTECTION, GOVERNOR
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.registry.records import Begins, records
from daybook.foundation.staff.models import Staff, short_name

from ..models import Erasure
from ..rules import Facts, cutoff
from .limits import in_force

LONGEST_LIST = 100


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list: so many records of a kind about one person, and why they are due."""

    key: UUID
    kind: str
    name: str
    person_key: int
    count: int
    begins: Begins
    months: int
    early: bool
    listed_at: datetime
    proposed_by: str
    by_me: bool
    proposed_at: datetime | None
    reason: str
    held: bool
    settled_at: datetime | None = None
    settled_by: str = ""
    look_again_on: date | None = None
    rows: int | None = None


def keeps_limits(viewer: Viewer) -> bool:
    """Whether the viewer answers for the list: data protection, and the governor, who proposes."""
    return viewer.holds(DATA_PROTECTION, GOVERNOR)


def facts(people: Collection[int] | None = None) -> dict[int, Facts]:
    """What the periods depend on, of everybody unless said."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from daybook.limit_facts(%s::bigint[])",
            [list(people) if people is not None else None],
        )
        return {person: Facts(*rest) for person, *rest in cursor.fetchall()}


def due(kind: str, known: dict[int, Facts], today: date) -> dict[int, list[str]]:
    """By person, the keys of the records of ``kind`` that are due."""
    limit = in_force()[kind].limit
    days = {person: cutoff(limit, each, today) for person, each in known.items()}
    asked = {person: day for person, day in days.items() if day}
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from daybook.due(%s, %s::bigint[], %s::date[])",
            [kind, list(asked), list(asked.values())],
        )
        return dict(cursor.fetchall())


def kept_for_now(today: date) -> set[tuple[str, int]]:
    """What was due and somebody decided to keep, until a day that has not come.

    A single record asked for early says nothing about the others, which come due as ever.
    """
    rows = Erasure.objects.filter(early=False, kept_at__isnull=False, look_again_on__gt=today)
    return set(rows.values_list("kind", "person_key"))


def waiting(*, viewer: Viewer, limit: int = LONGEST_LIST) -> list[Listed]:
    """What is due and nobody has settled: what waits for a second person first. 404 for others."""
    if not keeps_limits(viewer):
        raise Http404
    rows = Erasure.objects.filter(
        erased_at__isnull=True, kept_at__isnull=True, lapsed_at__isnull=True
    )
    return _listed(rows.order_by("proposed_at", "listed_at", "id")[:limit], viewer)


def settled(*, viewer: Viewer, limit: int = LONGEST_LIST) -> list[Listed]:
    """What was erased or kept, the latest first."""
    if not keeps_limits(viewer):
        raise Http404
    erased = Erasure.objects.filter(erased_at__isnull=False).order_by("-erased_at", "id")
    kept = Erasure.objects.filter(kept_at__isnull=False).order_by("-kept_at", "id")
    found = _listed([*erased[:limit], *kept[:limit]], viewer)
    return sorted(found, key=lambda each: each.settled_at or each.listed_at, reverse=True)[:limit]


def one(key: UUID, *, viewer: Viewer) -> Listed:
    if not keeps_limits(viewer):
        raise Http404
    found = _listed(Erasure.objects.filter(id=key), viewer)
    if not found:
        raise Http404
    return found[0]


def _listed(rows: Iterable[Erasure], viewer: Viewer) -> list[Listed]:
    found = list(rows)
    limits = in_force()
    held = _held({row.person_key for row in found})
    names = _names({
        staff
        for row in found
        for staff in (row.proposed_by_id, row.approved_by_id, row.kept_by_id)
        if staff
    })  # fmt: skip
    return [
        Listed(
            key=row.id,
            kind=row.kind,
            name=str(records.known[row.kind].name) if row.kind in records.known else row.kind,
            person_key=row.person_key,
            count=len(row.keys),
            begins=limits[row.kind].limit.begins,
            months=limits[row.kind].limit.months,
            early=row.early,
            listed_at=row.listed_at,
            proposed_by=names.get(row.proposed_by_id or 0, ""),
            by_me=row.proposed_by_id == viewer.staff_id,
            proposed_at=row.proposed_at,
            reason=row.reason,
            held=row.person_key in held,
            settled_at=row.erased_at or row.kept_at,
            settled_by=names.get(row.approved_by_id or row.kept_by_id or 0, ""),
            look_again_on=row.look_again_on,
            rows=row.rows,
        )
        for row in found
    ]


def _held(people: set[int]) -> set[int]:
    """Of these people, those on hold: that there is one, for whoever answers for the list."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select p from unnest(%s::bigint[]) p where daybook.is_held(p)", [list(people)]
        )
        return {person for (person,) in cursor.fetchall()}


def _names(staff: set[int]) -> dict[int, str]:
    rows = Staff.objects.filter(id__in=staff).values_list("id", "given_name", "family_name")
    return {key: short_name(*name) for key, *name in rows}
