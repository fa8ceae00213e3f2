"""Concerns for safety: those that are open, one whole, and where somebody is now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F
from django.http import Http404

from daybook.foundation.access.roles import Compartment, Reach, Right
from daybook.foundation.access.scope import as_author, reached, scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.models import Stay
from daybook.foundation.people.queries import PersonLine, people_with
from daybook.foundation.staff.models import short_name

from ..models import Call, Concern
from ..rules.concerns import clock_in_words, concern_first, concern_in_brief, waited_in_words
from ..vocabulary import ConcernKind, Ended, Step
from .unlock import may_decide, may_write

SAFETY = Compartment.SAFETY
WHAT = "concerns for safety"


@dataclass(frozen=True, slots=True)
class Open:
    """A concern that has not ended. ``taken_up_by`` is empty while nobody has answered."""

    key: UUID
    person_id: int
    establishment_id: int
    kind: str
    raised_at: datetime
    taken_up_by: str

    @property
    def label(self) -> str:
        return str(ConcernKind(self.kind).label)

    @property
    def words(self) -> str:
        return concern_first(self.label, self.taken_up_by)

    @property
    def brief(self) -> str:
        return concern_in_brief(self.taken_up_by)


@dataclass(frozen=True, slots=True)
class Whole:
    """One concern with everything that became of it."""

    key: UUID
    person_id: int
    establishment_id: int
    kind: str
    words: str
    raised_by_id: int
    by: str
    raised_at: datetime
    noticed_at: datetime
    written_at: datetime | None
    taken_up_by_id: int | None
    taken_up_by: str
    taken_up_at: datetime | None
    ended_by: str
    ended_at: datetime | None
    ended_how: str
    ended_words: str

    @property
    def label(self) -> str:
        return str(ConcernKind(self.kind).label)

    @property
    def how(self) -> str:
        return str(Ended(self.ended_how).label) if self.ended_how else ""

    @property
    def other_clock(self) -> str:
        """What the device said the time was, where it was far from ours."""
        return clock_in_words(self.noticed_at, self.written_at or self.raised_at)

    @property
    def came_late(self) -> str:
        """That it waited without the network, and since when; mostly nothing."""
        return waited_in_words(self.written_at, self.raised_at)


def may_raise(viewer: Viewer) -> bool:
    """Whether the viewer may fear for anybody here: whoever knows people, but for inspectors."""
    return not viewer.everywhere and any(held.role.reach is not Reach.NONE for held in viewer.held)


def people_to_fear_for(*, viewer: Viewer) -> list[PersonLine]:
    """Everyone whom the viewer knows, by unit and cell."""
    if not may_raise(viewer):
        raise Http404
    lines = people_with(viewer.people(Compartment.IDENTITY), viewer=viewer).values()
    return sorted(lines, key=lambda line: (line.unit_code, line.cell, line.id))


def open_concerns(*, viewer: Viewer, people: Iterable[int] | None = None) -> list[Open]:
    """What nobody has ended yet, of these people or of everyone in reach, the longest first.

    Whoever may not read of safety learns nothing.
    """
    if not viewer.may(Right.READ, SAFETY):
        return []
    with connection.cursor() as cursor:
        cursor.execute(OPEN, within(people, viewer=viewer))
        found = [
            Open(key, person, place, kind, raised_at, short_name(given, family) if given else "")
            for key, person, place, kind, raised_at, given, family in cursor.fetchall()
        ]
    viewer.saw(WHAT, [each.person_id for each in found])
    return found


def within(people: Iterable[int] | None, *, viewer: Viewer) -> dict[str, Any]:
    """Whom a question about safety is asked of: of these people, or of all, those in reach."""
    if people is None:
        everyone = viewer.everywhere
        return {"everyone": everyone, "people": [] if everyone else sorted(viewer.people(SAFETY))}
    return {"everyone": False, "people": reached(people, viewer=viewer, compartment=SAFETY)}


# Every page of a wing asks this: plain SQL costs a third of what it costs through the ORM.
OPEN = """
    select c.id, c.person_id, c.establishment_id, c.kind, c.raised_at,
           s.given_name, s.family_name
      from safety_concern c
      left join staff_staff s on s.id = c.acknowledged_by_id
     where c.ended_at is null and c.struck_at is null
       and (%(everyone)s or c.person_id = any(%(people)s::bigint[]))
     order by c.raised_at, c.id
"""


def concern_with(concern_id: UUID, *, viewer: Viewer) -> Whole:
    """One concern, for whoever reads of safety there and for who raised it. Else 404."""
    rows = Concern.objects.filter(id=concern_id)
    found = scope(rows, viewer=viewer, compartment=SAFETY).values_list(*_WHOLE).first()
    if found is None and may_raise(viewer):
        with as_author(viewer):
            found = rows.filter(raised_by_id=viewer.staff_id).values_list(*_WHOLE).first()
    if found is None:
        raise Http404
    viewer.saw(WHAT, [found[1]])
    return _whole(*found)


def may_end(concern: Whole, *, viewer: Viewer) -> bool:
    """Whether the viewer says how it ended: who took it up, or who decides about protections."""
    if concern.taken_up_by_id == viewer.staff_id:
        return may_write(concern.person_id, viewer=viewer)
    return may_decide(concern.person_id, viewer=viewer)


def steps_of(concern_id: UUID, *, viewer: Viewer) -> set[Step]:
    """How far the call for an answer has gone, as far as the viewer may see it."""
    calls = scope(Call.objects.filter(concern_id=concern_id), viewer=viewer, compartment=SAFETY)
    return {Step(step) for step in calls.values_list("step", flat=True).distinct()}


@dataclass(frozen=True, slots=True)
class Where:
    unit_id: int
    establishment_id: int


def where_is(person_id: int, *, viewer: Viewer) -> Where | None:
    """Where somebody lives now, or lived last; None where nothing is known."""
    stays = scope(
        Stay.objects.filter(person_id=person_id), viewer=viewer, compartment=Compartment.IDENTITY
    )
    row = (
        stays.order_by(F("ended_at").desc(nulls_first=True), "-began_at")
        .values_list("unit_id", "unit__establishment_id")
        .first()
    )
    return Where(*row) if row else None


_WHOLE = (
    "id", "person_id", "establishment_id", "kind", "words", "raised_by_id",
    "raised_by__given_name", "raised_by__family_name", "raised_at", "noticed_at",
    "written_at",
    "acknowledged_by_id", "acknowledged_by__given_name", "acknowledged_by__family_name",
    "acknowledged_at", "ended_by__given_name", "ended_by__family_name", "ended_at", "ended_how",
    "ended_words",
)  # fmt: skip


def _whole(
    key: UUID, person: int, place: int, kind: str, words: str, raiser: int, given: str,
    family: str, raised_at: datetime, noticed_at: datetime, written_at: datetime | None,
    *after: Any,
) -> Whole:  # fmt: skip
    taker, taker_given, taker_family, taken_at, ender_given, ender_family, *end = after
    return Whole(
        key, person, place, kind, words, raiser, short_name(given, family), raised_at, noticed_at,
        written_at,
        taker, short_name(taker_given, taker_family) if taker else "", taken_at,
        short_name(ender_given, ender_family) if end[0] else "", *end,
    )  # fmt: skip
