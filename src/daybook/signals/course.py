"""Everybody's course through the days: fit, limit, filter, and a new fit now and then."""

from collections.abc import MutableMapping
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from daybook.signals import wing
from daybook.signals.answers import VERSION, Parameters, Sizes
from daybook.signals.arrays import NEVER, SCALE_PRIOR, Model, Rows, Rules, Told
from daybook.signals.components import estimate
from daybook.signals.errors import StateUnreadable
from daybook.signals.fit import (
    KEEPS,
    MOOD,
    RATING,
    Fit,
    Likelihood,
    fit,
    read_as,
    unfitted,
)
from daybook.signals.fitted import Fitted, turned
from daybook.signals.heights import chance
from daybook.signals.limits import recoded, replay
from daybook.signals.ratings import Floats, Folded, Integers
from daybook.signals.separable import unbridged_changes
from daybook.signals.settled import Settled, digest_of, settle
from daybook.signals.steps import behind

WINDOW = 90
"""Days that a later fit looks back on."""
RECENT = 28
"""Days that the rota of the replays is drawn from."""
FEW_PEOPLE = 8
ONE_END = 0.6
ROUNDING = 1 / 12
"""Variance that writing a point down as a whole step adds."""
LEAST = 1e-200
"""The smallest variance, in squared rating points, that is taken for one."""
LEAST_SHOWN, MOST_APART = 0.2, 0.7
"""Bounds where nearly all ratings are one step, which tells little of the points behind."""
STATED_SHARE, MOST_KEPT = 0.8, 0.95
"""Share of moods in a day's variance, and the most that a night leaves of one, where an
autocorrelation is stated."""

FORMAT = 1
"""Of the keys under which fits are kept."""

Kept = MutableMapping[str, bytes]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Course:
    """What each entry showed, in the order of the folded entries, and where people stand.

    `adjusted` and `usual` in rating points; `weather` in rating points around the wing's usual;
    `evidence`: how high a change of one spread a month ago would have climbed by now; `alarm`
    -1, 0 or 1, with its `onset` and how many of 100 unchanged `people` climb as high. Of each
    person: `charted`, the day their baseline `began`, the `peak` since, and the `spread` of a
    day in rating points. Of each unit: `at_one_end`, most of its baseline.
    """

    varies: bool
    fitted: Fitted | None
    adjusted: Floats
    usual: Floats
    weather: Floats
    evidence: Floats
    alarm: Integers
    onset: Integers
    people: Floats
    charted: Flags
    began: Integers
    peak: Floats
    spread: Floats
    at_one_end: Flags
    settled: bytes | None
    """What was asked to be kept for a later run, or None where there is nothing to keep."""


def run(
    folded: Folded,
    parameters: Parameters,
    kept: Kept | None = None,
    *,
    settled: bytes | None = None,
    settle_on: int | None = None,
) -> Course:
    """From the first day to the last; see `change` for what is promised.

    `settled` is what an earlier run kept: where it still follows from the same ratings, this one
    begins after it. `settle_on`: the last day of what is kept for the next.
    """
    return _Run(folded, parameters, {} if kept is None else kept, settled, settle_on).course()


class _Run:
    def __init__(
        self,
        folded: Folded,
        parameters: Parameters,
        kept: Kept,
        settled: bytes | None,
        settle_on: int | None,
    ) -> None:
        self.kept = kept
        self.before = settled
        self.settled: bytes | None = None
        self.folded = folded
        self.parameters = parameters
        self.until = _baseline_until(folded, parameters)
        baseline = folded.entry_day[folded.entry] <= self.until
        self.turned, self.steps = turned(folded.value[baseline], parameters)
        self.rows = _with_breaks(wing.rows_of(folded), folded, parameters.baseline_days)
        self.rows = self.rows._replace(value=self.turned.there(self.rows.value))
        # Without units the filters are cut by who is linked to whom, which later days change.
        self.settle_at = 0
        if settle_on is not None and folded.has_units:
            self.settle_at = int(np.searchsorted(self.rows.day, settle_on, side="right"))
        self.sizes = estimate(folded, self.until)
        whole = self.sizes.rater + self.sizes.weather + self.sizes.day + self.sizes.rating
        # Beside its mean, and at all: of a variance any smaller parts would come to nothing.
        self.varies = whole > max(1e-9 * (self.sizes.total + self.sizes.mean**2), LEAST)
        self.mean = float(self.turned.there(np.array(self.sizes.mean)))
        self.person, self.whole = self.sizes.person, whole
        if self.steps is not None and self.varies:
            self._look_behind_steps(self.turned.there(folded.value[baseline]))

    def _look_behind_steps(self, value: Floats) -> None:
        """Ceilings squeeze people together: the same sizes for the points behind the steps."""
        assert self.steps is not None
        self.mean, total, shows = behind(value, self.steps.low, self.steps.high)
        apart = self.person / max(shows, LEAST_SHOWN) ** 2
        self.person = min(apart, MOST_APART * total)
        self.whole = total - self.person

    def course(self) -> Course:
        entries = self.rows.day.size
        told = wing.told_of(entries)
        climbed = np.full(entries, np.nan)
        state = wing.blank(self.folded)
        last: Fitted | None = None
        if self.varies:
            state, last = self._through(state, told, climbed)
        return self._course(state, wing.in_order(told, self.rows), climbed, last)

    def _through(
        self, state: wing.State, told: Told, climbed: Floats
    ) -> tuple[wing.State, Fitted | None]:
        day, likelihood = self.rows.day, np.zeros(self.rows.day.size)
        refit = self.parameters.refit_days
        done, until = 0, self.until
        if known := self._known():
            state = wing.carried(wing.State.from_bytes(known.state), self.folded)
            known.put_back(told, climbed)
            done, until = known.shown.adjusted.size, known.until
            fitted: Fitted | None = Fitted.from_bytes(known.fitted)
        else:
            fitted = self._fit(day[0], until, None) if day[-1] > until else None
        while done < day.size:
            if fitted is None:
                stop, rules, sizes = day.size, self._rules(np.inf, charting=False), self._guess()
            else:
                stop = int(np.searchsorted(day, until + refit, side="right"))
                rules = self._rules(fitted.limit.height, charting=True)
                sizes = fitted.fit.model
            model = read_as(self.steps, sizes)
            for end in self._stops(done, stop):
                wing.run(state, model, rules, self.rows, done, end, told, likelihood)
                if fitted is not None:
                    for entry in done + np.flatnonzero(told.alarm[done:end]):
                        climbed[entry] = chance(fitted.limit.peaks, float(told.height[entry]))
                    if done < end == self.settle_at:
                        self._settle(until, fitted, state, told, climbed, end)
                done = end
            if done < day.size:
                until += refit
                # A few people changing would make a short window of theirs all change.
                few = self.folded.people.size < FEW_PEOPLE
                fitted = self._fit(day[0] if few else until - WINDOW + 1, until, fitted)
        return state, fitted

    # ---- What an earlier run kept ----

    def _stops(self, done: int, stop: int) -> list[int]:
        """Where to pause on the way from `done` to `stop`: after the day that is kept."""
        return [self.settle_at, stop] if done < self.settle_at < stop else [stop]

    def _known(self) -> Settled | None:
        """What is kept, where the same ratings and parameters would lead to it again."""
        if self.before is None or not self.folded.has_units:
            return None
        try:
            known = Settled.from_bytes(self.before)
        except StateUnreadable:
            return None
        entries = known.shown.adjusted.size
        days = self.rows.day
        if entries > days.size or np.searchsorted(days, known.day, side="right") != entries:
            return None
        return known if known.digest == self._digest(entries) else None

    def _digest(self, entries: int) -> str:
        few = self.folded.people.size < FEW_PEOPLE
        said = (VERSION, self.parameters, self.until, self.turned, self.steps, self.sizes, few)
        said_too = (self.folded.has_raters, self.folded.has_units)
        return digest_of(self.folded, wing.between(self.rows, 0, entries), (said, said_too))

    def _settle(
        self,
        until: int,
        fitted: Fitted,
        state: wing.State,
        told: Told,
        climbed: Floats,
        entries: int,
    ) -> None:
        digest = self._digest(entries)
        found = settle(digest, until, fitted.to_bytes(), state, told, climbed, entries)
        self.settled = found.to_bytes()

    def _rules(self, limit: float, *, charting: bool) -> Rules:
        chosen = self.parameters
        return Rules(chosen.baseline_days, chosen.baseline_entries, limit, charting, telling=True)

    def _moments(self) -> tuple[float, float]:
        """Mean of the ratings, and how people's levels vary; few people do not tell how."""
        few = self.folded.people.size < FEW_PEOPLE
        return self.mean, max(self.person, self.whole) if few else self.person

    def _guess(self) -> Model:
        mean, person = self._moments()
        return unfitted(
            self.whole, mean, person,
            has_raters=self.folded.has_raters, has_units=self.folded.has_units,
        ).model  # fmt: skip

    def _fit(self, first: int, until: int, before: Fitted | None) -> Fitted:
        chosen, rows = self.parameters, self.rows
        start, stop = np.searchsorted(rows.day, [first, until + 1]).tolist()
        if before is not None and stop - start < self.parameters.baseline_days:
            return before
        window = recoded(wing.between(rows, start, stop))
        recent = start
        if before is not None:
            recent = int(np.searchsorted(rows.day, until - RECENT + 1))
            if stop - recent < chosen.baseline_entries:
                recent = start
        key = self._key(window, recent - start, before)
        try:
            return Fitted.from_bytes(self.kept[key])
        except (KeyError, StateUnreadable):
            found = self._fit_anew(window, recent - start, until, before)
            self.kept[key] = found.to_bytes()
            return found

    def _key(self, window: Rows, recent: int, before: Fitted | None) -> str:
        """The same key for the same ratings, parameters and past: then the same fit."""
        told = sha256(repr((FORMAT, VERSION, self.parameters, recent, self.steps)).encode())
        for column in window:
            told.update(np.ascontiguousarray(column).tobytes())
        told.update(repr((self.whole, self._moments())).encode())
        if before is not None:
            told.update(before.to_bytes())
        return told.hexdigest()

    def _fit_anew(self, window: Rows, recent: int, until: int, before: Fitted | None) -> Fitted:
        chosen = self.parameters
        likelihood = Likelihood(
            window, self.steps,
            has_raters=self.folded.has_raters, has_units=self.folded.has_units,
        )  # fmt: skip
        mean, person = self._moments()
        found = fit(
            likelihood, self.whole, mean, person, None if before is None else before.fit.theta
        )
        if chosen.autocorrelation is not None:
            found = _stated(found, chosen.autocorrelation)
        limit = replay(
            found,
            recoded(wing.between(window, recent, window.day.size)),
            self.steps,
            self._rules(np.inf, charting=True),
            chosen.promise_days,
            chosen.promise,
            chosen.replays,
        )
        return Fitted(found, limit, until, self._in_points(found))

    def _in_points(self, found: Fit) -> Sizes:
        model = found.model
        return Sizes(
            mean=float(self.turned.back(np.array(model.mean))),
            person=float(np.sqrt(found.person)),
            mood=float(np.sqrt(model.mood)),
            keeps=model.keeps,
            rating=float(np.sqrt(model.rating)),
            rater=float(np.sqrt(model.rater)),
            drift=float(np.sqrt(model.drift)),
            weather=float(np.sqrt(model.weather)),
        )

    def _course(
        self, state: wing.State, told: Told, climbed: Floats, last: Fitted | None
    ) -> Course:
        folded, chosen, people = self.folded, self.parameters, state.people
        known = np.isfinite(told.adjusted)
        adjusted = np.where(known, self.turned.back(told.adjusted), folded.entry_mean)
        span = people.last - people.began
        charted = (
            (people.entries > chosen.baseline_entries)
            & (span >= chosen.baseline_days)
            & (last is not None and np.isfinite(last.limit.height))
        )
        spread = np.sqrt((SCALE_PRIOR + people.squares) / (SCALE_PRIOR + people.counted))
        if last is not None:
            rounding = 0.0 if self.steps is None else ROUNDING
            day = last.fit.model.mood + last.fit.model.rating
            spread = np.sqrt(spread**2 * day + rounding)
        back = np.argsort(self.rows.entry)
        return Course(
            varies=self.varies,
            fitted=last,
            adjusted=adjusted,
            usual=self.turned.back(self._on_the_scale(told.usual)),
            weather=self.turned.sign * told.weather,
            evidence=told.evidence,
            alarm=(self.turned.sign * told.alarm).astype(np.int64),
            onset=told.onset,
            people=climbed[back],
            charted=charted,
            began=np.where(people.began == NEVER, folded.entry_day[0], people.began),
            peak=people.peak,
            spread=spread,
            at_one_end=self._at_one_end(),
            settled=self.settled,
        )

    def _on_the_scale(self, point: Floats) -> Floats:
        return point if self.steps is None else np.clip(point, self.steps.low, self.steps.high)

    def _at_one_end(self) -> Flags:
        """Of each unit: does most of what its baseline rated sit at one end of the scale?"""
        units = max(self.folded.units.size, 1)
        if self.steps is None or not self.folded.has_units:
            return np.zeros(units, dtype=np.bool_)
        stop = int(np.searchsorted(self.rows.day, self.until, side="right"))
        rows = wing.between(self.rows, 0, stop)
        on = np.repeat(rows.wing, np.diff(rows.first))
        count = np.maximum(np.bincount(on, minlength=units), 1)
        shares = [
            np.bincount(on, rows.value == end, minlength=units) / count
            for end in (self.steps.low, self.steps.high)
        ]
        return np.maximum(*shares) > ONE_END


def _baseline_until(folded: Folded, parameters: Parameters) -> int:
    """The last day of the first fit."""
    enough = folded.entry_day[min(parameters.baseline_days, folded.entry_day.size) - 1]
    return max(int(folded.entry_day[0]) + parameters.baseline_days - 1, int(enough))


def _with_breaks(rows: Rows, folded: Folded, settle_days: int) -> Rows:
    """Mark the days on which a person's raters changed without a link to those before."""
    fresh = rows.fresh.copy()
    for person, days in enumerate(unbridged_changes(folded, settle_days)):
        fresh[(rows.person == person) & np.isin(rows.day, days)] = 1
    return rows._replace(fresh=fresh)


def _stated(found: Fit, autocorrelation: float) -> Fit:
    """The same sizes, with a day hanging together with the next as it was stated to."""
    theta, covariance = found.theta.copy(), found.covariance.copy()
    day = np.exp(theta[MOOD]) + np.exp(theta[RATING])
    share = max(STATED_SHARE, autocorrelation / MOST_KEPT)
    keeps = max(autocorrelation / share, 1e-3)
    theta[MOOD], theta[RATING] = np.log(share * day), np.log((1 - share) * day)
    theta[KEEPS] = np.log(keeps / (1 - keeps))
    covariance[KEEPS], covariance[:, KEEPS] = 0, 0
    return Fit(theta, covariance, found.free, found.mean, found.person)
