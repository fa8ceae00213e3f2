"""Reflection meetings: which there are, who is talked about in one, and who was when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet
from django.http import Http404
from django.utils import timezone

from daybook.foundation.access.queries import require_unit, units_of
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.models import Stay
from daybook.foundation.people.queries import PersonLine, people_on, people_with
from daybook.foundation.places.models import Unit
from daybook.foundation.staff.models import short_name

from ..models import Meeting, MeetingPerson
from ..models.meetings import Shift
from ..rules import board as board_words
from ..rules.meetings import (
    A_WEEK,
    Said,
    Standing,
    put_forward_in_words,
    reasons,
    still_to_talk_about,
    undiscussed,
)
from ..vocabulary import Outcome
from .board import wing_today
from .care import care_now
from .recording import Differing, latest_entries
from .said import said_in

WING = Compartment.WING


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting as lists and headings name it."""

    id: UUID
    unit_id: int
    unit_code: str
    unit: str
    shift: str
    opened_at: datetime
    led_by_id: int
    led_by: str
    went_well: str
    how_we_are: str
    theme: str
    closed_at: datetime | None
    closed_by: str

    @property
    def shift_words(self) -> str:
        return str(Shift(self.shift).label)


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place in a meeting. ``row`` is None for whoever came after it began."""

    person: PersonLine
    row: UUID | None = None
    why: tuple[str, ...] = ()
    outcome: str = Outcome.WAITING
    noted_by: str = ""
    noted_at: datetime | None = None

    @property
    def waits(self) -> bool:
        return self.outcome == Outcome.WAITING

    @property
    def begun(self) -> bool:
        """Something is written, and not finished."""
        return self.waits and self.noted_at is not None

    @property
    def discussed(self) -> bool:
        return self.outcome == Outcome.DISCUSSED

    @property
    def put_forward(self) -> bool:
        """Somebody or something asks for a conversation, or it has begun already."""
        return bool(self.why) or self.discussed or self.begun


# ---- Meetings ----

_LINE = (
    "id", "unit_id", "unit__code", "unit__name", "shift", "opened_at", "led_by_id",
    "led_by__given_name", "led_by__family_name", "went_well", "how_we_are", "theme",
    "closed_at", "closed_by__given_name", "closed_by__family_name",
)  # fmt: skip


def meeting_with(meeting_id: UUID, *, viewer: Viewer, right: Right = Right.READ) -> MeetingLine:
    """One meeting, or 404 alike for absent and for a unit out of reach."""
    for line in _lines(Meeting.objects.filter(id=meeting_id)):
        require_unit(line.unit_id, viewer=viewer, right=right)
        return line
    raise Http404


def my_units(*, viewer: Viewer) -> list[tuple[Unit, MeetingLine | None, bool]]:
    """Each unit the viewer reads, its open meeting, and whether the viewer may begin one."""
    units = units_of(viewer)
    writes = {unit.id for unit in units_of(viewer, right=Right.WRITE)}
    opened = {
        line.unit_id: line
        for line in _lines(Meeting.objects.filter(unit__in=units, closed_at__isnull=True))
    }
    return [(unit, opened.get(unit.id), unit.id in writes) for unit in units]


def open_meeting(unit_id: int, *, viewer: Viewer) -> MeetingLine | None:
    """The meeting that is open on a unit, or none."""
    require_unit(unit_id, viewer=viewer)
    rows = Meeting.objects.filter(unit_id=unit_id, closed_at__isnull=True)
    return next(iter(_lines(rows)), None)


def past_meetings(
    *, viewer: Viewer, before: datetime | None = None, limit: int = 20
) -> list[MeetingLine]:
    """Closed meetings of the viewer's units, latest first."""
    rows = Meeting.objects.filter(unit__in=units_of(viewer), closed_at__isnull=False)
    if before:
        rows = rows.filter(opened_at__lt=before)
    return _lines(rows.order_by("-opened_at")[:limit])


def last_meeting(unit_id: int, *, viewer: Viewer) -> MeetingLine | None:
    """The unit's last closed meeting."""
    require_unit(unit_id, viewer=viewer)
    rows = Meeting.objects.filter(unit_id=unit_id, closed_at__isnull=False)
    return next(iter(_lines(rows.order_by("-opened_at")[:1])), None)


def with_minutes(meetings: Iterable[UUID], *, viewer: Viewer) -> set[UUID]:
    """Those of these meetings that are closed, and whose minutes the viewer may read."""
    keys = set(meetings)
    if not keys:
        return set()
    rows = Meeting.objects.filter(
        id__in=keys, unit__in=units_of(viewer), closed_at__isnull=False
    ).values_list("id", flat=True)
    return set(rows)


def _lines(rows: QuerySet[Meeting]) -> list[MeetingLine]:
    return [
        MeetingLine(
            unit_code=row.pop("unit__code"),
            unit=row.pop("unit__name"),
            led_by=_named(row, "led_by"),
            closed_by=_named(row, "closed_by"),
            **row,
        )
        for row in rows.values(*_LINE)
    ]


def _named(row: dict[str, Any], who: str) -> str:
    """The short name of a colleague, taken out of a row; nothing where there is none."""
    given, family = row.pop(f"{who}__given_name"), row.pop(f"{who}__family_name")
    return short_name(given or "", family or "")


# ---- Who is talked about ----


def agenda(meeting: MeetingLine, *, viewer: Viewer) -> list[Place]:
    """Everyone in the meeting whom the viewer reaches, by cell; in an open one also whoever
    came to the unit since it began."""
    rows = scope(
        MeetingPerson.objects.filter(meeting_id=meeting.id), viewer=viewer, compartment=WING
    ).values(
        "id", "person_id", "said_in", "why", "outcome", "noted_at",
        "noted_by__given_name", "noted_by__family_name",
    )  # fmt: skip
    found: dict[int, Any] = {row["person_id"]: row for row in rows}
    said = said_in((key for row in found.values() for key in row["said_in"]), viewer=viewer)
    on = timezone.localdate(meeting.opened_at)
    for row in found.values():
        # Words that were taken back or struck put nobody forward any longer.
        standing = [key for key in row["said_in"] if isinstance(said.get(key), Said)]
        row["why"] = (*put_forward_in_words(standing, said, on), *row["why"].splitlines())
    people = people_with(found, viewer=viewer)
    if meeting.closed_at is None:
        here = people_on(meeting.unit_id, viewer=viewer, compartment=WING)
        people |= {line.id: line for line in here}
    viewer.saw("meeting", list(found))
    by_cell = sorted(people.values(), key=lambda line: (line.cell, line.id))
    return [_place(person, found.get(person.id)) for person in by_cell]


def _place(person: PersonLine, row: dict[str, Any] | None) -> Place:
    if row is None:
        return Place(person)
    return Place(
        person=person,
        row=row["id"],
        why=row["why"],
        outcome=row["outcome"],
        noted_by=_named(row, "noted_by"),
        noted_at=row["noted_at"],
    )


@dataclass(frozen=True, slots=True)
class Forward:
    """Why the team should talk about somebody: entries that say so, and reasons in words."""

    said_in: list[UUID]
    why: list[str]


def put_forward(
    unit: Unit, *, viewer: Viewer, now: datetime, charts: bool = True
) -> dict[int, Forward]:
    """Why each person on the unit should be talked about; those nobody has a reason for
    come with none. As many reads for sixty people as for one."""
    today = timezone.localdate(now)
    last = last_meeting(unit.id, viewer=viewer)
    since = last.opened_at if last else now - A_WEEK
    wing = wing_today(unit.code, viewer=viewer, today=today, charts=charts)
    people = [place.person.id for place in wing.places]
    # Somebody may write today about a day before the last meeting.
    written = latest_entries(people, viewer=viewer, since=timezone.localdate(since - A_WEEK))
    began = _here_since(people, viewer=viewer)
    discussed = last_discussed(people, viewer=viewer)
    settled = _last(people, (Outcome.DISCUSSED, Outcome.NOTHING_NEW), viewer=viewer)
    caring = care_now(people, viewer=viewer)
    carried = _carried(last, viewer=viewer)
    forward = {}
    for place in wing.places:
        person = place.person.id
        settled_on = _day(settled.get(person))
        charts_now = [
            chart
            for chart in place.charts
            if still_to_talk_about(chart.noticed_on, settled_on, today)
        ]
        changes = board_words.changes(charts_now, today=today)
        changes += board_words.brightening(place.charts, today=today)
        care, entry = caring.get(person), written.get(person)
        standing = Standing(
            here_since=began.get(person, today),
            changes=[line.text for line in changes],
            care=(care.word, care.set_at) if care else None,
            carried_because=carried.get(person),
            last_discussed=_day(discussed.get(person)),
            last_entry=entry.day if entry else None,
        )
        said = _said(entry.differing, since) if entry else []
        forward[person] = Forward(said, reasons(standing, today))
    return forward


def must_be_talked_about(person_id: int, *, viewer: Viewer, now: datetime) -> bool:
    """Whether "nothing new" is not enough: a week has passed without a discussion."""
    last = last_discussed([person_id], viewer=viewer).get(person_id)
    today = timezone.localdate(now)
    began = _here_since([person_id], viewer=viewer).get(person_id, today)
    return undiscussed(_day(last), began, today)


def last_discussed(
    people: Iterable[int], *, viewer: Viewer, before: datetime | None = None
) -> dict[int, datetime]:
    """When each of these people was last talked about; "nothing new" is no discussion."""
    return _last(people, (Outcome.DISCUSSED,), viewer=viewer, before=before)


def _last(
    people: Iterable[int],
    outcomes: tuple[Outcome, ...],
    *,
    viewer: Viewer,
    before: datetime | None = None,
) -> dict[int, datetime]:
    rows = scope(
        MeetingPerson.objects.filter(person_id__in=set(people), outcome__in=outcomes),
        viewer=viewer,
        compartment=WING,
    )
    if before:
        rows = rows.filter(at__lt=before)
    return dict(rows.values("person_id").annotate(last=Max("at")).values_list("person_id", "last"))


def _here_since(people: Iterable[int], *, viewer: Viewer) -> dict[int, date]:
    """The day on which each person's stay began."""
    rows = scope(
        Stay.objects.filter(person_id__in=set(people), ended_at__isnull=True),
        viewer=viewer,
        compartment=Compartment.IDENTITY,
    )
    return {
        person: timezone.localdate(at) for person, at in rows.values_list("person_id", "began_at")
    }


def _said(differing: Iterable[Differing], since: datetime) -> list[UUID]:
    """The entry in which each officer last called somebody different since then."""
    latest: dict[int, UUID] = {}
    for one in differing:
        if one.saved_at > since:
            latest.setdefault(one.author_id, one.key)
    return list(latest.values())


def _carried(last: MeetingLine | None, *, viewer: Viewer) -> dict[int, str]:
    """Those the last meeting did not get to, and why."""
    if last is None:
        return {}
    rows = scope(
        MeetingPerson.objects.filter(meeting_id=last.id, outcome=Outcome.WAITING),
        viewer=viewer,
        compartment=WING,
    )
    return dict(rows.values_list("person_id", "carried_because"))


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at else None
