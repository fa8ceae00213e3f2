"""When a shift begins and ends, and how its log is put in order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from daybook.foundation.registry.providers import Happened
from daybook.observe.reflections.models.meetings import Shift

BEGINS = {Shift.EARLY: time(6), Shift.LATE: time(14), Shift.NIGHT: time(22)}
ORDER = tuple(BEGINS)
MAY_BE_SIGNED = timedelta(days=7)
"""After a week a log is looked up, and no longer read at a handover."""


@dataclass(frozen=True, slots=True)
class Span:
    """One shift: the day it began, and from when until when."""

    day: date
    shift: Shift
    since: datetime
    until: datetime

    @property
    def words(self) -> str:
        return str(self.shift.label)


@dataclass(frozen=True, slots=True)
class AboutOne:
    """What happened with one person on a shift, in the order it happened.

    ``here``: lives on the unit now, so that there is a page to go to.
    """

    person_id: int
    who: str
    here: bool
    lines: tuple[Happened, ...]


@dataclass(frozen=True, slots=True)
class Log:
    """The log of a shift: of the unit, then of each person in the order given."""

    unit: tuple[Happened, ...]
    people: tuple[AboutOne, ...]

    def __bool__(self) -> bool:
        return bool(self.unit or self.people)


def shift_of(day: date, shift: Shift) -> Span:
    """The shift that began on a day. The night ends on the next one."""
    place = ORDER.index(shift)
    over_night = place + 1 == len(ORDER)
    ends = ORDER[(place + 1) % len(ORDER)]
    last = day + timedelta(days=1) if over_night else day
    return Span(day, shift, _at(day, BEGINS[shift]), _at(last, BEGINS[ends]))


def shift_now(now: datetime) -> Span:
    """The shift that the clock on the wall says it is."""
    here = timezone.localtime(now)
    shift = next(
        (each for each in reversed(ORDER) if here.time() >= BEGINS[each]),
        None,
    )
    if shift is None:
        return shift_of(here.date() - timedelta(days=1), Shift.NIGHT)
    return shift_of(here.date(), shift)


def shift_before(span: Span) -> Span:
    return shift_now(span.since - timedelta(minutes=1))


def may_be_signed(span: Span, now: datetime) -> bool:
    """A log that has begun, and is not a week old."""
    return span.since <= now < span.until + MAY_BE_SIGNED


def in_order(happened: Iterable[Happened], people: Iterable[tuple[int, str]]) -> Log:
    """The log by person as the wing stands, by cell; whoever is not among them comes last."""
    by_time = sorted(happened, key=lambda each: (each.at, each.words))
    known = dict(people)
    found: dict[int, list[Happened]] = {}
    for each in by_time:
        if each.person_id is not None:
            found.setdefault(each.person_id, []).append(each)
    order = [
        *(person for person in known if person in found),
        *(p for p in found if p not in known),
    ]
    return Log(
        unit=tuple(each for each in by_time if each.person_id is None),
        people=tuple(
            AboutOne(
                person,
                known.get(person) or found[person][0].who,
                person in known,
                tuple(found[person]),
            )
            for person in order
        ),
    )


def _at(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
