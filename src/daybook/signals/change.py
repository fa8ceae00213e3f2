"""The composed answer: has something changed for this person, or was it rater or wing?"""

from types import MappingProxyType

import numpy as np

from daybook.signals.adjust import Adjuster
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
    Weather,
)
from daybook.signals.calibration import Calibration, calibrate
from daybook.signals.charts import TwoSidedCusum, ewma
from daybook.signals.components import Components, estimate
from daybook.signals.limits import SCALE_PRIOR, chance, limit, peaks_by_chance
from daybook.signals.ratings import Floats, Folded, Integers, Ratings, fold
from daybook.signals.separable import rated_by_one_who_rates_nobody_else, unbridged_changes

RECENT_DAYS = 14
NINETEEN_OF_TWENTY = 1.96


def change(ratings: Ratings, parameters: Parameters | None = None) -> Change:
    """Answer for everybody in `ratings`, one channel at a time.

    Causal: what a day shows depends on that day and earlier ones only, so a chart does not move
    when later ratings come in. (One exception is said out loud: whether a change of raters is
    bridged is known for good only `baseline_days` after it.) The same ratings in any order give
    the same bits. Missing days are skipped. docs/method/change.md has the model, what was
    measured, and where it falls short.
    """
    chosen = parameters or Parameters()
    folded = fold(ratings)
    until = _fitted_until(folded, chosen)
    components = estimate(folded, until)
    varies = components.day + components.rating > 1e-9 * (components.total + components.mean**2)
    charting = _Charting(folded, chosen, components, until)
    if varies:
        charting.run()
    method = Method(
        METHOD,
        VERSION,
        chosen,
        components,
        until,
        charting.calibration.autocorrelation if charting.calibration else None,
        charting.calibration.scale if charting.calibration else None,
    )
    answers = {
        int(code): charting.answer(person, int(code), method, varies)
        for person, code in enumerate(folded.people)
    }
    return Change(MappingProxyType(answers), charting.weather(), method)


def _fitted_until(folded: Folded, parameters: Parameters) -> int:
    """The last day that components, autocorrelation and scale are fitted on."""
    enough = folded.entry_day[min(parameters.baseline_days, folded.entry_day.size) - 1]
    return max(int(folded.entry_day[0]) + parameters.baseline_days - 1, int(enough))


class _Charting:
    """One pass over the days, and what it leaves behind for each person and entry."""

    def __init__(
        self, folded: Folded, parameters: Parameters, components: Components, until: int
    ) -> None:
        people, entries = folded.people.size, folded.entry_day.size
        self.folded = folded
        self.parameters = parameters
        self.until = until
        self.calibration: Calibration | None = None
        self.alarms: list[list[Alarm]] = [[] for _ in range(people)]
        self._adjuster = Adjuster(folded, components)
        self._cusum = TwoSidedCusum(people)
        self._breaks = unbridged_changes(folded, parameters.baseline_days)
        self._next_break = np.array([b[0] if b.size else _NEVER for b in self._breaks])
        self._rater_of_one = rated_by_one_who_rates_nobody_else(folded)

        self._adjusted = folded.entry_mean
        self._z = np.zeros(entries)
        self._wing = np.full(entries, np.nan)
        self._weather: list[tuple[Integers, Integers, Floats, Integers]] = []

        self._start = np.full(people, _NEVER)
        self._learnt = np.zeros(people, dtype=np.int64)
        self._squares = np.zeros(people)
        self._scale = np.zeros(people)
        self._limit = np.full(people, np.inf)
        self._baseline = np.zeros(people, dtype=np.int64)
        self._highest = np.zeros(people)
        self._index = np.zeros(people, dtype=np.int64)
        self._usual_before: dict[int, float] = {}

    def run(self) -> None:
        folded = self.folded
        days, first = np.unique(folded.entry_day, return_index=True)
        ends = np.append(first[1:], folded.entry_day.size)
        rows = np.searchsorted(folded.entry, np.append(first, folded.entry_day.size))
        for position, day in enumerate(days.tolist()):
            entries = slice(int(first[position]), int(ends[position]))
            if self.calibration is None and day > self.until:
                past = slice(0, entries.start)
                self.calibration = calibrate(
                    self._z[past], folded.entry_person[past], self.parameters.autocorrelation
                )
            self._step(day, entries, slice(int(rows[position]), int(rows[position + 1])))

    def _step(self, day: int, entries: slice, rows: slice) -> None:
        person = self.folded.entry_person[entries]
        for changed in person[self._next_break[person] <= day].tolist():
            self._begin_again(changed, day)
        self._start[person] = np.minimum(self._start[person], day)

        level_before = self._adjuster.level[person]
        errors, weather = self._adjuster.step(entries, rows)
        z = errors.surprise / errors.spread
        self._adjusted[entries] = errors.adjusted
        self._z[entries] = z
        if weather.unit.size:
            at = np.searchsorted(weather.unit, self.folded.entry_unit[entries])
            self._wing[entries] = weather.value[at]
            self._weather.append(
                (weather.unit, np.full(weather.unit.size, day), weather.value, weather.people)
            )

        self._settle(person, day)
        charted = np.isfinite(self._limit[person])
        who = person[charted]
        self._cusum.step(
            who,
            z[charted] / self._scale[who],
            errors.adjusted[charted],
            level_before[charted],
            np.arange(entries.start, entries.stop)[charted],
        )
        heights = self._cusum.height[:, who].max(axis=0)
        self._highest[who] = np.maximum(self._highest[who], heights)
        for crossed in who[heights > self._limit[who]].tolist():
            self._alarm(crossed, day)

        forming = person[~charted]
        self._learnt[forming] += 1
        self._squares[forming] += np.where(self._learnt[forming] > 1, z[~charted] ** 2, 0)
        self._index[person] += 1

    def _settle(self, person: Integers, day: int) -> None:
        """Begin to chart those whose baseline is over."""
        if self.calibration is None:
            return
        over = (day - self._start[person] >= self.parameters.baseline_days) & (
            self._learnt[person] >= self.parameters.baseline_entries
        )
        scale = self.calibration.scale
        prior = 0 if self.calibration.alone else SCALE_PRIOR
        for new in person[over & np.isinf(self._limit[person])].tolist():
            learnt = int(self._learnt[new])
            self._scale[new] = max(
                np.sqrt((prior * scale**2 + self._squares[new]) / (prior + learnt - 1)),
                # A person whose every day was the same still has days that could differ.
                scale / 3,
            )
            self._baseline[new] = learnt // 5 * 5
            self._limit[new] = limit(self._peaks(new), self.parameters.promise)

    def _peaks(self, person: int) -> Floats:
        assert self.calibration is not None
        return peaks_by_chance(
            self.calibration.autocorrelation,
            int(self._baseline[person]),
            self.parameters.promise_days,
            alone=self.calibration.alone,
        )

    def _alarm(self, person: int, day: int) -> None:
        cusum = self._cusum
        side = int(np.argmax(cusum.height[:, person]))
        since = int(cusum.entries[side, person])
        mean = float(cusum.points[side, person]) / since
        before = float(cusum.level_before[side, person])
        onset = int(self.folded.entry_day[cusum.onset[side, person]])
        self.alarms[person].append(
            Alarm(int(self._index[person]), day, onset, (-1, 1)[side], mean - before)
        )
        self._usual_before[person] = before
        # What came to light becomes the new usual, so that the way back shows as well.
        self._adjuster.restart(person, mean, since)
        cusum.restart(person)

    def _begin_again(self, person: int, day: int) -> None:
        """Raters changed without a link: level, scale and chart start from nothing."""
        breaks = self._breaks[person]
        later = breaks[breaks > day]
        self._next_break[person] = later[0] if later.size else _NEVER
        self._adjuster.forget(person)
        self._cusum.restart(person)
        self._start[person] = day
        self._learnt[person] = 0
        self._squares[person] = 0
        self._limit[person] = np.inf
        self._highest[person] = 0

    def weather(self) -> Weather:
        if not self._weather:
            none = np.zeros(0, dtype=np.int64)
            return Weather(none, none, np.zeros(0), none)
        unit, day, value, people = (np.concatenate(c) for c in zip(*self._weather, strict=True))
        return Weather(self.folded.units[unit], day, value, people)

    def answer(self, person: int, code: int, method: Method, varies: bool) -> Answer:
        mine = np.flatnonzero(self.folded.entry_person == person)
        days, adjusted = self.folded.entry_day[mine], self._adjusted[mine]
        charted = bool(np.isfinite(self._limit[person]))
        separable = varies and not self._rater_of_one[person]
        alarms = tuple(self.alarms[person]) if separable else ()
        current = self._current(alarms, int(days[-1]))
        state, because = self._state(person, days, varies, charted, current)

        known = charted and varies
        usual = band = None
        if known:
            usual = float(self._adjuster.level[person])
            if current is not None:
                usual = self._usual_before[person]
            noise = np.sqrt(method.components.day + method.components.rating)
            reach = NINETEEN_OF_TWENTY * float(noise * self._scale[person])
            band = Band(usual - reach, usual + reach)
        return Answer(
            person=code,
            state=state,
            because=because,
            alarms=alarms,
            days=days,
            raw=self.folded.entry_mean[mine],
            adjusted=adjusted,
            ewma=ewma(adjusted, self.parameters.ewma_weight),
            usual=usual,
            band=band,
            explained_by_unit=self._moved_with_unit(mine, days, current),
            chance=Chance(
                chance(self._peaks(person), float(self._highest[person])),
                self.parameters.promise_days,
            )
            if known
            else None,
            limit=float(self._limit[person]) if known else None,
            method=method,
        )

    def _current(self, alarms: tuple[Alarm, ...], last_day: int) -> Alarm | None:
        talk = self.parameters.talk_days
        if not alarms or (talk is not None and last_day - alarms[-1].day > talk):
            return None
        return alarms[-1]

    def _state(
        self, person: int, days: Integers, varies: bool, charted: bool, current: Alarm | None
    ) -> tuple[State, Because | None]:
        passed = days[-1] - days[0] >= self.parameters.baseline_days
        if not passed or days.size < self.parameters.baseline_entries:
            return State.BASELINE_FORMING, None
        if not varies and self._always_the_same(person):
            return State.NOT_SEPARABLE, Because.NO_VARIATION
        if self._rater_of_one[person]:
            return State.NOT_SEPARABLE, Because.RATER_OF_ONE
        if not varies:
            # It all went to the wing's weather, which is one with a lone person's days.
            return State.NOT_SEPARABLE, Because.NOBODY_BESIDE
        if not charted:
            if self._start[person] > days[0]:
                return State.NOT_SEPARABLE, Because.RATER_CHANGED
            return State.BASELINE_FORMING, None
        if current is not None:
            return State.WORTH_TALKING, None
        return State.NO_LASTING_CHANGE, None

    def _always_the_same(self, person: int) -> bool:
        mine = (self.folded.entry_person == person) & (self.folded.entry_day <= self.until)
        return bool(np.ptp(self.folded.entry_mean[mine]) == 0) if mine.any() else True

    def _moved_with_unit(
        self, mine: Integers, days: Integers, current: Alarm | None
    ) -> float | None:
        wing = self._wing[mine]
        if current is None:
            recent = np.arange(days.size) >= days.size - RECENT_DAYS
        else:
            recent = days >= current.onset
        if recent.all() or not np.isfinite(wing).all():
            return None
        return float(wing[recent].mean() - wing[~recent].mean())


_NEVER = np.iinfo(np.int64).max
