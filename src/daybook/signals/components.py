"""How much ratings vary from rater to rater, from wing-day to wing-day, and for the person."""

from dataclasses import dataclass

import numpy as np

from daybook.signals.ratings import Floats, Folded, Integers

PRIOR_LEVELS = 5
PRIOR_SHARE = (0.0, 0.2, 0.1)
"""For how many raters or wing-days the prior counts, and its share of the whole variance: in
ratings of real justice cases the rater's habit explained 15-26 %."""


@dataclass(frozen=True)
class Components:
    """Mean and variances, in rating points and their squares.

    `person`: between people's usual levels; `rater`: between raters' habits; `weather`: between
    the days of a wing; `day`: a person's own day to day; `rating`: between raters of one day,
    habits apart. `n` is the number of ratings that they were estimated from.
    """

    mean: float
    person: float
    rater: float
    weather: float
    day: float
    rating: float
    n: int

    @property
    def total(self) -> float:
        return self.person + self.rater + self.weather + self.day + self.rating


def estimate(folded: Folded, until: int) -> Components:
    """Variance components by the method of moments from the entries up to day `until`.

    Sums of squares within people, raters, wing-days, entries and overall are set equal to what
    the components lead one to expect, and solved without negative variances: O(n) a factor.
    Assumes crossed random effects that do not depend on each other.

    Source: Henderson's method 1; Gao and Owen 2017, arXiv 1610.08088, for large crossed
    designs.
    """
    # Here and not above: it takes a second, and every page's process imports this module.
    from scipy.optimize import nnls

    rows = folded.entry_day[folded.entry] <= until
    value = folded.value[rows]
    entry = folded.entry[rows]
    everyone = np.zeros_like(entry)
    person = folded.entry_person[entry]
    rater = folded.rater[rows]
    wing_day = _pair(folded.entry_unit[entry], folded.entry_day[entry])
    each = np.arange(value.size)
    factors = [person, rater, wing_day, entry, each]

    mean = float(value.mean())
    equations, found = [], []
    for group in (person, rater, wing_day, entry, everyone):
        expected = np.array([_freedom(group, factor) for factor in factors])
        if expected[-1] > 0:
            equations.append(expected / expected[-1])
            found.append(_within(value - mean, group) / expected[-1])
    if not equations:
        return Components(mean, 0.0, 0.0, 0.0, 0.0, 0.0, int(value.size))

    present = np.array([True, folded.has_raters, folded.has_units, True, True])
    variances = np.zeros(5)
    variances[present], _ = nnls(np.array(equations)[:, present], np.array(found))
    # Few raters or days tell little of how they differ; people who rate justice cases do differ.
    whole = variances.sum()
    seen = (0, np.unique(rater).size, np.unique(wing_day).size)
    for position in np.flatnonzero(present[:3])[1:]:
        weight = PRIOR_LEVELS / (PRIOR_LEVELS + seen[position])
        usual = PRIOR_SHARE[position] * whole
        variances[position] += weight * (usual - variances[position])
    between, habit, weather, day, left = variances.tolist()
    return Components(mean, between, habit, weather, day, left, n=int(value.size))


def _pair(first: Integers, second: Integers) -> Integers:
    return first * (int(second.max()) - int(second.min()) + 1) + (second - int(second.min()))


def _within(value: Floats, group: Integers) -> float:
    """Sum of squares around the group means."""
    _, code, count = np.unique(group, return_inverse=True, return_counts=True)
    return float(np.sum(value**2) - np.sum(np.bincount(code, value) ** 2 / count))


def _freedom(group: Integers, factor: Integers) -> float:
    """How often the variance of `factor` shows in the squares within `group`, on average."""
    _, g, group_size = np.unique(group, return_inverse=True, return_counts=True)
    _, f = np.unique(factor, return_inverse=True)
    cells, cell_size = np.unique(_pair(g, f), return_counts=True)
    group_of_cell = cells // (int(f.max()) - int(f.min()) + 1)
    shared = np.bincount(group_of_cell, cell_size**2.0) / group_size
    return float(group.size - shared.sum())
