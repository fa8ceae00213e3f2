"""What the desk works on, what is confirmed for whoever decides, and how often it was nothing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from daybook.foundation.access.scope import as_author
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import PersonLine, people_with

from ..models import Concern, Copy, Grading, Use
from ..rules.fading import is_due
from ..rules.telling import missing_in_words, past_in_words
from ..vocabulary import Behaviour
from .concern import Held, held, missing
from .reach import INFORMATION, at_the_desk, confirmed_keys, require

SOON = timedelta(days=3)
ALL = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One concern in a list: what was done, what it lacks, and when it fades. No writer."""

    key: UUID
    person_id: int
    person: PersonLine | None
    kind: str
    behaviour: str
    opened_at: datetime
    review_on: date
    ends_on: date
    graded: bool
    missing: tuple[str, ...]
    due: bool

    @property
    def confirmed(self) -> bool:
        return not self.missing

    @property
    def missing_words(self) -> list[str]:
        return missing_in_words(self.missing)


@dataclass(frozen=True, slots=True)
class Mine:
    """A copy that the viewer was given."""

    concern: UUID
    about: str
    copy: Held
    to_read: bool
    """It goes on and is confirmed, so that it can be opened."""


@dataclass(frozen=True, slots=True)
class Used:
    """A decision of the viewer's that rests on a concern, or did."""

    key: UUID
    concern: UUID
    person_id: int
    about: str
    kind: str
    record: UUID
    why: str
    written_at: datetime
    reopened_at: datetime | None
    looked_at: datetime | None
    looked_words: str

    @property
    def to_look_at(self) -> bool:
        return self.reopened_at is not None and self.looked_at is None


def on_the_desk(*, viewer: Viewer) -> list[Line]:
    """Everything that goes on within the viewer's desk, the first to fade first; 404 for others."""
    require(at_the_desk(viewer))
    return _lines(viewer, Concern.objects.filter(ended_at__isnull=True))


def confirmed(*, viewer: Viewer, person_id: int | None = None) -> list[Line]:
    """What the viewer may read because it is confirmed; of one person, where one is named."""
    keys = confirmed_keys(viewer)
    rows = Concern.objects.filter(id__in=keys, ended_at__isnull=True)
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    return _lines(viewer, rows) if keys else []


def past() -> dict[str, str]:
    """For each kind of behaviour, how often such concerns were dismissed or explained."""
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.past_of_this_kind()")
        found = {kind: counts for kind, *counts in cursor.fetchall()}
    return {kind: past_in_words(*found.get(kind, (0, 0, 0))) for kind in Behaviour.values}


def by_kind(lines: list[Line], past: dict[str, str]) -> list[tuple[str, str, list[Line]]]:
    """Lines of one kind together, with how often such were nothing beside them."""
    kinds = sorted(lines, key=lambda line: line.behaviour)
    return [
        (behaviour, past[kind], list(found))
        for (kind, behaviour), found in groupby(kinds, key=lambda line: (line.kind, line.behaviour))
    ]


def copies_given_to_me(*, viewer: Viewer) -> list[Mine]:
    """What the desk gave the viewer, also what has ended since: that it ended is said."""
    with as_author(viewer):
        rows = list(
            Copy.objects.filter(staff_id=viewer.staff_id)
            .select_related("staff")
            .order_by("-written_at")[:100]
        )
    open_now = confirmed_keys(viewer)
    names = people_with([row.person_id for row in rows], viewer=viewer)
    viewer.saw("copies of information", [row.person_id for row in rows])
    return [
        Mine(
            row.concern_id,
            names[row.person_id].name if row.person_id in names else "",
            held(row),
            row.concern_id in open_now,
        )
        for row in rows
    ]


def my_uses(*, viewer: Viewer) -> list[Used]:
    """The viewer's decisions that rest on information: those to look at again first."""
    with as_author(viewer):
        rows = list(Use.objects.filter(written_by_id=viewer.staff_id).order_by("-written_at")[:100])
    names = people_with([row.person_id for row in rows], viewer=viewer)
    viewer.saw("decisions that rest on information", [row.person_id for row in rows])
    found = [
        Used(
            row.id,
            row.concern_id,
            row.person_id,
            names[row.person_id].name if row.person_id in names else "",
            row.kind,
            row.record,
            row.why,
            row.written_at,
            row.reopened_at,
            row.looked_at,
            row.looked_words,
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: not each.to_look_at)


def _lines(viewer: Viewer, rows: QuerySet[Concern]) -> list[Line]:
    graded = Exists(Grading.objects.filter(concern_id=OuterRef("id")))
    found = list(
        rows.annotate(graded=graded)
        .order_by("review_on", "opened_at", "id")
        .values_list("id", "person_id", "behaviour", "opened_at", "review_on", "ends_on", "graded")[
            :ALL
        ]
    )
    viewer.asks(INFORMATION)
    people = people_with({row[1] for row in found}, viewer=viewer)
    viewer.saw("information", [row[1] for row in found])
    lacks = missing([row[0] for row in found]) if found else {}
    today = timezone.localdate()
    return [
        Line(
            key,
            person,
            people.get(person),
            kind,
            str(Behaviour(kind).label),
            opened_at,
            review_on,
            ends_on,
            is_graded,
            lacks.get(key, ()),
            is_due(review_on, ends_on, today=today, within=SOON),
        )
        for key, person, kind, opened_at, review_on, ends_on, is_graded in found
    ]
