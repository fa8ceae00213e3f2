"""How often chance alone would show as much: the same record under shifted labels."""

from dataclasses import dataclass

import numpy as np

from daybook.signals.ratings import Floats, Integers
from daybook.signals.record.own import Part

DRAWS = 999
SEED = 20260101
ERROR = 0.05
BLOCK = 7
"""Ratings that stay together when labels are shifted: about a week."""
TELLS_NOTHING = 1e-6
"""Of what the ratings could tell, the share below which two sides can't be told apart."""


@dataclass(frozen=True)
class Found:
    """What one test found in one record.

    `value` with its 95 % interval `low` to `high`, in steps; `by_chance`: of 100 shifted labels,
    how many show as much; `first` and `second`: ratings on either side.
    """

    value: float
    low: float
    high: float
    by_chance: float
    first: int
    second: int


def shifted(size: int, draws: int, seed: int) -> Integers:
    """So many ways (draws, size) to lay a row of labels anew along the days.

    The row is shifted round in a ring, cut into weeks, and the weeks change places: labels that
    came together stay together, as they would if they had nothing to do with the ratings.
    """
    random = np.random.default_rng(seed)
    blocks = -(-size // BLOCK)
    week = np.arange(size) // BLOCK
    places = random.random((draws, blocks)).argsort(axis=1).argsort(axis=1)
    order = np.lexsort((np.broadcast_to(np.arange(size), (draws, size)), places[:, week]), axis=1)
    shift = random.integers(0, size, (draws, 1))
    ring: Integers = (order + shift) % size
    return ring


def difference(part: Part, first: Floats, instead: Floats) -> Found | None:
    """The difference that the ratings marked in `first` (n,) make, in steps, and how sure it is.

    `instead` (draws, n): the same marks by chance. Each difference counts in its own standard
    errors. The interval holds each difference that, once taken off the ratings, chance would show
    as often as one time in twenty: what lies outside is what the draws speak against. None where
    it has no end. Source: Freedman and Lane 1983 for shifting beside other effects; Pitman 1937
    for turning a test by permutation into an interval.
    """
    unit = float(np.sqrt(first @ part.information @ first))
    value = float(first @ part.unexplained) / unit**2
    told = instead @ part.information
    units = np.sqrt(np.maximum(np.einsum("dn,dn->d", told, instead), 0))
    some = units > TELLS_NOTHING * unit
    score = (instead @ part.unexplained)[some] / units[some]
    along = (told @ first)[some] / units[some]
    # By how much the difference may be moved before a draw no longer shows as much as is left.
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = np.stack(
            [(value * unit - score) / (unit - along), (value * unit + score) / (unit + along)]
        )
    ends = np.where(np.isfinite(ends), ends, np.array([[np.inf], [-np.inf]]))
    rank = int(ERROR * (score.size + 1)) - 1
    low, high = (
        float(np.sort(ends.min(axis=0))[rank]),
        float(-np.sort(-ends.max(axis=0))[rank]),
    )
    if not (np.isfinite(low) and np.isfinite(high)):
        return None
    as_much = int((np.abs(score) >= abs(value) * unit * (1 - 1e-9)).sum())
    by_chance = 100 * (1 + as_much) / (score.size + 1)
    return Found(value, low, high, by_chance, int(first.sum()), int((1 - first).sum()))
