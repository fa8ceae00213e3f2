"""How far two contexts lie apart, said so that one may look every day."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from daybook.signals.errors import BadParameter, BadRating, LengthMismatch, NoRatings
from daybook.signals.ratings import Floats


@dataclass(frozen=True, eq=False)
class Gap:
    """Each array of shape (n,), one value a rating, in their order.

    `mean`: of the first context less that of the second, in rating points; `low` and `high`: the
    truth lies between them *on all days at once* with the stated confidence. NaN until both
    contexts were seen. `apart_from`: the position from which the interval leaves out zero, or
    None.
    """

    mean: Floats
    low: Floats
    high: Floats

    @property
    def apart_from(self) -> int | None:
        apart = np.flatnonzero((self.low > 0) | (self.high < 0))
        return int(apart[0]) if apart.size else None


def gap(
    value: ArrayLike,
    first: ArrayLike,
    *,
    low: float,
    high: float,
    confidence: float = 95.0,
    sharpest_at: int = 50,
) -> Gap:
    """The gap between ratings of one person in two contexts (settings, observers), day by day.

    `value`: ratings in the order of their days, on a scale from `low` to `high`; `first`: true
    where a rating is from the first context. Assumes only that ratings lie on the scale and that
    each context's conditional means average to what is estimated; no normal distribution, no
    equal spread. `sharpest_at`: the number of ratings of a context around which its interval is
    as short as it can be. A union of two intervals at half the error each, one a context.

    Staff look whenever they like and stop when they see something; an ordinary 95 % interval,
    looked at daily, leaves out the truth far more often than one time in twenty. This one does
    not, however often and for whatever reason one looks.

    Source: Howard, Ramdas, McAuliffe and Sekhon 2021, doi 10.1214/20-AOS1991: the empirical
    Bernstein confidence sequence with a predictable plug-in (Waudby-Smith and Ramdas 2024,
    doi 10.1093/jrsssb/qkad009). Raises NoRatings, LengthMismatch, BadRating,
    BadParameter.
    """
    values = np.asarray(value, dtype=np.float64)
    in_first = np.asarray(first, dtype=np.bool_)
    if values.size == 0:
        raise NoRatings
    if in_first.size != values.size:
        raise LengthMismatch("first", in_first.size, values.size)
    for name, fine in {
        "high": np.isfinite(low) and np.isfinite(high) and high > low,
        "confidence": 50 <= confidence < 100,
        "sharpest_at": sharpest_at >= 1,
    }.items():
        if not fine:
            raise BadParameter(f"{name} can't be {locals()[name]}.")
    outside = np.flatnonzero(~((values >= low) & (values <= high)))
    if outside.size:
        row = int(outside[0])
        raise BadRating(row, f"value is {values[row]}, which is not between {low} and {high}.")
    error = (1 - confidence / 100) / 2
    one = _sequence(values, in_first, low, high, error, sharpest_at)
    two = _sequence(values, ~in_first, low, high, error, sharpest_at)
    return Gap(one[0] - two[0], one[1] - two[2], one[2] - two[1])


def _sequence(
    values: Floats, mine: NDArray[np.bool_], low: float, high: float, error: float, sharpest_at: int
) -> tuple[Floats, Floats, Floats]:
    """Mean, lower and upper bound of one context after each rating, in rating points."""
    x = (values[mine] - low) / (high - low)
    n = np.arange(1, x.size + 1)
    mean = (0.5 + np.cumsum(x)) / (n + 1)
    spread = (0.25 + np.cumsum((x - mean) ** 2)) / (n + 1)
    # What a rating counts for is set before it is seen.
    spread_before = np.append(0.25, spread[:-1])
    mean_before = np.append(0.5, mean[:-1])
    counts = np.sqrt(2 * np.log(2 / error) / (spread_before * np.maximum(n, sharpest_at)))
    counts = np.minimum(counts, 0.5)
    surprise = (x - mean_before) ** 2
    paid = np.cumsum(surprise * (-np.log1p(-counts) - counts))
    total = np.cumsum(counts)
    centre = np.cumsum(counts * x) / total
    half = (np.log(2 / error) + paid) / total
    bottom = np.maximum.accumulate(np.maximum(centre - half, 0))
    top = np.minimum.accumulate(np.minimum(centre + half, 1))

    seen = np.cumsum(mine)
    after = [np.full(values.size, np.nan) for _ in range(3)]
    known = seen > 0
    for column, found in zip(after, (np.cumsum(x) / n, bottom, top), strict=True):
        column[known] = low + (high - low) * found[seen[known] - 1]
    return after[0], after[1], after[2]
