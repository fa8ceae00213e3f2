"""Is there a climate? Whether items hang together, and whether people of one unit agree."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from daybook.signals.columns import Floats, codes
from daybook.signals.errors import (
    BadColumn,
    BadParameter,
    BadRating,
    LengthMismatch,
    NoRatings,
    NotSeparable,
    NoVariation,
    OneLevel,
)


@dataclass(frozen=True)
class Climate:
    """A questionnaire answered in units.

    `alpha`, `omega`: reliability of the sum of the items, if any two items correlate alike, and
    if one factor is behind them all; None for one item. `icc1`: share of variance between units,
    of one person's mean score; `icc2`: reliability of a unit's mean, at the mean size. `rwg`:
    agreement within a unit, as a mean over units; None for one item or without a scale.
    `people` and `units` were counted.
    """

    items: int
    alpha: float | None
    omega: float | None
    icc1: float
    icc2: float
    rwg: float | None
    people: int
    units: int


def climate(
    items: ArrayLike,
    group: ArrayLike,
    *,
    scale: tuple[float, float] | None = None,
    names: Sequence[str] | None = None,
) -> Climate:
    """Reliability, and agreement within units, of `items` (n, m) with each person's `group` (n,).

    `scale`: lowest and highest answer, which r_wg(j) needs to know what chance would give: all
    answers alike often. Units of one person tell nothing of agreement and are left out of it.
    Items must point the same way: turn reversed ones around first. `names` (m,) of the items are
    for messages.

    Raises NoRatings, BadColumn, LengthMismatch, BadRating with the row, BadParameter, OneLevel
    and NotSeparable where every person is a unit; NoVariation.

    Source: Cronbach 1951; McDonald 1999 (omega, as in R's psych); Bliese 2000 (ICC1, ICC2); James,
    Demaree and Wolf 1984 (r_wg(j), a negative value set to 0).
    """
    y = _items(items, scale, names)
    code, labels = codes("group", group)
    if code.size != y.shape[0]:
        raise LengthMismatch("group", code.size, y.shape[0])
    if labels.size == 1:
        raise OneLevel("group", labels[0])
    if labels.size == y.shape[0]:
        raise NotSeparable("every person is a group alone, so nobody can be compared within one.")
    score = y.mean(axis=1)
    if score.min() == score.max():
        raise NoVariation(f"everybody's mean answer is {score[0]:g}.")
    several = y.shape[1] > 1
    icc1, icc2 = _between(score, code)
    return Climate(
        items=y.shape[1],
        alpha=_alpha(y) if several else None,
        omega=_omega(y) if several else None,
        icc1=icc1,
        icc2=icc2,
        rwg=_rwg(y, code, scale) if several and scale else None,
        people=y.shape[0],
        units=int(labels.size),
    )


def _items(
    given: ArrayLike, scale: tuple[float, float] | None, names: Sequence[str] | None
) -> Floats:
    try:
        y = np.array(given, dtype=np.float64)
    except (TypeError, ValueError):
        raise BadColumn("items must be numbers.") from None
    if y.size == 0:
        raise NoRatings
    if y.ndim != 2:
        raise BadColumn(f"items must have two dimensions, people and items, not {y.ndim}.")
    names = names or [f"item {at + 1}" for at in range(y.shape[1])]
    bad = np.argwhere(~np.isfinite(y))
    if bad.size:
        row, item = bad[0].tolist()
        raise BadRating(row, f"{names[item]} is {y[row, item]}, which is not an answer.")
    if scale is not None:
        low, high = scale
        if not low < high:
            raise BadParameter(f"scale can't be {low:g}..{high:g}.")
        beyond = np.argwhere((y < low) | (y > high))
        if beyond.size:
            row, item = beyond[0].tolist()
            reason = f"{names[item]} is {y[row, item]:g}, beyond the scale {low:g}..{high:g}."
            raise BadRating(row, reason)
    constant = np.flatnonzero(y.min(axis=0) == y.max(axis=0))
    if constant.size:
        item = int(constant[0])
        raise NoVariation(f"{names[item]} is {y[0, item]:g} in every row.")
    return y


def _alpha(y: Floats) -> float:
    m = y.shape[1]
    whole = float(y.sum(axis=1).var(ddof=1))
    if whole == 0:
        raise NoVariation("the items cancel out: every sum is the same. Is one turned around?")
    return float(m / (m - 1) * (1 - y.var(axis=0, ddof=1).sum() / whole))


def _omega(y: Floats) -> float:
    """1 - what is each item's own / the variance of their sum, of standardised items.

    One factor by least squares off the diagonal ("minres"), which needs no normality.
    """
    from scipy.optimize import minimize

    correlation = np.corrcoef(y.T)

    def off(loadings: Floats) -> tuple[float, Floats]:
        left = correlation - np.outer(loadings, loadings)
        np.fill_diagonal(left, 0)
        return float(np.sum(left**2)), -4 * left @ loadings

    m = y.shape[1]
    values, vectors = np.linalg.eigh(correlation)
    start = vectors[:, -1] * np.sqrt(values[-1]) * 0.9
    loadings = minimize(off, start, jac=True, method="L-BFGS-B", bounds=[(-1, 1)] * m).x
    return float(1 - np.sum(1 - loadings**2) / correlation.sum())


def _between(score: Floats, code: NDArray[np.int32]) -> tuple[float, float]:
    size = np.bincount(code)
    mean = np.bincount(code, score) / size
    n, units = score.size, size.size
    msb = float(np.sum(size * (mean - score.mean()) ** 2) / (units - 1))
    msw = float(np.sum((score - mean[code]) ** 2) / (n - units))
    if msb == 0:
        raise NoVariation("the means of all groups are the same.")
    usual = n / units
    return (msb - msw) / (msb + (usual - 1) * msw), (msb - msw) / msb


def _rwg(y: Floats, code: NDArray[np.int32], scale: tuple[float, float]) -> float | None:
    m, steps = y.shape[1], scale[1] - scale[0] + 1
    by_chance = (steps**2 - 1) / 12
    size = np.bincount(code)
    several = size > 1
    spread = np.empty((size.size, m))
    for item in range(m):
        mean = np.bincount(code, y[:, item]) / size
        squares = np.bincount(code, (y[:, item] - mean[code]) ** 2)
        spread[:, item] = squares / np.maximum(size - 1, 1)
    ratio = spread[several].mean(axis=1) / by_chance
    agreed = m * (1 - ratio) / (m * (1 - ratio) + ratio)
    # Beyond chance's own spread the formula leaves 0..1; nobody agrees there.
    return float(np.where(ratio > 1, 0, agreed).mean()) if several.any() else None
