"""When a record is due. Days are arguments; nothing here reads a clock or a table."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from daybook.foundation.registry.records import Begins, Limit

OF_AGE = 18


@dataclass(frozen=True, slots=True)
class Facts:
    """What a period depends on: when somebody left for good, whether a court has sentenced
    them, when they were born. Where no birth is known they are held to be of age."""

    left_on: date | None = None
    sentenced: bool = False
    born_on: date | None = None


def cutoff(limit: Limit, facts: Facts, today: date) -> date | None:
    """The last day whose records are due today; None while none can be.

    For what ends, as a case does, the day is the one on which it ended.
    """
    usual = limit.months if facts.sentenced else min(limit.months, limit.unconvicted)
    reached = [_reached(usual, limit, facts, today)]
    if facts.born_on:
        as_child = _reached(min(usual, limit.child), limit, facts, today)
        last_day = years_on(facts.born_on, OF_AGE) - timedelta(days=1)
        reached.append(min(as_child, last_day) if as_child else None)
    return max((day for day in reached if day), default=None)


def _reached(months: int, limit: Limit, facts: Facts, today: date) -> date | None:
    day = months_before(today, months)
    waits = limit.begins in (Begins.RELEASE, Begins.LAST)
    if waits and (facts.left_on is None or facts.left_on > day):
        return None
    return day


def due_on(limit: Limit, facts: Facts, day: date) -> date | None:
    """When a record of ``day`` is due; None while it depends on somebody who has not left."""
    usual = limit.months if facts.sentenced else min(limit.months, limit.unconvicted)
    if facts.born_on and day < years_on(facts.born_on, OF_AGE):
        usual = min(usual, limit.child)
    if limit.begins in (Begins.RELEASE, Begins.LAST):
        if facts.left_on is None:
            return None
        day = max(day, facts.left_on)
    return months_after(day, usual)


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or the last that month has."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < 1:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_after(day: date, months: int) -> date:
    """The first day on which that many months are over: a day no month has is its next's first."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day > monthrange(year, month + 1)[1]:
        year, month = divmod(year * 12 + month + 1, 12)
        return date(year, month + 1, 1)
    return date(year, month + 1, day.day)


def years_on(day: date, years: int) -> date:
    return months_after(day, years * 12)
