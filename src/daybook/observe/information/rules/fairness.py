"""How often, in one group and in everyone else, and whether chance alone would show as much.

Nothing here knows a person. Groups stand by name, never by how often.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import exp, log, sqrt

from django.utils.translation import gettext as _

from daybook.signals.estimates import NORMAL_95, share

SMALLEST_GROUP = 10
"""People. Of fewer nothing is shown: whoever knows them could tell who is meant."""
SMALLEST_COUNT = 5
"""Events. One to four are not shown either; none is."""
LONGEST_LOOK = timedelta(days=366)


class Measure(StrEnum):
    """What is counted, out of what."""

    REPORTED = "reported"
    """People about whom anything was reported, out of all who lived there."""
    ESCALATED = "escalated"
    """Reports that went further, out of all reports."""
    DISMISSED = "dismissed"
    """Reports that were not so or out of date, out of those that ended."""
    EXPLAINED = "explained"
    """Reports explained by something ordinary, out of those that ended."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of one group, or of all; None where it is not shown."""

    people: int | None = None
    reported: int | None = None
    reports: int | None = None
    escalated: int | None = None
    ended: int | None = None
    dismissed: int | None = None
    explained: int | None = None

    def of(self, measure: Measure) -> tuple[int, int] | None:
        """How many, and out of how many."""
        among = {
            Measure.REPORTED: self.people,
            Measure.ESCALATED: self.reports,
            Measure.DISMISSED: self.ended,
            Measure.EXPLAINED: self.ended,
        }[measure]
        count: int | None = getattr(self, measure.value)
        return None if count is None or not among else (count, among)


@dataclass(frozen=True, slots=True)
class Rate:
    """So many out of so many, and in a hundred with Wilson's 95 % interval."""

    count: int
    among: int
    low: float
    high: float

    @property
    def value(self) -> float:
        return 100 * self.count / self.among


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times as often as in everyone else, with its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def stands_out(self) -> bool:
        """Whether chance alone would hardly show as much, in either direction."""
        return self.low > 1 or self.high < 1


def rate(count: int, among: int) -> Rate:
    """``count`` out of ``among``, which is more than nought."""
    if not 0 <= count <= among or not among:
        raise ValueError(f"{count} out of {among} is no rate.")
    low, high = share(count, among).ci or (0.0, 1.0)
    return Rate(count, among, 100 * low, 100 * high)


def ratio(count: int, among: int, rest_count: int, rest_among: int) -> Ratio:
    """One rate divided by another, with an interval on the log scale.

    Where either count is nought, a half is added to both, and one to what they are out of.
    Source: Katz, Baptista, Azen and Pike 1978.
    """
    if not 0 <= count <= among or not 0 <= rest_count <= rest_among or not among * rest_among:
        raise ValueError("Both are counts out of something.")
    a, n, b, m = float(count), float(among), float(rest_count), float(rest_among)
    if not a or not b:
        a, n, b, m = a + 0.5, n + 1, b + 0.5, m + 1
    middle, error = log(a / n) - log(b / m), sqrt(1 / a - 1 / n + 1 / b - 1 / m)
    return Ratio(exp(middle), exp(middle - NORMAL_95 * error), exp(middle + NORMAL_95 * error))


def beside_the_rest(group: Counts, whole: Counts, measure: Measure) -> Ratio | None:
    """The group beside everyone else; None where either is not shown, or there is nobody else."""
    its, of_all = group.of(measure), whole.of(measure)
    if its is None or of_all is None:
        return None
    rest_count, rest_among = of_all[0] - its[0], of_all[1] - its[1]
    if not 0 <= rest_count <= rest_among or not rest_among:
        return None
    return ratio(*its, rest_count, rest_among)


def hidden(people: Sequence[int], counts: Sequence[int], shut: Sequence[bool]) -> list[bool]:
    """Which groups of one whole are not shown, beside those that are ``shut`` already.

    Those too small, and those with a few events; then, smallest first, as many more as it takes
    for what is hidden together to be two groups, ten people and five events: the whole less what
    is shown gives no more away than that. ``daybook.too_small`` says the same in the database.
    """
    away = [
        given or number < SMALLEST_GROUP or 0 < count < SMALLEST_COUNT
        for number, count, given in zip(people, counts, shut, strict=True)
    ]
    while True:
        them = [at for at, each in enumerate(away) if each]
        enough = (
            len(them) >= 2
            and sum(people[at] for at in them) >= SMALLEST_GROUP
            and (sum(counts[at] for at in them) >= SMALLEST_COUNT or not sum(counts))
        )
        shown = [at for at, each in enumerate(away) if not each]
        if not them or enough or not shown:
            return away
        away[min(shown, key=lambda at: (people[at], at))] = True


def by_chance(comparisons: int) -> int:
    """How many of so many comparisons stand out although nothing is behind them: one in twenty."""
    return round(comparisons / 20)


def problem_with_look(next_look_on: date, *, today: date) -> str:
    """Why the day of the next look can't be; empty where it can."""
    if next_look_on <= today:
        return _("Choose a day that is still to come.")
    if next_look_on > today + LONGEST_LOOK:
        return _("Choose a day within a year.")
    return ""
