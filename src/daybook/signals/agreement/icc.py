"""Intraclass correlations of a complete grid: how much of the ratings is the unit?"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from daybook.signals.agreement.grids import grid
from daybook.signals.errors import NotSeparable
from daybook.signals.estimates import Estimate

FORMS = ("ICC(1,1)", "ICC(A,1)", "ICC(C,1)", "ICC(1,k)", "ICC(A,k)", "ICC(C,k)")


def icc(ratings: ArrayLike) -> Mapping[str, Estimate]:
    """Six forms, by McGraw and Wong's names: 1 for raters of each unit drawn anew, A for absolute
    agreement, C for consistency; of one rating, and of the mean over all k.

    `ratings` (n, k) without gaps, normal errors assumed; intervals from F, 95 %. A value below 0
    says that units differ less than chance would have them. Raises what `grid` raises, and
    NotSeparable with fewer than two units.

    Source: Shrout and Fleiss 1979; McGraw and Wong 1996, with their correction.
    """
    from scipy.special import fdtri

    y = grid(ratings, whole=True)
    n, k = y.shape
    if n < 2:
        raise NotSeparable("one unit alone: units and raters can't be told apart.")
    mean, rows, columns = y.mean(), y.mean(axis=1), y.mean(axis=0)
    msr = k * np.sum((rows - mean) ** 2) / (n - 1)
    msw = np.sum((y - rows[:, None]) ** 2) / (n * (k - 1))
    msc = n * np.sum((columns - mean) ** 2) / (k - 1)
    mse = np.sum((y - rows[:, None] - columns + mean) ** 2) / ((n - 1) * (k - 1))

    def of_mean(single: float) -> float:
        return k * single / (1 + (k - 1) * single) if single > -1 / (k - 1) else -np.inf

    def between(low: float, high: float) -> tuple[float, float] | None:
        return (float(low), float(high)) if np.isfinite([low, high]).all() else None

    def both(single: float, mean_: float, low: float, high: float) -> tuple[Estimate, Estimate]:
        return (
            Estimate(float(single), between(low, high)),
            Estimate(float(mean_), between(of_mean(low), of_mean(high))),
        )

    def from_f(f: float, other: float) -> tuple[float, float]:
        low = f / fdtri(n - 1, other, 0.975)
        high = f * fdtri(other, n - 1, 0.975)
        return (low - 1) / (low + k - 1), (high - 1) / (high + k - 1)

    tiny = 1e-100
    one = both(
        (msr - msw) / (msr + (k - 1) * msw), (msr - msw) / max(msr, tiny),
        *from_f(msr / max(msw, tiny), n * (k - 1)),
    )  # fmt: skip
    consistency = both(
        (msr - mse) / max(msr + (k - 1) * mse, tiny), (msr - mse) / max(msr, tiny),
        *from_f(msr / max(mse, tiny), (n - 1) * (k - 1)),
    )  # fmt: skip

    single = (msr - mse) / (msr + (k - 1) * mse + k * (msc - mse) / n)
    a = k * single / (n * (1 - single)) if single < 1 else np.inf
    b = 1 + k * single * (n - 1) / (n * (1 - single)) if single < 1 else np.inf
    if np.isfinite(a) and a * msc + b * mse > 0:
        freedom = (a * msc + b * mse) ** 2 / (
            (a * msc) ** 2 / (k - 1) + (b * mse) ** 2 / ((n - 1) * (k - 1))
        )
        high_f, low_f = fdtri(n - 1, freedom, 0.975), fdtri(freedom, n - 1, 0.975)
        wide = k * msc + (k * n - k - n) * mse
        low = n * (msr - high_f * mse) / (high_f * wide + n * msr)
        high = n * (low_f * msr - mse) / (wide + n * low_f * msr)
    else:
        low = high = single
    absolute = both(single, (msr - mse) / (msr + (msc - mse) / n), low, high)
    in_order = [one[0], absolute[0], consistency[0], one[1], absolute[1], consistency[1]]
    return dict(zip(FORMS, in_order, strict=True))
