"""How one day of a person hangs together with the next."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from daybook.signals.ratings import Floats, Integers
from daybook.signals.record.written import Written

NIGHTS = 14
"""For so many nights it is looked whether days hang together."""
MOST_KEPT = 0.95
LEAST_LEFT = 0.05
"""Of what is left, the share that is each rating's own at least: no two agree to the last."""


@dataclass(frozen=True)
class Moods:
    """`mood`: its variance, in squared rating points; `keeps`: the share that a night keeps."""

    mood: float
    keeps: float


def moods(written: Written, left: Floats, spread: float) -> Moods:
    """Fit them to how what is left (n,) agrees between two ratings of one person so many nights
    apart: products of all pairs, averaged over everybody, least squares weighed by their number.
    `spread` is the variance of what is left, of which a mood is a part.
    """
    nights, products = _pairs(written, left)
    count = np.bincount(nights, np.ones(nights.size), minlength=NIGHTS + 1)
    agree = np.bincount(nights, products, minlength=NIGHTS + 1)
    # A person's own mean was taken off: each pair agrees less by about what a mean is known to.
    agree = agree + count * (spread * np.unique(written.person).size / left.size)
    best, least = Moods(0.0, 0.0), np.inf
    for keeps in np.linspace(0, MOST_KEPT, 39):
        shape = keeps ** np.arange(NIGHTS + 1)
        told = float(count @ shape**2)
        if told == 0:
            continue
        mood = min(max(float(agree @ shape) / told, 0.0), (1 - LEAST_LEFT) * spread)
        error = mood * (mood * told - 2 * float(agree @ shape))
        if error < least:
            least, best = error, Moods(mood, float(keeps))
    return best


def _pairs(written: Written, left: Floats) -> tuple[Integers, Floats]:
    """Nights between, and the product of what is left, of each pair of a person's ratings."""
    nights: list[Integers] = []
    products: list[Floats] = []
    for step in range(1, left.size):
        apart = written.day[step:] - written.day[:-step]
        near = (written.person[step:] == written.person[:-step]) & (apart <= NIGHTS)
        if not near.any():
            break
        nights.append(apart[near])
        products.append((left[step:] * left[:-step])[near])
    if not nights:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    return np.concatenate(nights), np.concatenate(products)


def precision(written: Written, mood: float, keeps: float, own: Floats) -> Any:
    """The inverse of the covariance of moods and of each rating's `own` variance (n,), sparse:
    one block a person."""
    from scipy.linalg import inv
    from scipy.sparse import block_diag, csr_array, diags_array

    if mood == 0:
        return csr_array(diags_array(1 / own))
    starts = np.flatnonzero(np.diff(written.person)) + 1
    blocks = []
    for day, alone in zip(np.split(written.day, starts), np.split(own, starts), strict=True):
        shared = mood * keeps ** np.abs(day[:, None] - day[None, :])
        blocks.append(inv(shared + np.diag(alone)))
    return csr_array(block_diag(blocks))
