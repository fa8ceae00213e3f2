"""The charts' first method, kept to be measured beside the one that took its place.

Each day solved by itself, people and raters learnt separately, and a cumulative sum with limits
from a replayed autoregression.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from daybook.signals.answers import Alarm, Parameters
from daybook.signals.components import Components, estimate
from daybook.signals.ratings import Floats, Folded, Integers, Ratings, fold
from daybook.signals.separable import rated_by_one_who_rates_nobody_else, unbridged_changes

HABIT_MEMORY_DAYS = 365
CLIMATE_GAIN = 0.1


@dataclass(frozen=True, eq=False)
class DayErrors:
    """One day's entries as if each person had been rated last; shape (m,) for m entries.

    `adjusted`: rating points without the rater's habit and the wing's weather, both learnt from
    the past and from the *other* people of that day. `surprise`: adjusted minus the person's
    level so far; `spread`: the standard deviation that the surprise should have.
    """

    adjusted: Floats
    surprise: Floats
    spread: Floats


@dataclass(frozen=True, eq=False)
class DayWeather:
    """The wings of one day; shape (k,). `value` in rating points around the wing's usual."""

    unit: Integers
    value: Floats
    people: Integers


class Adjuster:
    """What is known of every person's level and every rater's habit, day after day.

    Model: rating = level of the person + habit of the rater + weather of the wing that day
    + the person's own day + what is left, all independent and normal. A day's habits and
    weather are solved together; between days each habit and each level keeps its own mean and
    variance, and how they hang together is dropped. That keeps a day linear in its ratings.
    Levels do not wander by themselves; habits are unknown again after a year. A day's weather
    is expected where the wing's last days were, so that a wing that moves for good does not
    slowly turn into the habit of all its raters.

    Source: best linear unbiased prediction (Henderson 1975), with the deletion formula for
    "as if rated last".
    """

    def __init__(self, folded: Folded, components: Components) -> None:
        self._folded = folded
        self._components = components
        self.level = np.full(folded.people.size, components.mean)
        # Wide on purpose: a lone person tells nothing about how people differ.
        self.level_variance = np.full(folded.people.size, components.total)
        self._habit = np.zeros(folded.raters.size)
        self._habit_variance = np.full(folded.raters.size, components.rater)
        self._climate = np.zeros(folded.units.size)
        self._habit_day = np.full(folded.raters.size, np.iinfo(np.int64).min)

    def step(self, entries: slice, rows: slice) -> tuple[DayErrors, DayWeather]:
        """Take one day's entries and their rows, and move on."""
        folded, known = self._folded, self._components
        person = folded.entry_person[entries]
        entry_rows = folded.entry_rows[entries]
        local_entry = folded.entry[rows] - entries.start
        day = int(folded.entry_day[entries.start])

        written = np.bincount(local_entry, folded.value[rows]) / entry_rows
        raters, units = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        shares = []
        if folded.has_raters:
            raters, which = np.unique(folded.rater[rows], return_inverse=True)
            share = np.zeros((person.size, raters.size))
            np.add.at(share, (local_entry, which), 1 / entry_rows[local_entry])
            shares.append(share)
            self._forget(raters, day)
        unit_of_entry = np.zeros(person.size, dtype=np.int64)
        if folded.has_units:
            units, unit_of_entry = np.unique(folded.entry_unit[entries], return_inverse=True)
            shares.append((unit_of_entry[:, None] == np.arange(units.size)).astype(np.float64))

        noise = known.rating / entry_rows + known.day + self.level_variance[person]
        expected = np.concatenate([self._habit[raters], self._climate[units]])
        prior = np.concatenate([self._habit_variance[raters], np.full(units.size, known.weather)])
        error = written - self.level[person]
        if shares:
            design = np.hstack(shares)
            precision = np.diag(1 / prior) + design.T @ (design / noise[:, None])
            covariance = np.linalg.inv(precision)
            effect = expected + covariance @ (design.T @ ((error - design @ expected) / noise))
            leverage = np.einsum("ij,ij->i", design @ covariance, design) / noise
            error = error - design @ effect
            today = effect[raters.size :]
            self._climate[units] += CLIMATE_GAIN * (today - self._climate[units])
            self._habit[raters] = effect[: raters.size]
            self._habit_variance[raters] = np.diag(covariance)[: raters.size]
        else:
            effect, leverage = expected, np.zeros(person.size)

        surprise = error / (1 - leverage)
        variance = noise / (1 - leverage)
        adjusted = self.level[person] + surprise
        gain = self.level_variance[person] / variance
        self.level[person] += gain * surprise
        self.level_variance[person] *= 1 - gain
        return (
            DayErrors(adjusted, surprise, np.sqrt(variance)),
            DayWeather(
                units,
                effect[raters.size :],
                np.bincount(unit_of_entry, minlength=units.size)[: units.size],
            ),
        )

    def restart(self, person: int, level: float, entries: float) -> None:
        """Learn the person's level afresh, as if `entries` entries had told it so far."""
        known = self._components
        self.level[person] = level
        self.level_variance[person] = 1 / (
            1 / known.total + entries / max(known.rating + known.day, known.total * 1e-6)
        )

    def forget(self, person: int) -> None:
        """Know nothing of the person's level."""
        self.restart(person, self._components.mean, 0)

    def _forget(self, raters: Integers, day: int) -> None:
        seen = self._habit_day[raters]
        gap = np.where(seen == np.iinfo(np.int64).min, 0, day - seen)
        drift = self._components.rater * gap / HABIT_MEMORY_DAYS
        self._habit_variance[raters] = np.minimum(
            self._components.rater, self._habit_variance[raters] + drift
        )
        self._habit_day[raters] = day


FEW_PEOPLE = 5
PRIOR_AUTOCORRELATION = 0.3
PRIOR_ENTRIES = 100
LEARNING_ENTRIES = 2
LAGS = 3


@dataclass(frozen=True)
class Calibration:
    """`autocorrelation` from one rated day to the next; `scale` of z, 1 where the components
    are right; `alone`: too few people to lean on for one's own scale."""

    autocorrelation: float
    scale: float
    alone: bool


def calibrate(z: Floats, person: Integers, stated: float | None) -> Calibration:
    """Pool autocorrelation and scale over the people of the baseline days.

    Because one person's month tells little, the correlation is joined with 100 entries' worth
    of 0.3. Source: Marriott and Pope 1954 and Kendall 1954 on its bias in short series.
    """
    order = np.argsort(person, kind="stable")
    z, person = z[order], person[order]
    _, start, code, count = np.unique(
        person, return_index=True, return_inverse=True, return_counts=True
    )
    # The first entries of a person show the breadth of the prior, not of a day.
    seasoned = np.arange(z.size) - start[code] >= LEARNING_ENTRIES
    z, code = z[seasoned], code[seasoned]
    people = int(np.sum(count > LEARNING_ENTRIES))
    if z.size == 0 or not np.any(z):
        return Calibration(PRIOR_AUTOCORRELATION if stated is None else stated, 1.0, True)
    scale = float(np.sqrt(np.mean(z**2)))

    alone = people < FEW_PEOPLE
    autocorrelation = stated
    if autocorrelation is None:
        pooled = _autocorrelation(z, code, z.size / people, 1 if alone else LAGS)
        autocorrelation = (z.size * pooled + PRIOR_ENTRIES * PRIOR_AUTOCORRELATION) / (
            z.size + PRIOR_ENTRIES
        )
    return Calibration(autocorrelation, scale, alone)


def _autocorrelation(z: Floats, code: Integers, length: float, lags: int) -> float:
    """The first-order autoregression whose first `lags` correlations sum to those of z.

    Three rather than one, because noise on top of a lasting mood hides most of it at lag one;
    one where few people were pooled, whose further lags are mostly chance.

    Taking out each person's own mean lowers every covariance by that mean's variance, about
    (1 + phi) / (1 - phi) / length.
    """
    around = z - (np.bincount(code, z) / np.maximum(np.bincount(code), 1))[code]
    squares = float(np.mean(around**2))
    found = []
    for lag in range(1, lags + 1):
        together = code[lag:] == code[:-lag]
        if squares == 0 or not together.any():
            return PRIOR_AUTOCORRELATION
        found.append(float(np.mean((around[lag:] * around[:-lag])[together])) / squares)
    phi = np.linspace(0, 0.9, 181)
    lost = np.minimum((1 + phi) / (1 - phi) / length, 0.5)
    expected = sum((phi**lag - lost) / (1 - lost) for lag in range(1, lags + 1))
    return float(phi[np.argmin(np.abs(expected - sum(found)))])


REPLAYS = 20_000
SEED = 20_260_101
SCALE_PRIOR = 30
"""How many entries the common scale counts for when a person's own scale is learnt."""


def peaks_by_chance(
    autocorrelation: float, baseline: int, days: int, *, alone: bool = False
) -> Floats:
    """The highest point of either cumulative sum in each replay, sorted, shape (20,000,).

    Each replay is one unchanged person: a first-order autoregression, whose level and scale are
    learnt as the charts learn them, in `baseline` entries, and who is then charted for `days`
    entries. `alone`: the scale is the person's own, with no others to lean on. The same input
    gives the same bits.

    Source: limits from a resampled baseline, after Chatterjee and Qiu 2009.
    """
    return _replay(_grid(autocorrelation), min(max(int(baseline), 5), 60), int(days), alone)


def limit(peaks: Floats, people_in_100: float) -> float:
    """The height that chance passes in `people_in_100` of 100 replays."""
    return float(np.quantile(peaks, 1 - people_in_100 / 100))


def chance(peaks: Floats, height: float) -> float:
    """Of 100 unchanged people, how many climb at least as high."""
    above = peaks.size - np.searchsorted(peaks, height, side="left")
    return float(100 * above / peaks.size)


def _grid(autocorrelation: float) -> float:
    # Rounded up: few distinct replays to keep, and the error is on the careful side.
    return float(np.clip(np.ceil(autocorrelation * 20 - 1e-9) / 20, 0.0, 0.9))


@lru_cache(maxsize=128)
def _replay(autocorrelation: float, baseline: int, days: int, alone: bool) -> Floats:
    random = np.random.default_rng([SEED, round(autocorrelation * 100), baseline, days, alone])
    shock = np.sqrt(1 - autocorrelation**2)
    own = random.standard_normal(REPLAYS)
    total, squares = own.copy(), np.zeros(REPLAYS)
    up, down, peak = (np.zeros(REPLAYS) for _ in range(3))
    scale = np.ones(REPLAYS)
    for day in range(1, baseline + days):
        own = autocorrelation * own + shock * random.standard_normal(REPLAYS)
        z = (own - total / day) / np.sqrt(1 + 1 / day)
        total += own
        if day < baseline:
            squares += z**2
            continue
        if day == baseline:
            pooled = 0 if alone else SCALE_PRIOR
            scale = np.sqrt((pooled + squares) / (pooled + baseline - 1))
        z = np.clip(z / scale, -CLIP, CLIP)
        np.maximum(0, up + z - ALLOWANCE, out=up)
        np.maximum(0, down - z - ALLOWANCE, out=down)
        np.maximum(peak, np.maximum(up, down), out=peak)
    peak.sort()
    peak.setflags(write=False)
    return peak


ALLOWANCE = 0.5
CLIP = 4.0


class TwoSidedCusum:
    """A rising and a falling cumulative sum for each of n people.

    up = max(0, up + z - k), down = max(0, down - z - k), with k = 0.5: tuned to a lasting shift
    of one standard deviation of a day. z is clipped to +-4, so that one extreme day decides
    nothing. For each side the sum of adjusted points since it last stood at zero dates the
    onset and sizes the change.

    Source: Page 1954; Schat et al. 2021, doi 10.1037/met0000447, for daily ratings.
    """

    def __init__(self, people: int) -> None:
        # Axis 0: falling, rising.
        self.height = np.zeros((2, people))
        self.entries = np.zeros((2, people), dtype=np.int64)
        self.points = np.zeros((2, people))
        self.level_before = np.zeros((2, people))
        self.onset = np.zeros((2, people), dtype=np.int64)

    def step(
        self, person: Integers, z: Floats, adjusted: Floats, level_before: Floats, entry: Integers
    ) -> None:
        """Add one day. `level_before` is each person's level on the eve, `entry` the entry's
        position, kept as the onset where a sum leaves zero."""
        z = np.clip(z, -CLIP, CLIP)
        for side, sign in enumerate((-1, 1)):
            height = self.height[side, person]
            fresh = height == 0
            height = np.maximum(0, height + sign * z - ALLOWANCE)
            counting = height > 0
            begins = fresh & counting
            self.height[side, person] = height
            self.onset[side, person[begins]] = entry[begins]
            self.level_before[side, person[begins]] = level_before[begins]
            self.entries[side, person] = np.where(
                counting, np.where(begins, 0, self.entries[side, person]) + 1, 0
            )
            self.points[side, person] = np.where(
                counting, np.where(begins, 0.0, self.points[side, person]) + adjusted, 0.0
            )

    def restart(self, person: int) -> None:
        self.height[:, person] = 0
        self.entries[:, person] = 0
        self.points[:, person] = 0


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
            Alarm(int(self._index[person]), day, onset, (-1, 1)[side], mean - before, 0.0)
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


_NEVER = np.iinfo(np.int64).max


def alarms(ratings: Ratings) -> dict[int, list[Alarm]]:
    """Each person's alarms, by person code."""
    folded, parameters = fold(ratings), Parameters()
    until = _fitted_until(folded, parameters)
    charting = _Charting(folded, parameters, estimate(folded, until), until)
    charting.run()
    return {
        int(code): [] if charting._rater_of_one[person] else charting.alarms[person]
        for person, code in enumerate(folded.people)
    }
