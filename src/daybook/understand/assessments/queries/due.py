"""What is due of people in reach, and why: read from the record as it stands."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from daybook.foundation.access.roles import Right
from daybook.foundation.access.scope import reached
from daybook.foundation.access.viewer import Viewer
from daybook.understand.instruments.queries import Offered, definition, offered

from ..models import Closing
from ..rules.due import Change, Last, Owed, owed
from ..vocabulary import Because
from .reach import CASEWORK

FURTHEST = timedelta(days=2 * 366)
"""How far back changes are read. Each instrument is old within 366 days: what was closed before
that is due by its interval in any case."""

# What happened lies in several rooms. Each is asked for its days alone, under its own policies, so
# that whoever does not read a room is not told by a date what stands there.
CHANGES = """
    select s.person_id, 'transfer', s.began_at::date from people_stay s
     where s.person_id = any(%(people)s) and s.began_at >= %(since)s
       and exists (select from people_stay e
                    where e.person_id = s.person_id and e.ended_at <= s.began_at)
    union all
    select e.person_id, 'court', e.left_at::date from people_escort e
     where e.person_id = any(%(people)s) and e.kind = 'court' and e.left_at >= %(since)s
    union all
    select k.person_id, 'court', k.on from people_keydate k
     where k.person_id = any(%(people)s) and k.kind = 'hearing'
       and k.on between %(since)s::date and %(today)s
    union all
    select k.person_id, 'release-date', k.noted_at::date from people_keydate k
     where k.person_id = any(%(people)s) and k.kind in ('release', 'earliest-release')
       and k.noted_at >= %(since)s
    union all
    select r.person_id, case c when 'no-visit' then 'lost-visit' else 'bereavement' end, r.day
      from reflections_reflection r, unnest(r.circumstances) c
     where r.person_id = any(%(people)s) and r.day >= %(since)s::date
       and c in ('no-visit', 'bad-news') and r.withdrawn_at is null and r.struck_at is null
    union all
    select p.person_id, 'incident', e.happened_at::date
      from shifts_eventpart p join shifts_sharedevent e on e.id = p.event_id
     where p.person_id = any(%(people)s) and p.struck_at is null and e.happened_at >= %(since)s
       and e.kind in ('argument', 'fight', 'damage', 'protest', 'provocation')
    union all
    select p.person_id, 'change-in-the-record', p.noticed_on from reflections_picture p
     where p.person_id = any(%(people)s) and p.state = 'worth-talking-about'
       and p.noticed_on >= %(since)s::date
"""


def due(*, viewer: Viewer, people: Collection[int], until: date) -> list[Owed]:
    """What is due of these people up to and on a day, the earliest first.

    A screen of somebody who came lately is told to whoever may answer it, everything else to
    those who read casework.
    """
    if viewer.everywhere:
        return []
    used = offered()
    came = list(_arrived(people, viewer, used))
    anew = {(each.person_id, each.instrument.key) for each in came}
    reads = viewer.may(Right.READ, CASEWORK)
    within = reached(people, viewer=viewer, compartment=CASEWORK) if reads else []
    again = _again(within, used)
    found = came + [each for each in again if (each.person_id, each.instrument.key) not in anew]
    return sorted(
        (each for each in found if each.due_on <= until),
        key=lambda each: (each.due_on, each.person_id, each.instrument.key),
    )


def _arrived(people: Collection[int], viewer: Viewer, used: Iterable[Offered]) -> Iterator[Owed]:
    """Screens of those who came lately: owed from the day they came."""
    if not people or not viewer.may(Right.WRITE, CASEWORK):
        return
    for screen in used:
        if screen.instrument.protocol != "screen":
            continue
        with connection.cursor() as cursor:
            cursor.execute("select * from daybook.arrived_unscreened(%s)", [screen.id])
            rows = cursor.fetchall()
        for person, came_at in rows:
            if person in people:
                came_on = timezone.localdate(came_at)
                yield Owed(person, screen.instrument, came_on, Because.FIRST.value, came_on)


def _again(within: list[int], used: Iterable[Offered]) -> Iterable[Owed]:
    if not within:
        return ()
    last = list(_last(within, {each.instrument.key for each in used}))
    if not last:
        return ()
    since = max(min(each.closed_on for each in last), timezone.localdate() - FURTHEST)
    return owed(last, _changes({each.person_id for each in last}, since))


def _last(people: list[int], used: Collection[str]) -> Iterator[Last]:
    """The newest closed assessment of each person by each instrument that is offered and that
    none is under way for."""
    rows = (
        Closing.objects.filter(person_id__in=people, assessment__definition__key__in=used)
        .order_by("person_id", "assessment__definition__key", "-closed_at")
        .distinct("person_id", "assessment__definition__key")
    )
    under_way = _under_way(people)
    for person, row, closed_at, again_on in rows.values_list(
        "person_id", "assessment__definition_id", "closed_at", "again_on"
    ):
        instrument = definition(row)
        if (person, instrument.key) not in under_way:
            yield Last(person, instrument, timezone.localtime(closed_at).date(), again_on)


def _under_way(people: list[int]) -> set[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select a.person_id, d.key from assessments_assessment a"
            " join instruments_definition d on d.id = a.definition_id"
            " where a.person_id = any(%s) and a.closed_at is null and a.dropped_at is null",
            [people],
        )
        return set(cursor.fetchall())


def _changes(people: Collection[int], since: date) -> list[Change]:
    with connection.cursor() as cursor:
        cursor.execute(
            CHANGES,
            {"people": list(people), "since": since, "today": timezone.localdate()},
        )
        return [Change(*row) for row in cursor.fetchall() if row[1] in Because.values]
