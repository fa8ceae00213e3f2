"""How large person, rater and weather are: maximum likelihood of what the filter didn't expect."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from daybook.signals import wing
from daybook.signals.arrays import Model, Rows, Rules
from daybook.signals.ratings import Floats

MOOD, KEEPS, RATING, RATER, DRIFT, WEATHER = range(6)
ROUNDS, LATER_ROUNDS = 6, 3
STEP = 0.02
ENOUGH = 0.1
"""The fit ends with a step of less than so many standard errors."""
LONGEST_STEP = 1.5
CLIMATE_SHARE = 0.012
NO_CHART = Rules(1, 1, np.inf, charting=False, telling=False)

# Centres and breadths of what is believed before a rating is seen; sizes as shares of the whole
# variance around people's levels. In ratings of real justice cases the rater had 15-26 %.
SHARES = np.array([0.4, 0.0, 0.4, 0.2, 0.0005, 0.12])
BREADTHS = np.array([0.8, 0.7, 0.8, 0.8, 1.5, 0.8])
MOOD_KEEPS = -0.4


@dataclass(frozen=True, eq=False)
class Fit:
    """Logs of the six sizes (for `keeps` the logit), shape (6,), and their covariance.

    `free` says which of them the ratings could tell: without raters no habit, without units no
    weather. `mean` and `person` (variance between people's levels) are moments.
    """

    theta: Floats
    covariance: Floats
    free: Floats
    mean: float
    person: float

    @property
    def model(self) -> Model:
        return model_of(self.theta, self.mean, self.person)


def model_of(theta: Floats, mean: float, person: float) -> Model:
    mood, rating, rater, drift, weather = np.exp(theta[[MOOD, RATING, RATER, DRIFT, WEATHER]])
    keeps = 1 / (1 + np.exp(-theta[KEEPS]))
    return Model(
        float(mean),
        # Wide on purpose: few people tell little of how people differ.
        float(1.5 * person + 0.1 * (mood + rating)),
        float(mood),
        float(keeps),
        float(rating),
        float(rater),
        float(drift),
        float(weather),
        float(weather * CLIMATE_SHARE),
    )


@dataclass(frozen=True)
class Steps:
    """Ratings are whole steps from `low` to `high`, in rating points."""

    low: float
    high: float

    def __call__(self, value: Floats) -> Floats:
        return np.clip(np.rint(value), self.low, self.high)


def read_as(steps: Steps | None, model: Model) -> Model:
    """The same sizes, for ratings that are those steps."""
    return model if steps is None else model._replace(low=steps.low, high=steps.high)


class Likelihood:
    """Log likelihood of one set of ratings at any sizes, wing-day by wing-day.

    `rows` have codes that leave no gap; their ratings are read as `steps`, if any.
    """

    def __init__(
        self, rows: Rows, steps: Steps | None = None, *, has_raters: bool, has_units: bool
    ) -> None:
        self.rows = rows
        self.steps = steps
        self.has_raters = has_raters
        self.has_units = has_units
        self.wings, self.people = int(rows.wing.max()) + 1, int(rows.person.max()) + 1
        starts = np.ones(rows.day.size, dtype=np.bool_)
        starts[1:] = (np.diff(rows.day) != 0) | (np.diff(rows.wing) != 0)
        self._starts = np.flatnonzero(starts)
        self._told = wing.told_of(0)
        self._each = np.zeros(rows.day.size)

    def __call__(self, model: Model) -> Floats:
        state, rows = wing.empty(self.wings, self.people), self.rows
        model = read_as(self.steps, model)
        wing.run(state, model, NO_CHART, rows, 0, rows.day.size, self._told, self._each)
        return self._each[self._starts].copy()


def prior(whole: float, has_raters: bool, has_units: bool) -> tuple[Floats, Floats, Floats]:
    """Centres, precisions and which sizes are free, for ratings of variance `whole`."""
    centre = np.log(np.maximum(SHARES, 1e-12) * whole)
    centre[KEEPS] = MOOD_KEEPS
    free = np.array([1, 1, 1, has_raters, has_raters, has_units], dtype=np.float64)
    centre[free == 0] = -np.inf
    return centre, 1 / BREADTHS**2, free


def unfitted(whole: float, mean: float, person: float, *, has_raters: bool, has_units: bool) -> Fit:
    """What is believed before the ratings are asked."""
    centre, precision, free = prior(whole, has_raters, has_units)
    return Fit(centre, np.diag(free / precision), free, mean, person)


def fit(
    likelihood: Likelihood, whole: float, mean: float, person: float, start: Floats | None = None
) -> Fit:
    """The sizes that make the ratings of the baseline likeliest, leaning on what is usual.

    Each round takes a step along the scores of the wing-days, weighed by their own spread
    (Berndt, Hall, Hall and Hausman 1974), and halves it where it does not help. The spread at
    the end gives the covariance.
    """
    centre, precision, free = prior(whole, likelihood.has_raters, likelihood.has_units)
    theta = centre.copy() if start is None else start.copy()

    def at(point: Floats) -> Floats:
        return likelihood(model_of(point, mean, person))

    def goodness(point: Floats, each: Floats) -> float:
        off = np.where(free > 0, point - np.where(free > 0, centre, 0), 0)
        return float(each.sum() - 0.5 * np.sum(precision * off**2))

    each = at(theta)
    best = goodness(theta, each)
    covariance = np.zeros((6, 6))
    for _ in range(ROUNDS if start is None else LATER_ROUNDS):
        score, information = scores(at, theta, free, each)
        off = np.where(free > 0, theta - np.where(free > 0, centre, 0), 0)
        step, covariance = newton(score - precision * off, information, precision, free)
        step *= min(1.0, LONGEST_STEP / max(float(np.abs(step).max()), 1e-12))
        for _ in range(4):
            trial = np.where(free > 0, theta + step, theta)
            tried = at(trial)
            if goodness(trial, tried) > best:
                theta, each, best = trial, tried, goodness(trial, tried)
                break
            step /= 2
        else:
            break
        if np.all(np.abs(step) <= ENOUGH * np.sqrt(np.diag(covariance))):
            break
    return Fit(theta, covariance, free, mean, person)


def scores(
    at: Callable[[Floats], Floats], theta: Floats, free: Floats, here: Floats
) -> tuple[Floats, Floats]:
    """Slope of the log likelihood and the spread of its parts, shapes (6,) and (6, 6).

    `here`: the parts at `theta`. Differences are taken forward, which is near enough for steps.
    """
    table = np.zeros((6, here.size))
    for k in np.flatnonzero(free):
        aside = np.zeros(6)
        aside[k] = STEP
        table[k] = (at(theta + aside) - here) / STEP
    return table.sum(axis=1), table @ table.T


def newton(
    score: Floats, information: Floats, precision: Floats, free: Floats
) -> tuple[Floats, Floats]:
    """The step towards the maximum, and the covariance; zero for what is not free."""
    on = free > 0
    covariance = np.zeros((6, 6))
    covariance[np.ix_(on, on)] = np.linalg.inv(information[np.ix_(on, on)] + np.diag(precision[on]))
    return covariance @ np.where(on, score, 0), covariance
