"""Everyone on a unit, in one screen: a few reads, as many for sixty people as for one.

Each read takes the keys of the people at once and goes through an index by person or by
unit, so that a board costs the same however many years of reflections are stored.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext

from daybook.foundation.access.queries import require_unit
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.duties.queries import Owed, due_and_done
from daybook.foundation.people.models import ComingKind, EscortKind
from daybook.foundation.people.queries import PersonLine, people_on
from daybook.foundation.places.models import Unit, UnitDay
from daybook.foundation.places.queries import unit_with
from daybook.foundation.registry.providers import Due, First
from daybook.foundation.staff.models import short_name

from ..models import Channel
from ..rules.board import Chart, Entered
from ..rules.recording import earlier_ratings_hidden
from .channels import channels
from .offered import due_to, first_of

WING = Compartment.WING
SPAN = 42
"""Days that a small line shows: six weeks."""


@dataclass(frozen=True, slots=True)
class Ahead:
    kind: str
    at: datetime
    words: str


@dataclass(slots=True)
class Place:
    """One person on the board, with all that the board may say of them."""

    person: PersonLine
    mine: bool = False
    entries: list[Entered] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    ahead: list[Ahead] = field(default_factory=list)
    away: tuple[str, datetime] | None = None
    due: list[Owed] = field(default_factory=list)
    done: list[Owed] = field(default_factory=list)
    care: str = ""
    first: list[First] = field(default_factory=list)
    also_due: list[Due] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Weather:
    """The unit itself on one channel: steps above or below its usual, a day each."""

    first_day: date
    steps: list[float | None]


@dataclass(frozen=True, slots=True)
class LastMeeting:
    """The unit's last meeting that was closed, as far as the head of the board says it."""

    id: UUID
    theme: str
    how_we_are: str


@dataclass(frozen=True, slots=True)
class Wing:
    unit: Unit
    day: UnitDay | None
    places: list[Place]
    channels: list[Channel]
    weather: Weather | None
    last: LastMeeting | None
    writes: bool
    knows_what_is_first: bool
    """Whether the viewer reads what must be known before a door is opened."""


def wing_today(
    code: str, *, viewer: Viewer, today: date, charts: bool = True, channel: str = ""
) -> Wing:
    """The board of the unit called ``code``: everyone who lives there and is in reach.

    ``channel`` is the one to draw; without it each person's own change is drawn, or the
    first channel. 404 for a unit that is absent or out of reach.
    """
    unit = unit_with(code)
    require_unit(unit.id, viewer=viewer)
    places = {line.id: Place(line) for line in people_on(unit.id, viewer=viewer, compartment=WING)}
    asked = channels() if charts else []
    channel = channel if channel in {each.key for each in asked} else ""
    if places:
        _fill(places, viewer=viewer, today=today)
        if charts:
            for person, chart in _charts(places, first=_first_day(today), channel=channel):
                places[person].charts.append(chart)
            viewer.saw("charts", list(places))
    drawn = next((each for each in asked if each.key == channel), asked[0] if asked else None)
    day, weather, last = _of_the_unit(unit.id, today, drawn)
    return Wing(
        unit=unit,
        day=day,
        places=list(places.values()),
        channels=asked,
        weather=weather,
        last=last,
        writes=writes_on(unit, viewer=viewer),
        knows_what_is_first=viewer.may(Right.READ, Compartment.SAFETY),
    )


def writes_on(unit: Unit, *, viewer: Viewer) -> bool:
    """Whether the viewer may write what this unit's team writes."""
    return any(
        Right.WRITE in held.role.rights.get(WING, ())
        and (held.unit_id == unit.id or held.establishment_id == unit.establishment_id)
        for held in viewer.held
    )


def newest_entries(
    people: Iterable[int], *, viewer: Viewer, since: date
) -> dict[int, list[Entered]]:
    """Each person's entries from ``since`` on, newest first; else their newest one.

    ``people`` are keys the viewer reaches on the wing. Entries taken back are gone, and of
    a day with many, the newest six are told.
    """
    entries: dict[int, list[Entered]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(NEWEST_ENTRIES, [list(people), since])
        for person, day, contact, difference, way, of_what, leaning, author, *name in cursor:
            entries[person].append(
                Entered(day, contact, difference, way, of_what, leaning, author, short_name(*name))
            )
    viewer.saw("reflections", list(entries))
    return entries


# One short walk down the index for each person; "distinct on" would read their whole record.
NEWEST_ENTRIES = """
    select p.id, r.day, r.contact, r.difference, r.way, r.of_what, r.leaning, r.author_id,
           s.given_name, s.family_name
      from unnest(%s::bigint[]) as p(id)
     cross join lateral (
           select *, row_number() over (order by day desc, saved_at desc) as place
             from (select * from reflections_reflection
                    where person_id = p.id and withdrawn_at is null and struck_at is null
                    order by day desc, saved_at desc
                    limit 6) newest) r
      join staff_staff s on s.id = r.author_id
     where r.place = 1 or r.day >= %s
     order by p.id, r.place
"""


def _fill(places: dict[int, Place], *, viewer: Viewer, today: date) -> None:
    ids = list(places)
    yesterday = today - timedelta(days=1)
    for person, entries in newest_entries(ids, viewer=viewer, since=yesterday).items():
        places[person].entries = entries
    due, done = due_and_done(ids, until=today, since=_midnight(yesterday), viewer=viewer)
    for owed in due:
        places[owed.person_id].due.append(owed)
    for owed in done:
        places[owed.person_id].done.append(owed)
    for person, lines in first_of(ids, viewer=viewer).items():
        places[person].first = lines
    for person, dues in due_to(ids, viewer=viewer, until=today).items():
        places[person].also_due = dues
    with connection.cursor() as cursor:
        cursor.execute(
            AROUND,
            {
                "people": ids,
                "staff": viewer.staff_id,
                "now": timezone.now(),
                "begins": _midnight(today),
                "ends": _midnight(today + timedelta(days=2)),
            },
        )
        for person, about, kind, at, words in cursor:
            _add(places[person], about, kind, at, words)
    for place in places.values():
        if place.mine:
            place.entries = _with_own_eyes_first(place.entries, viewer.staff_id, today)
    viewer.saw("coming events and care", ids)


def _with_own_eyes_first(entries: list[Entered], me: int, today: date) -> list[Entered]:
    """A personal officer reads what colleagues judged today once their own entry stands."""
    own_saved = any(entry.author_id == me and entry.day == today for entry in entries)
    return [
        replace(entry, difference="", way="", of_what="", leaning="")
        if earlier_ratings_hidden(
            day=entry.day, today=today, own=entry.author_id == me, own_saved=own_saved
        )
        else entry
        for entry in entries
    ]


def _add(place: Place, about: str, kind: str, at: datetime, words: str) -> None:
    match about:
        case "coming":
            place.ahead.append(Ahead(str(ComingKind(kind).label), at, words))
        case "away":
            place.away = (str(EscortKind(kind).label), at)
        case "care":
            place.care = kind
        case "mine":
            place.mine = True


# Four small tables in one question: each part is a walk through an index by person.
AROUND = """
    select person_id, 'coming', kind, at, words
      from people_coming
     where person_id = any(%(people)s) and at >= %(begins)s and at < %(ends)s
       and (at >= %(now)s or at = %(begins)s) and cancelled_at is null
    union all
    select person_id, 'away', kind, left_at, ''
      from people_escort
     where person_id = any(%(people)s) and back_at is null and left_at <= %(now)s
    union all
    select person_id, 'care', word, set_at, ''
      from reflections_care
     where person_id = any(%(people)s) and ended_at is null and ends_at > %(now)s
    union all
    select person_id, 'mine', '', since, ''
      from people_personalofficer p
     where person_id = any(%(people)s) and since <= %(now)s
       and (until is null or until > %(now)s)
       and (staff_id = %(staff)s or exists (
            select from people_cover c
             where c.assignment_id = p.id and c.staff_id = %(staff)s
               and c.since <= %(now)s and c.until > %(now)s))
     order by 4
"""


# ---- Pictures ----

# Long lists stay in the database: only the weeks that are drawn travel, of the channel that
# is drawn; and mood's, in which a sudden brightening is looked for.
PICTURES = """
    select person_id, key, name, state, direction, since, size, wing_share, chance, usual,
           band_low, band_high, greatest(first_day, %(first)s), place = 1,
           case when place = 1 then raw[start:] end,
           case when place = 1 or key = 'mood' then adjusted[start:] end, noticed_on
      from (select p.*, c.key, c.name, c.position,
                   greatest(%(first)s - p.first_day, 0) + 1 as start,
                   row_number() over (
                       partition by p.person_id
                       order by c.key = %(channel)s desc,
                                (%(channel)s = '' and p.state = 'worth-talking-about') desc,
                                p.noticed_on desc nulls last, c.position) as place
              from reflections_picture p
              join reflections_channel c on c.id = p.channel_id
             where p.person_id = any(%(people)s) and c.retired_at is null) drawn
     order by person_id, position
"""


def _charts(people: Iterable[int], *, first: date, channel: str) -> Iterable[tuple[int, Chart]]:
    said = lru_cache(maxsize=None)(gettext)
    with connection.cursor() as cursor:
        cursor.execute(PICTURES, {"people": list(people), "first": first, "channel": channel})
        for (
            person, key, name, state, direction, since, size, wing_share, chance, usual,
            band_low, band_high, first_day, shown, raw, adjusted, noticed_on,
        ) in cursor.fetchall():  # fmt: skip
            yield (
                person,
                Chart(
                    channel=key,
                    name=said(name),
                    state=state,
                    direction=direction,
                    since=since,
                    size=size,
                    wing_share=wing_share,
                    chance=chance,
                    usual=usual,
                    band=None if band_low is None else (band_low, band_high),
                    first_day=first_day,
                    shown=shown,
                    raw=raw or (),
                    adjusted=adjusted or (),
                    noticed_on=noticed_on,
                ),
            )


# ---- The unit itself ----

OF_THE_UNIT = """
    select d.staff_present, d.staff_needed, d.hours_out, d.hours_locked_down, d.incident, d.event,
           d.feast, d.id,
           greatest(p.first_day, %(first)s), p.weather[greatest(%(first)s - p.first_day, 0) + 1:],
           m.id, m.theme, m.how_we_are
      from places_unit u
      left join places_unitday d on d.unit_id = u.id and d.day = %(today)s
      left join reflections_unitpicture p on p.unit_id = u.id and p.channel_id = %(channel)s
      left join lateral (
           select id, theme, how_we_are from reflections_meeting
            where unit_id = u.id and closed_at is not null
            order by opened_at desc
            limit 1) m on true
     where u.id = %(unit)s
"""


def _of_the_unit(
    unit_id: int, today: date, channel: Channel | None
) -> tuple[UnitDay | None, Weather | None, LastMeeting | None]:
    """Today on the unit, the weather that one channel shows of it, and its last meeting."""
    asked: dict[str, Any] = {
        "unit": unit_id,
        "today": today,
        "first": _first_day(today),
        "channel": channel.pk if channel else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(OF_THE_UNIT, asked)
        *day, day_id, first, steps, meeting, theme, how_we_are = cursor.fetchone()
    return (
        UnitDay(**dict(zip(_DAY, day, strict=True))) if day_id else None,
        Weather(first, steps) if steps is not None else None,
        LastMeeting(meeting, theme, how_we_are) if meeting else None,
    )


_DAY = (
    "staff_present", "staff_needed", "hours_out", "hours_locked_down", "incident", "event", "feast"
)  # fmt: skip


def _first_day(today: date) -> date:
    return today - timedelta(days=SPAN - 1)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
