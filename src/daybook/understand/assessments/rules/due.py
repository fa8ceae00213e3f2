"""When an assessment is due again: at its interval, and at times of change."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from daybook.understand.instruments.definition import Instrument

from ..vocabulary import Because

AFTER_A_CHANGE = timedelta(days=14)
"""By when somebody looks again once something has changed."""


@dataclass(frozen=True, slots=True)
class Change:
    """A time of change in somebody's days. It says that something happened, nothing about them."""

    person_id: int
    because: str
    on: date


@dataclass(frozen=True, slots=True)
class Last:
    """The last assessment of somebody by one instrument."""

    person_id: int
    instrument: Instrument
    closed_on: date
    again_on: date


@dataclass(frozen=True, slots=True)
class Owed:
    """An assessment that is due: by when, and why. The earliest reason stands first."""

    person_id: int
    instrument: Instrument
    due_on: date
    because: str
    since: date


def owed(last: Iterable[Last], changes: Iterable[Change]) -> Iterator[Owed]:
    """What is due of each person and instrument: at the latest at its interval, sooner where
    something has changed after it was closed that the instrument asks about again."""
    by_person: dict[int, list[Change]] = {}
    for change in changes:
        by_person.setdefault(change.person_id, []).append(change)
    for each in last:
        due, because, since = each.again_on, str(Because.INTERVAL), each.again_on
        for change in by_person.get(each.person_id, ()):
            if change.because in each.instrument.again_at and change.on > each.closed_on:
                after = change.on + AFTER_A_CHANGE
                if after < due:
                    due, because, since = after, change.because, change.on
        yield Owed(each.person_id, each.instrument, due, because, since)
