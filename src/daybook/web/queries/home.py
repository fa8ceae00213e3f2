"""What a home page shows: places and people to look after, never counts by officer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.queries import units_of
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.duties.models import Action
from daybook.foundation.duties.rules import when_due
from daybook.foundation.people.ahead.queries import Away, out_now
from daybook.foundation.people.ahead.rules import when
from daybook.foundation.people.models import Coming, ComingKind
from daybook.foundation.people.queries import PersonLine, my_people, people_with
from daybook.foundation.places.models import Unit, UnitDay
from daybook.foundation.places.rules import day_in_words
from daybook.foundation.registry.providers import waiting
from daybook.foundation.staff.models import short_name
from daybook.observe.reflections.models import UnitPicture, UsualPattern
from daybook.observe.reflections.queries.board import newest_entries
from daybook.observe.reflections.queries.offered import due_to
from daybook.observe.reflections.queries.told import waiting_for_an_answer
from daybook.observe.reflections.rules.board import Entered
from daybook.observe.reflections.rules.told import how_it_waits, waits_too_long
from daybook.observe.reflections.rules.usual import DUE_SOON
from daybook.observe.shifts.queries.requests import Asked, my_promises
from daybook.ui.words import since

WING = Compartment.WING
UNWRITTEN = timedelta(days=3)
"""After so long without an entry about somebody, the establishment's leaders read the name."""
LONGEST_LIST = 60


@dataclass(frozen=True, slots=True)
class UnitToday:
    unit: Unit
    day: list[str]


@dataclass(frozen=True, slots=True)
class Known:
    """One of my people, the newest entry about them, and where they are if they are out."""

    person: PersonLine
    last: Entered | None
    away: Away | None


@dataclass(frozen=True, slots=True)
class Promised:
    asked: Asked
    person: PersonLine


@dataclass(frozen=True, slots=True)
class ComingUp:
    person: PersonLine
    kind: str
    at: date | datetime
    """The day alone where no hour is known."""
    words: str


@dataclass(frozen=True, slots=True)
class Overdue:
    """Something owed to somebody since a day, and by whom where one person owes it."""

    person: PersonLine
    what: str
    since: date
    who: str = ""


@dataclass(frozen=True, slots=True)
class DueTo:
    """Something that another room says is due to somebody, and where it is done."""

    person: PersonLine
    what: str
    when: str
    on: date
    url: str


@dataclass(frozen=True, slots=True)
class OwedAnswer:
    """An answer to somebody who objects to the record; ``mine`` where the viewer may give it."""

    person: PersonLine
    objection: UUID
    waits: str
    too_long: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class Unwritten:
    """People on one unit about whom nobody has written lately."""

    unit: str
    people: list[PersonLine]


def units_today(*, viewer: Viewer, today: date) -> list[UnitToday]:
    """The viewer's units, each with its own day in words."""
    units = units_of(viewer)
    days = {day.unit_id: day for day in UnitDay.objects.filter(unit__in=units, day=today)}
    return [
        UnitToday(unit, day_in_words(days.get(unit.id), staff_needed=unit.staff_needed))
        for unit in units
    ]


def people_i_know(*, viewer: Viewer, today: date) -> list[Known]:
    """My people, each with the newest entry about them, by unit and cell."""
    people = my_people(viewer=viewer)
    entries = newest_entries((person.id for person in people), viewer=viewer, since=today)
    out = out_now((person.id for person in people), viewer=viewer)
    return [
        Known(person, next(iter(entries.get(person.id, ())), None), out.get(person.id))
        for person in people
    ]


def promises(*, viewer: Viewer) -> list[Promised]:
    """What the viewer promised to people still in reach, and has yet to keep; soonest first."""
    if viewer.everywhere:
        return []
    mine = my_promises(viewer=viewer)
    people = people_with({each.person_id for each in mine}, viewer=viewer) if mine else {}
    return [Promised(each, people[each.person_id]) for each in mine if each.person_id in people]


def coming_on(units: Sequence[Unit], *, viewer: Viewer, today: date) -> list[ComingUp]:
    """What is ahead today and tomorrow for people who live on these units, soonest first.

    What has a day and no hour is ahead until the day is over.
    """
    midnight = _midnight(today)
    rows = scope(
        Coming.objects.filter(
            Q(at__gte=max(timezone.now(), midnight)) | Q(at=midnight),
            person__stays__unit__in=units,
            person__stays__ended_at__isnull=True,
            cancelled_at__isnull=True,
            at__lt=_midnight(today + timedelta(days=2)),
        ),
        viewer=viewer,
        compartment=WING,
    ).order_by("at")[:LONGEST_LIST]
    found = list(rows.values_list("person_id", "kind", "at", "words"))
    people = people_with((row[0] for row in found), viewer=viewer)
    return [
        ComingUp(people[person], str(ComingKind(kind).label), when(at), words)
        for person, kind, at, words in found
        if person in people
    ]


def overdue_actions(*, viewer: Viewer, today: date) -> list[Overdue]:
    """Actions that should have been done by now, the longest waiting first."""
    rows = scope(
        Action.objects.filter(done_at__isnull=True, due_on__lt=today),
        viewer=viewer,
        compartment=WING,
    ).order_by("due_on", "id")[:LONGEST_LIST]
    found = list(
        rows.values_list("person_id", "what", "due_on", "owner__given_name", "owner__family_name")
    )
    people = people_with((row[0] for row in found), viewer=viewer)
    return [
        Overdue(people[person], what, due_on, short_name(given, family))
        for person, what, due_on, given, family in found
        if person in people
    ]


def due_in_reach(*, viewer: Viewer, today: date) -> list[DueTo]:
    """What other rooms say is due to anybody the viewer reaches, the longest waiting first."""
    if viewer.everywhere:
        return []
    found = due_to(viewer.people(Compartment.IDENTITY), viewer=viewer, until=today)
    people = people_with(found, viewer=viewer) if found else {}
    dues = [
        DueTo(people[person], each.words, when_due(each.on, today), each.on, each.url)
        for person, dues in found.items()
        for each in dues
        if person in people
    ]
    return sorted(dues, key=lambda due: (due.on, due.person.cell, due.person.id))[:LONGEST_LIST]


def decisions(*, viewer: Viewer, today: date) -> list[tuple[str, str, str]]:
    """What waits for the viewer's decision by their roles: words, address, and since when."""
    found = [each for offers in waiting for each in offers(viewer=viewer)]
    found.sort(key=lambda each: (each.on, each.words))
    return [
        (each.words, each.url, _("since %(day)s") % {"day": since(each.on, today)})
        for each in found[:LONGEST_LIST]
    ]


def objections(*, viewer: Viewer, today: date) -> list[OwedAnswer]:
    """Who objects to the record and still waits for an answer, the longest waiting first."""
    waiting = waiting_for_an_answer(viewer=viewer, limit=LONGEST_LIST)
    if not waiting:
        return []
    people = people_with((each.person_id for each in waiting), viewer=viewer)
    answers = viewer.people(WING, Right.WRITE) & viewer.people(Compartment.IDENTITY, Right.WRITE)
    return [
        OwedAnswer(
            people[each.person_id],
            each.key,
            how_it_waits(each.on, today),
            waits_too_long(each.on, today),
            each.person_id in answers,
        )
        for each in waiting
        if each.person_id in people
    ]


def patterns_to_review(
    *, viewer: Viewer, today: date, of: Iterable[int] | None = None
) -> list[Overdue]:
    """Usual patterns that should have been looked at again, with the person, by now.

    ``of``: only these people's, and also those that are due within the week.
    """
    wanted = Q(review_on__lt=today)
    if of is not None:
        wanted = Q(review_on__lte=today + DUE_SOON, person_id__in=set(of))
    rows = scope(
        UsualPattern.objects.filter(wanted, replaced_at__isnull=True),
        viewer=viewer,
        compartment=WING,
    ).order_by("review_on", "person_id")[:LONGEST_LIST]
    found = list(rows.values_list("person_id", "review_on"))
    people = people_with((row[0] for row in found), viewer=viewer)
    return [
        Overdue(people[person], when_due(review_on, today), review_on)
        for person, review_on in found
        if person in people
    ]


def unwritten(units: Sequence[Unit], *, viewer: Viewer, today: date) -> list[Unwritten]:
    """People about whom nobody has written for three days, by unit: names to look after.

    Whoever came within those days is left out, and so is whoever is away under escort.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            NOBODY_WROTE,
            {
                "units": [unit.id for unit in units],
                "since": today - UNWRITTEN,
                "came": _midnight(today - UNWRITTEN),
            },
        )
        quiet = [person for (person,) in cursor]
    people = people_with(quiet, viewer=viewer)
    by_unit: dict[str, list[PersonLine]] = {unit.name: [] for unit in units}
    for line in sorted(people.values(), key=lambda line: (line.cell, line.id)):
        by_unit.setdefault(line.unit, []).append(line)
    return [Unwritten(unit, lines) for unit, lines in by_unit.items() if lines]


NOBODY_WROTE = """
    select s.person_id
      from people_stay s
     where s.unit_id = any(%(units)s) and s.ended_at is null and s.began_at < %(came)s
       and not exists (select from reflections_reflection r
                        where r.person_id = s.person_id and r.day > %(since)s
                          and r.withdrawn_at is null and r.struck_at is null)
       and not exists (select from people_escort e
                        where e.person_id = s.person_id and e.back_at is null)
"""


def charts_drawn_at(units: Sequence[Unit]) -> datetime | None:
    """When the charts of these units were last drawn; they tell of nobody."""
    drawn = UnitPicture.objects.filter(unit__in=units).aggregate(at=Max("drawn_at"))["at"]
    return drawn if isinstance(drawn, datetime) else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
