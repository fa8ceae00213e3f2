"""Did a score move by more than the questionnaire's own error?"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from daybook.signals.columns import Floats, numbers
from daybook.signals.errors import (
    BadParameter,
    LengthMismatch,
    NoRatings,
    NotSeparable,
    NoVariation,
)
from daybook.signals.estimates import NORMAL_95


class Moved(StrEnum):
    """Which way a score moved, if by more than error would."""

    UP = "up"
    DOWN = "down"
    WITHIN_ERROR = "within error"


@dataclass(frozen=True, eq=False)
class ReliableChange:
    """`index` (n,): each change in standard errors of a difference; `moved` (n,) beyond ±1.96.

    `sd` of the first scores, `reliability` and whether it was `estimated`; `smallest`: the points
    by which a score must differ for one in twenty of those who did not change to show as much.
    """

    index: Floats
    moved: tuple[Moved, ...]
    sd: float
    reliability: float
    estimated: bool
    smallest: float


def reliable_change(
    before: ArrayLike,
    after: ArrayLike,
    *,
    reliability: float | None = None,
    sd: float | None = None,
) -> ReliableChange:
    """The reliable change index of scores (n,) before and after.

    `reliability` between 0 and 1 and `sd` belong to people like these, best from a published
    norm. Left out, the SD is that of the first scores, and the reliability their correlation with
    the second ones, which is too low where people changed differently: changes are then found
    too seldom rather than too often. Normal errors of one size at every score are assumed.

    Raises NoRatings, LengthMismatch, BadColumn, BadRating with the row, BadParameter,
    NoVariation, NotSeparable where no reliability can be estimated.

    Source: Jacobson and Truax 1991; Christensen and Mendoza 1986.
    """
    first, second = numbers("before", before), numbers("after", after)
    if first.size == 0:
        raise NoRatings
    if second.size != first.size:
        raise LengthMismatch("after", second.size, first.size)
    if sd is not None and not (np.isfinite(sd) and sd > 0):
        raise BadParameter(f"sd can't be {sd}.")
    if reliability is not None and not 0 <= reliability < 1:
        raise BadParameter(f"reliability can't be {reliability}; it lies from 0 to below 1.")
    if sd is None or reliability is None:
        if first.size < 3:
            raise NotSeparable(
                f"{first.size} people tell neither spread nor reliability: give both."
            )
        if first.min() == first.max():
            raise NoVariation(f"before is {first[0]:g} in every row.")
    estimated = reliability is None
    if reliability is None:
        if second.min() == second.max():
            raise NoVariation(f"after is {second[0]:g} in every row.")
        reliability = float(np.corrcoef(first, second)[0, 1])
        if not 0 < reliability < 1 - 1e-12:
            raise NotSeparable(
                f"before and after correlate at {reliability:.2f}, which is no reliability:"
                " give one."
            )
    spread = float(first.std(ddof=1)) if sd is None else sd
    error = spread * float(np.sqrt(2 * (1 - reliability)))
    index = (second - first) / error
    moved = tuple(map(_moved, index.tolist()))
    return ReliableChange(index, moved, spread, reliability, estimated, NORMAL_95 * error)


def _moved(index: float) -> Moved:
    if abs(index) <= NORMAL_95:
        return Moved.WITHIN_ERROR
    return Moved.UP if index > 0 else Moved.DOWN
