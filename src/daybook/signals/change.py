"""The composed answer: has something changed for this person, or was it rater or wing?"""

from collections.abc import Mapping, MutableMapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from daybook.signals.answers import (
    METHOD,
    VERSION,
    Alarm,
    Answer,
    Band,
    Because,
    Chance,
    Change,
    Method,
    Parameters,
    State,
    Taken,
    Weather,
)
from daybook.signals.charts import ewma
from daybook.signals.heights import chance
from daybook.signals.ratings import Folded, Integers, Ratings, fold
from daybook.signals.separable import alone_on_the_unit, rated_by_one_who_rates_nobody_else

if TYPE_CHECKING:
    from daybook.signals.course import Course

RECENT_DAYS = 14
NINETEEN_OF_TWENTY = 1.96
MONTH = 30
HARD = 0.5
"""A chart sees too little where a change of one spread would climb to half the limit in a month."""


def change(
    ratings: Ratings,
    parameters: Parameters | None = None,
    *,
    kept: MutableMapping[str, bytes] | None = None,
    settled: bytes | None = None,
    settle_on: int | None = None,
    taken: Mapping[int, Taken] | None = None,
) -> Change:
    """Answer for everybody in `ratings`, one channel at a time.

    Causal: what a day after the baseline shows depends on that day and earlier ones only, so a
    chart does not move when later ratings come in. (One exception is said out loud: whether a
    change of raters is bridged is known for good only `baseline_days` after it.) The same
    ratings in any order give the same bits. Missing days are skipped.

    `kept`: where fits with their limits are looked up and put, so that a day's new ratings cost
    one pass and no fit; with it or without, the answer has the same bits. `settle_on` asks to
    keep, in `Change.settled`, what is known after that day; given back as `settled` it spares the
    next run all days up to it. A rating before that came late, was corrected or struck makes it
    void, and all is computed from the first day on: the answer has the same bits in any case.

    `taken`: by person code, the newest change that was taken as the usual. A chart does not speak
    of it again; its usual and band are those known by now.

    docs/method/change.md has the model, what was measured, and where it falls short.
    """
    # Here and not above: it takes a second, and every page's process imports this module.
    from daybook.signals.course import run

    chosen = parameters or Parameters()
    folded = fold(ratings)
    course = run(folded, chosen, kept, settled=settled, settle_on=settle_on)
    fitted = course.fitted
    method = Method(METHOD, VERSION, chosen, None, None, None, None, None)
    if fitted is not None:
        method = replace(
            method,
            sizes=fitted.sizes,
            fitted_until=fitted.until,
            autocorrelation=fitted.autocorrelation,
            limit=fitted.limit.height if np.isfinite(fitted.limit.height) else None,
            usual_limit=fitted.usual_limit,
        )
    reading = _Reading(folded, chosen, course, method, taken or {})
    answers = {
        int(code): reading.answer(person, int(code)) for person, code in enumerate(folded.people)
    }
    return Change(MappingProxyType(answers), reading.weather(), method, course.settled)


class _Reading:
    """What the course of everybody says about each."""

    def __init__(
        self,
        folded: Folded,
        parameters: Parameters,
        course: "Course",
        method: Method,
        taken: Mapping[int, Taken],
    ) -> None:
        self.taken = taken
        self.folded = folded
        self.parameters = parameters
        self.course = course
        self.method = method
        self._rater_of_one = rated_by_one_who_rates_nobody_else(folded)
        self._alone = alone_on_the_unit(folded)
        self._raw = folded.entry_mean
        by_person = np.argsort(folded.entry_person, kind="stable")
        ends = np.cumsum(np.bincount(folded.entry_person, minlength=folded.people.size))
        self._mine = np.split(by_person, ends[:-1])

    def answer(self, person: int, code: int) -> Answer:
        mine, course = self._mine[person], self.course
        days, adjusted = self.folded.entry_day[mine], course.adjusted[mine]
        separable = course.varies and not self._rater_of_one[person] and not self._alone[person]
        charted = bool(course.charted[person])
        alarms = self._alarms(mine, days) if separable else ()
        current = self._current(alarms, int(days[-1]), self.taken.get(code))
        state, because = self._state(person, mine, charted, alarms, current)

        known = charted and separable
        usual = band = chance = None
        if known:
            usual = float(course.usual[mine][-1])
            people = self._chance(float(course.peak[person]))
            if current is not None:
                usual = self._before(mine, days, current)
                people = current.people
            reach = NINETEEN_OF_TWENTY * float(course.spread[person])
            band = Band(usual - reach, usual + reach)
            chance = Chance(people, self.parameters.promise_days)
        return Answer(
            person=code,
            state=state,
            because=because,
            alarms=alarms,
            days=days,
            raw=self._raw[mine],
            adjusted=adjusted,
            ewma=ewma(adjusted, self.parameters.ewma_weight),
            usual=usual,
            band=band,
            explained_by_unit=self._moved_with_unit(mine, days, current),
            chance=chance,
            limit=self.method.limit if known else None,
            method=self.method,
        )

    def _alarms(self, mine: Integers, days: Integers) -> tuple[Alarm, ...]:
        course = self.course
        found = []
        for index in np.flatnonzero(course.alarm[mine]).tolist():
            entry = int(mine[index])
            onset = int(course.onset[entry])
            first = int(np.searchsorted(days, onset))
            since = float(course.adjusted[mine[first : index + 1]].mean())
            before = float(course.usual[mine[max(first - 1, 0)]])
            found.append(
                Alarm(
                    index,
                    int(days[index]),
                    onset,
                    int(course.alarm[entry]),
                    since - before,
                    float(course.people[entry]),
                )
            )
        return tuple(found)

    def _before(self, mine: Integers, days: Integers, alarm: Alarm) -> float:
        first = int(np.searchsorted(days, alarm.onset))
        return float(self.course.usual[mine[max(first - 1, 0)]])

    def _current(
        self, alarms: tuple[Alarm, ...], last_day: int, taken: Taken | None
    ) -> Alarm | None:
        talk = self.parameters.talk_days
        if not alarms or (talk is not None and last_day - alarms[-1].day > talk):
            return None
        if taken is not None and taken.answers(alarms[-1]):
            return None
        return alarms[-1]

    def _state(
        self,
        person: int,
        mine: Integers,
        charted: bool,
        alarms: tuple[Alarm, ...],
        current: Alarm | None,
    ) -> tuple[State, Because | None]:
        days = self.folded.entry_day[mine]
        passed = days[-1] - days[0] >= self.parameters.baseline_days
        if not passed or days.size < self.parameters.baseline_entries:
            return State.BASELINE_FORMING, None
        if self._rater_of_one[person]:
            return State.NOT_SEPARABLE, Because.RATER_OF_ONE
        if self._alone[person]:
            return State.NOT_SEPARABLE, Because.NOBODY_BESIDE
        if not self.course.varies:
            return State.NOT_SEPARABLE, Because.NO_VARIATION
        if not charted:
            if self.course.began[person] > days[0]:
                return State.NOT_SEPARABLE, Because.RATER_CHANGED
            return State.BASELINE_FORMING, None
        if current is not None:
            return State.WORTH_TALKING, None
        if self.course.at_one_end[self.folded.entry_unit[mine[-1]]]:
            return State.HARD_TO_SEE, Because.AT_ONE_END
        if self._sees_little(person, mine, days, alarms):
            return State.HARD_TO_SEE, Because.FEW_RATINGS
        return State.NO_LASTING_CHANGE, None

    def _sees_little(
        self, person: int, mine: Integers, days: Integers, alarms: tuple[Alarm, ...]
    ) -> bool:
        """Could the last 30 days not have shown a lasting change of one usual spread?"""
        formed = int(self.course.began[person]) + self.parameters.baseline_days
        began = max(formed, alarms[-1].day) if alarms else formed
        evidence = self.course.evidence[mine[-1]]
        return bool(days[-1] - began >= MONTH and evidence < HARD * (self.method.limit or 0))

    def _chance(self, height: float) -> float:
        assert self.course.fitted is not None
        return chance(self.course.fitted.limit.peaks, height)

    def _moved_with_unit(
        self, mine: Integers, days: Integers, current: Alarm | None
    ) -> float | None:
        if not self.folded.has_units:
            return None
        wing = self.course.weather[mine]
        if current is None:
            recent = np.arange(days.size) >= days.size - RECENT_DAYS
        else:
            recent = days >= current.onset
        if recent.all() or not np.isfinite(wing).all():
            return None
        return float(wing[recent].mean() - wing[~recent].mean())

    def weather(self) -> Weather:
        folded = self.folded
        none = np.zeros(0, dtype=np.int64)
        if not folded.has_units or not self.course.varies:
            return Weather(none, none, np.zeros(0), none)
        span = int(folded.entry_day.max() - folded.entry_day.min()) + 1
        key = folded.entry_unit * span + folded.entry_day - folded.entry_day.min()
        _, first, people = np.unique(key, return_index=True, return_counts=True)
        order = np.lexsort((folded.entry_unit[first], folded.entry_day[first]))
        first, people = first[order], people[order]
        unit, day = folded.units[folded.entry_unit[first]], folded.entry_day[first]
        return Weather(unit, day, self.course.weather[first], people)
