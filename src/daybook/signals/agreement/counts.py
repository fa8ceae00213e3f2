"""Agreement of any number of raters, from how many of them chose each category."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike

from daybook.signals.agreement.grids import categories, counted, distances, grid, kinds
from daybook.signals.columns import Floats
from daybook.signals.errors import BadColumn, BadRating, NoRatings, NotSeparable, NoVariation
from daybook.signals.estimates import Estimate, jackknifed


def fleiss(counts: ArrayLike) -> Estimate:
    """Fleiss' kappa from a table of counts: a row a unit, a column a category.

    Every unit has the same number of ratings, two or more. Raises NoRatings, BadColumn,
    BadRating with the row, NoVariation.

    Source: Fleiss 1971; the interval is over units, as in Gwet 2021, not Fleiss' under chance.
    """
    table = _whole_counts(counts)
    raters = table.sum(axis=1)
    odd = np.flatnonzero(raters != raters[0])
    if odd.size:
        row = int(odd[0])
        raise BadRating(
            row, f"{raters[row]:g} ratings where the first unit has {raters[0]:g}: fleiss takes a"
            " table of counts, a column for each category.",
        )  # fmt: skip
    if raters[0] < 2:
        raise NotSeparable("one rating a unit: nobody could have disagreed.")
    if np.count_nonzero(table.sum(axis=0)) < 2:
        raise NoVariation("every rating is in one category, so nobody could have disagreed.")
    alike = np.eye(table.shape[1])

    def chance(shares: Floats) -> Floats:
        found: Floats = np.sum(shares**2, axis=1)
        return found

    return _corrected(table, alike, chance)


def gwet(ratings: ArrayLike) -> Mapping[str, Estimate]:
    """Gwet's AC1, and AC2 with squared distances between the values.

    `ratings` (n, k), NaN where missing; a unit with one rating tells what is common, not how
    raters agree. Unlike kappa it stays high where nearly all units are alike. Raises what
    `grid` and `categories` raise, NotSeparable where no unit has two ratings.

    Source: Gwet 2008, 2021.
    """
    y = grid(ratings)
    values = categories(y)
    counts = counted(y, values)
    counts = counts[counts.sum(axis=1) > 0]
    if counts.sum(axis=1).max() < 2:
        raise NotSeparable("no unit has two ratings: nobody could have disagreed.")
    squared = 1 - (distances(values) / (values[-1] - values[0])) ** 2
    found = {}
    for name, weights in (("ac1", np.eye(values.size)), ("ac2", squared)):
        scale = weights.sum() / (values.size * (values.size - 1))

        def chance(shares: Floats, scale: float = scale) -> Floats:
            by_chance: Floats = scale * np.sum(shares * (1 - shares), axis=1)
            return by_chance

        found[name] = _corrected(counts, weights, chance)
    return found


def _whole_counts(given: ArrayLike) -> Floats:
    try:
        table = np.array(given, dtype=np.float64)
    except (TypeError, ValueError):
        raise BadColumn("counts must be numbers.") from None
    if table.size == 0:
        raise NoRatings
    if table.ndim != 2 or table.shape[1] < 2:
        raise BadColumn("counts need a row for each unit and two columns or more.")
    bad = np.argwhere(~np.isfinite(table) | (table < 0) | (table != np.rint(table)))
    if bad.size:
        row, column = bad[0].tolist()
        raise BadRating(row, f"cell {column + 1} is {table[row, column]:g}, which is not a count.")
    return table


def _corrected(counts: Floats, weights: Floats, chance: Callable[[Floats], Floats]) -> Estimate:
    """(agreement - chance) / (1 - chance), `chance` from the shares of categories (b, q)."""
    rows, times = kinds(counts)
    ratings = rows.sum(axis=1)
    several = ratings >= 2
    near = rows @ weights
    pairs = np.where(several, ratings * (ratings - 1), 1)
    agreed = np.where(several, np.sum(rows * (near - 1), axis=1) / pairs, 0)
    parts = np.column_stack([agreed, several, rows / ratings[:, None], np.ones(times.size)])

    def statistic(sums: Floats) -> Floats:
        by_chance = chance(sums[:, 2:-1] / sums[:, -1:])
        with np.errstate(invalid="ignore", divide="ignore"):
            found: Floats = (sums[:, 0] / sums[:, 1] - by_chance) / (1 - by_chance)
        return found

    return jackknifed(parts, times, statistic)
