"""Krippendorff's alpha: any number of raters, gaps allowed, four levels of measurement."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike

from daybook.signals.agreement.grids import categories, counted, distances, grid, kinds
from daybook.signals.columns import Floats
from daybook.signals.errors import NotSeparable
from daybook.signals.estimates import Estimate, jackknifed

LEVELS = ("nominal", "ordinal", "interval", "ratio")


def krippendorff(ratings: ArrayLike) -> Mapping[str, Estimate]:
    """Alpha as if values were names, ranks, points on a line, and shares of one another.

    `ratings` (n, k), NaN where missing; units with fewer than two ratings are left out. Ratio is
    unknown (None) with values of both signs. Raises what `grid` and `categories` raise,
    NotSeparable where no unit has two ratings.

    Source: Krippendorff 2011, "Computing Krippendorff's alpha-reliability".
    """
    y = grid(ratings)
    values = categories(y)
    counts = counted(y, values)
    counts = counts[counts.sum(axis=1) >= 2]
    if counts.size == 0:
        raise NotSeparable("no unit has two ratings: nobody could have disagreed.")
    rows, times = kinds(counts)
    size = values.size
    pairs = rows[:, :, None] * rows[:, None, :]
    pairs[:, np.arange(size), np.arange(size)] -= rows
    pairs /= (rows.sum(axis=1) - 1)[:, None, None]
    parts = np.hstack([rows, pairs.reshape(times.size, -1)])

    away = distances(values)
    sums = np.abs(values[:, None] + values)
    with np.errstate(invalid="ignore", divide="ignore"):
        relative = np.where(sums > 0, away / sums, 0.0) ** 2
    if values[0] < 0 < values[-1]:
        relative[:] = np.nan

    def fixed(cost: Floats) -> Callable[[Floats], Floats]:
        return lambda _: cost

    costs = (fixed((away > 0).astype(np.float64)), _ranks, fixed(away**2), fixed(relative))
    return {
        level: jackknifed(parts, times, _alpha(size, cost))
        for level, cost in zip(LEVELS, costs, strict=True)
    }


def _alpha(size: int, cost: Callable[[Floats], Floats]) -> Callable[[Floats], Floats]:
    def alpha(sums: Floats) -> Floats:
        found = np.empty(sums.shape[0])
        for at, row in enumerate(sums):
            often, pairs = row[:size], row[size:].reshape(size, size)
            costs = cost(often)
            expected = often @ costs @ often
            observed = (often.sum() - 1) * np.sum(pairs * costs)
            found[at] = 1 - observed / expected if expected > 0 else np.nan
        return found

    return alpha


def _ranks(often: Floats) -> Floats:
    """How many ratings lie between two values, half of both ends counted, squared."""
    before = np.cumsum(often) - often / 2
    between: Floats = (before[:, None] - before) ** 2
    return between
