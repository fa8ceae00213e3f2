"""Grids of ratings, checked, and folded into the kinds of unit that occur in them."""

import numpy as np
from numpy.typing import ArrayLike

from daybook.signals.columns import Floats
from daybook.signals.errors import BadColumn, BadRating, NoRatings, NoVariation, OneLevel

MOST_CATEGORIES = 100


def grid(given: ArrayLike, *, whole: bool = False) -> Floats:
    """Units by raters (n, k), with at least one unit and two raters.

    NaN is a rating that is not there; with `whole` none may be missing. Raises NoRatings,
    BadColumn, OneLevel, NoVariation, BadRating with the row.
    """
    try:
        ratings = np.array(given, dtype=np.float64)
    except (TypeError, ValueError):
        raise BadColumn("ratings must be numbers.") from None
    if ratings.size == 0:
        raise NoRatings
    if ratings.ndim != 2:
        raise BadColumn(f"ratings must have two dimensions, units and raters, not {ratings.ndim}.")
    if ratings.shape[1] < 2:
        raise OneLevel("the rater", "one and the same")
    endless = np.argwhere(np.isinf(ratings))
    if endless.size:
        row, column = endless[0].tolist()
        raise BadRating(row, f"rating {column + 1} is {ratings[row, column]}.")
    missing = np.argwhere(np.isnan(ratings))
    if whole and missing.size:
        row, column = missing[0].tolist()
        raise BadRating(row, f"rating {column + 1} is missing, and this needs all of them.")
    given_ = ratings[~np.isnan(ratings)]
    if given_.size == 0:
        raise NoRatings
    if given_.min() == given_.max():
        raise NoVariation(f"every rating is {given_[0]:g}, so nobody could have disagreed.")
    return ratings


def categories(ratings: Floats) -> Floats:
    """The different values, ascending. Raises BadColumn where they are too many to be kinds."""
    found = np.unique(ratings[~np.isnan(ratings)])
    if found.size > MOST_CATEGORIES:
        raise BadColumn(
            f"{found.size} different values; this takes up to {MOST_CATEGORIES}. Round them, or"
            " ask for icc."
        )
    return found


def counted(ratings: Floats, values: Floats) -> Floats:
    """How many raters gave each value to each unit (n, values)."""
    place = np.searchsorted(values, np.where(np.isnan(ratings), values[0], ratings))
    unit = np.broadcast_to(np.arange(ratings.shape[0])[:, None], ratings.shape)
    there = ~np.isnan(ratings)
    flat = np.bincount(
        unit[there] * values.size + place[there], minlength=ratings.shape[0] * values.size
    )
    return flat.reshape(-1, values.size).astype(np.float64)


def kinds(counts: Floats) -> tuple[Floats, Floats]:
    """The different rows, and how many units are of each."""
    rows, times = np.unique(counts, axis=0, return_counts=True)
    return rows, times.astype(np.float64)


def distances(values: Floats) -> Floats:
    return np.abs(values[:, None] - values)
