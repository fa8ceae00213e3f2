"""A number with its interval, and two ways to one."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from daybook.signals.columns import Floats

NORMAL_95 = 1.959963984540054


@dataclass(frozen=True)
class Estimate:
    """`value` with its 95 % interval; None for both where the data can't tell."""

    value: float | None
    ci: tuple[float, float] | None


UNKNOWN = Estimate(None, None)


def jackknifed(
    parts: Floats, times: Floats, statistic: Callable[[Floats], Floats], lowest: float = -1.0
) -> Estimate:
    """A statistic of sums over independent units, with an interval by leaving each unit out.

    `parts` (p, f): what each kind of unit adds to the sums; `times` (p,): how many units are of
    that kind; `statistic` takes sums (b, f) and gives (b,). The interval is Student's, in
    Fisher's z where the value is not at an end: close to 1 no interval reaches beyond it.

    Source: Tukey 1958; Gwet 2021, for agreement, on units as what is drawn at random.
    """
    from scipy.special import stdtrit

    units = float(times.sum())
    whole = times @ parts
    value = float(statistic(whole[None, :])[0])
    if not np.isfinite(value):
        return UNKNOWN
    without = statistic(whole - parts)
    without = np.where(np.isfinite(without), without, value)
    middle = times @ without / units
    error = float(np.sqrt((units - 1) / units * (times @ (without - middle) ** 2)))
    quantile = float(stdtrit(units - 1, 0.975)) if units > 1 else np.inf
    if abs(value) >= 1 or error == 0:
        half = quantile * error if error else 0.0
        return Estimate(value, (max(lowest, value - half), min(1.0, value + half)))
    width = quantile * error / (1 - value**2)
    low, high = (float(np.tanh(np.arctanh(value) + side * width)) for side in (-1, 1))
    return Estimate(value, (max(lowest, low), high))


def share(hits: float, of: float) -> Estimate:
    """A proportion with Wilson's interval; unknown of nothing. Source: Wilson 1927."""
    if of == 0:
        return UNKNOWN
    z2 = NORMAL_95**2
    centre = (hits + z2 / 2) / (of + z2)
    half = NORMAL_95 / (of + z2) * np.sqrt(hits * (of - hits) / of + z2 / 4)
    return Estimate(hits / of, (max(0.0, float(centre - half)), min(1.0, float(centre + half))))
