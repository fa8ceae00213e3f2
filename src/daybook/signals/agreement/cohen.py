"""Cohen's kappa of two raters: agreement beyond what their habits alone would give."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from daybook.signals.agreement.grids import categories, distances, grid
from daybook.signals.columns import Floats
from daybook.signals.errors import BadColumn, NoRatings
from daybook.signals.estimates import Estimate, jackknifed

Codes = NDArray[np.signedinteger[Any]]


class Weighting(StrEnum):
    """What a disagreement costs: all alike, by its distance, by the distance squared."""

    NONE = "none"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


def cohen(ratings: ArrayLike) -> Mapping[str, Estimate]:
    """Kappa unweighted, and weighted by linear and squared distance between the values.

    `ratings` (n, 2); units that one of the two did not rate are left out. Raises what `grid` and
    `categories` raise, BadColumn with more than two raters.

    Source: Cohen 1960, 1968.
    """
    y = grid(ratings)
    if y.shape[1] != 2:
        raise BadColumn(f"kappa compares two raters, not {y.shape[1]}; ask for fleiss or gwet.")
    y = y[~np.isnan(y).any(axis=1)]
    if y.size == 0:
        raise NoRatings
    values = categories(y)
    cells, times = np.unique(np.searchsorted(values, y), axis=0, return_counts=True)
    away = distances(values)
    costs = {
        Weighting.NONE: (away > 0).astype(np.float64),
        Weighting.LINEAR: away,
        Weighting.QUADRATIC: away**2,
    }
    return {
        name.value: _kappa(cells[:, 0], cells[:, 1], times.astype(np.float64), cost)
        for name, cost in costs.items()
    }


def _kappa(first: Codes, second: Codes, times: Floats, cost: Floats) -> Estimate:
    size = cost.shape[0]
    parts = np.zeros((times.size, 1 + 2 * size))
    row = np.arange(times.size)
    parts[:, 0] = cost[first, second]
    parts[row, 1 + first] = 1
    parts[row, 1 + size + second] = 1

    def kappa(sums: Floats) -> Floats:
        habits, others = sums[:, 1 : 1 + size], sums[:, 1 + size :]
        by_chance = np.einsum("bi,ij,bj->b", habits, cost, others) / habits.sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            found: Floats = 1 - sums[:, 0] / by_chance
        return found

    return jackknifed(parts, times, kappa)
