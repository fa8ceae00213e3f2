"""Do answers in steps say something else than their numbers? Crossed effects read both ways."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, log_expit

from daybook.signals.columns import Floats
from daybook.signals.errors import BadParameter, NoConvergence
from daybook.signals.raters.design import RESIDUAL, Crossed, Factor
from daybook.signals.raters.fit import Raters

MOST_STEPS = 11
LOGISTIC_SD = np.pi / np.sqrt(3)
FAR = 500.0
"""Beyond the outermost thresholds, on the scale of the logit."""
INFORMATION = 0.25
"""What a rating tells of a level, about, in logits."""
MOST_ITERATIONS = 1_000
CLOSE_ENOUGH = 1e-11
"""Of the log likelihood, what one step more may bring."""


@dataclass(frozen=True, eq=False)
class Ordinal:
    """Answers read as steps on a latent logistic scale, beside the same read as numbers.

    `steps` (K,): the answers that were found, in order; `thresholds` (K - 1,): where one gives way
    to the next, in logits around the average person and rater. Equal distances between them say
    that steps are a line. `levels`: each effect's levels in logits, in the order of its labels.
    `alike`: for each effect the correlation, weighted by ratings, of its levels read as steps with
    those read as numbers; near 1, the numbers mislead nobody about who lies above whom.
    """

    steps: Floats
    thresholds: Floats
    levels: Mapping[str, Floats]
    alike: Mapping[str, float]


def ordinal(design: Crossed, found: Raters) -> Ordinal:
    """Read the ratings of `design` as steps, with the variances that `found` gives them as numbers.

    P(answer up to step k) = logistic(threshold k - sum of effects). Levels and thresholds are
    where the penalised likelihood is highest; each effect's spread is taken from `found` (which
    must have its levels), turned into logits by the spread of a logistic residual. So it is a
    check of the numbers, not a second estimate of the variances. An effect that fell to none
    has no levels here.

    Cost: O(n) a step, some tens of steps. The same input gives the same bits.
    Raises BadParameter (more than 11 different answers, or `found` without levels), NoConvergence.

    Source: McCullagh 1980 (cumulative logits); Breslow and Clayton 1993 (penalised likelihood with
    crossed effects).
    """
    steps, answer = np.unique(design.value, return_inverse=True)
    if steps.size > MOST_STEPS:
        raise BadParameter(
            f"value has {steps.size:,} different answers; up to {MOST_STEPS} can be read as steps."
        )
    if set(found.levels) != set(design.names):
        raise BadParameter("the levels read as numbers are needed: ask for with_levels.")
    spread = {name: LOGISTIC_SD * found.sd[name] / found.sd[RESIDUAL] for name in design.names}
    factors = [factor for factor in design.factors if spread[factor.name] > 0]
    search = _Search(answer, steps.size, factors, np.array([spread[f.name] for f in factors]))
    thresholds, each = search.highest()
    levels = {factor.name: level for factor, level in zip(factors, each, strict=True)}
    alike = {
        name: _correlation(levels[name], found.levels[name].effect, found.levels[name].count)
        for name in design.names
        if name in levels
    }
    return Ordinal(steps, thresholds, MappingProxyType(levels), MappingProxyType(alike))


@dataclass(frozen=True)
class _Search:
    """What is looked for: the lowest threshold, the logarithms of the distances between thresholds
    (so that they stay in order wherever it looks), then each factor's levels in logits."""

    answer: NDArray[np.intp]
    steps: int
    factors: list[Factor]
    spread: Floats

    def highest(self) -> tuple[Floats, list[Floats]]:
        shares = np.cumsum(np.bincount(self.answer, minlength=self.steps)) / self.answer.size
        first = np.log(shares[:-1] / (1 - shares[:-1]))
        start = np.concatenate([
            first[:1], np.log(np.diff(first)), np.zeros(sum(f.levels for f in self.factors))
        ])  # fmt: skip
        unit = self._units()
        found = minimize(
            self._loss, start / unit, args=(unit,), jac=True, method="L-BFGS-B",
            options={"maxiter": MOST_ITERATIONS, "maxfun": 2 * MOST_ITERATIONS, "maxcor": 30,
                     "ftol": CLOSE_ENOUGH, "gtol": 0.0},
        )  # fmt: skip
        if not found.success:
            raise NoConvergence(int(found.nit))
        at = found.x * unit
        return self._thresholds(at), self._levels(at)

    def _units(self) -> Floats:
        """In which each is looked for: smaller where ratings say more, so that all directions
        are about as steep, and few steps are needed."""
        told = [np.full(self.steps - 1, INFORMATION * self.answer.size)]
        for factor, spread in zip(self.factors, self.spread, strict=True):
            counts = np.bincount(factor.codes, minlength=factor.levels)
            told.append(spread**-2 + INFORMATION * counts)
        unit: Floats = 1 / np.sqrt(np.concatenate(told))
        return unit

    def _thresholds(self, at: Floats) -> Floats:
        distances = np.exp(at[1 : self.steps - 1])
        return np.concatenate([at[:1], at[0] + np.cumsum(distances)])

    def _levels(self, at: Floats) -> list[Floats]:
        ends = np.cumsum([self.steps - 1, *(factor.levels for factor in self.factors)])
        return [at[begin:end] for begin, end in pairwise(ends)]

    def _loss(self, scaled: Floats, unit: Floats) -> tuple[float, Floats]:
        """Minus the penalised log likelihood, and its slope."""
        at = scaled * unit
        thresholds, levels = self._thresholds(at), self._levels(at)
        eta = np.zeros(self.answer.size)
        for factor, level in zip(self.factors, levels, strict=True):
            eta += level[factor.codes]
        ends = np.concatenate([[-FAR], thresholds, [FAR]])
        low, high = ends[self.answer] - eta, ends[self.answer + 1] - eta
        # P = F(high) - F(low) = F(high) F(-low) (1 - exp(low - high)): no digits are lost.
        apart = -np.expm1(low - high)
        loss = -np.sum(log_expit(high) + log_expit(-low) + np.log(apart))
        shared = (1 - apart) / apart
        by_high, by_low = expit(-high) + shared, -expit(low) - shared
        by_threshold = (
            np.bincount(self.answer, by_high, self.steps)[:-1]
            + np.bincount(self.answer, by_low, self.steps)[1:]
        )
        # A threshold moves with every distance below it.
        above = -np.cumsum(by_threshold[::-1])[::-1]
        above[1:] *= np.exp(at[1 : self.steps - 1])
        slope, by_eta = [above], by_high + by_low
        for factor, level, spread in zip(self.factors, levels, self.spread, strict=True):
            loss += 0.5 * np.sum((level / spread) ** 2)
            slope.append(np.bincount(factor.codes, by_eta, factor.levels) + level / spread**2)
        return float(loss), np.concatenate(slope) * unit


def _correlation(one: Floats, other: Floats, weight: NDArray[np.int64]) -> float:
    covariance = np.cov(np.stack([one, other]), aweights=weight)
    return float(covariance[0, 1] / np.sqrt(covariance[0, 0] * covariance[1, 1]))
