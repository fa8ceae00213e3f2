"""Ratings in blocks: each block can be asked by itself, on a thread or on another machine.

All ratings of one level of the inner factor lie in one block, so that it is eliminated there.
Levels of the other factors cross blocks; what blocks say about them is added up, which is exact.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from daybook.signals.columns import Floats, Integers
from daybook.signals.raters.kernels import WIDTHS, Kernels, fill, kernels, normal

RATINGS_A_BLOCK = 250_000
BLOCKS = 8


@dataclass(frozen=True, eq=False)
class Block:
    """Some levels of the inner factor, p of them, with their m ratings.

    `start` (p + 1,): where each level's ratings begin; `codes` (m, others): levels of the other
    factors as positions in one long vector; `total` (p,) and `sums` (size,): sum of the ratings
    of each inner level, and down the long vector.
    """

    start: Integers
    codes: NDArray[np.int32]
    total: Floats
    sums: Floats

    @property
    def counts(self) -> Integers:
        return np.diff(self.start)

    def kernels(self, x: Floats) -> Kernels:
        return kernels(self.codes.shape[1], x.shape[1])

    def gather(self, x: Floats) -> Floats:
        sums = np.empty((self.total.size, x.shape[1]))
        self.kernels(x).gather(self.start, self.codes, x, sums)
        return sums

    def scatter(self, share: Floats) -> Floats:
        out = np.zeros((self.sums.size, share.shape[1]))
        self.kernels(share).scatter(self.start, self.codes, np.ascontiguousarray(share), out)
        return out


@dataclass(frozen=True, eq=False)
class Rows:
    """Ratings to be cut into blocks: `inner` and each of `others` (n,) are codes of levels.

    `offsets`: where each other factor begins in the long vector, which has `size` entries with
    the intercept; `value` (n,): ratings around their mean.
    """

    inner: NDArray[np.int32]
    others: tuple[NDArray[np.int32], ...]
    offsets: NDArray[np.int32]
    size: int
    value: Floats


def edges(counts: Integers) -> list[tuple[int, int]]:
    """First and last-but-one inner level of each block, about as many ratings in each.

    How many depends on the number of ratings only: the same input gives the same sums, to the
    bit, on one core or many.
    """
    ratings = np.concatenate([[0], np.cumsum(counts)])
    blocks = min(BLOCKS, max(1, int(ratings[-1]) // RATINGS_A_BLOCK))
    at = np.searchsorted(ratings, np.linspace(0, ratings[-1], blocks + 1).astype(np.int64))
    at[-1] = counts.size
    return [(int(a), int(b)) for a, b in pairwise(at) if b > a]


def cut(rows: Rows, counts: Integers, first: int, last: int) -> Block:
    """The block of inner levels `first` to before `last`; `counts`: their ratings."""
    start = np.zeros(last - first + 1, dtype=np.int64)
    np.cumsum(counts, out=start[1:])
    codes = np.empty((int(start[-1]), len(rows.others)), dtype=np.int32)
    total, sums = np.zeros(last - first), np.zeros(rows.size)
    others = rows.others or (rows.inner,)
    fill(rows.inner, others, rows.offsets, rows.value, first, start[:-1].copy(), codes, total, sums)
    return Block(start, codes, total, sums)


def in_tiles(x: Floats) -> list[Floats]:
    """Columns in the widths that kernels are compiled for; the last tile is filled with zeros."""
    if x.shape[1] == 1:
        return [np.ascontiguousarray(x)]
    width = WIDTHS[-1]
    filled = np.zeros((x.shape[0], -(-x.shape[1] // width) * width))
    filled[:, : x.shape[1]] = x
    return [
        np.ascontiguousarray(filled[:, at : at + width]) for at in range(0, filled.shape[1], width)
    ]


# What a block can be asked. `ratio` is the residual variance over that of the inner factor.


def reduced(block: Block, ratio: float, x: Floats) -> Floats:
    """The normal equations without the inner factor, times x (levels of others + 1, columns)."""
    out = np.zeros_like(x)
    kept = np.empty((int(block.counts.max(initial=0)) + 1, x.shape[1]))
    block.kernels(x).reduce(block.start, block.codes, 1 / (block.counts + ratio), x, out, kept)
    return out


def in_full(block: Block, ratio: float) -> Floats:
    """The same equations as a matrix, and what `squeezed` multiplies with: (2, size, size)."""
    both = np.zeros((2, block.sums.size, block.sums.size))
    normal(block.start, block.codes, 1 / (block.counts + ratio), both[0], both[1])
    return both


def summed(block: Block) -> tuple[Integers, Floats, Floats, Floats]:
    """Ratings and their sum by inner level, and down the long vector."""
    counts = block.scatter(np.ones((block.total.size, 1)))[:, 0]
    return block.counts, block.total, counts, block.sums


def diagonal(block: Block, ratio: float) -> Floats:
    """What eliminating the inner factor takes off the diagonal, near enough to precondition."""
    shrink = 1 / (block.counts + ratio)
    taken = block.scatter(shrink[:, None])
    taken[-1] = np.sum(shrink * block.counts**2)
    return taken


def eliminated(block: Block, ratio: float) -> Floats:
    """What eliminating the inner factor takes off the right side that the ratings make."""
    return block.scatter((block.total / (block.counts + ratio))[:, None])


def inner_effects(block: Block, ratio: float, solution: Floats) -> Floats:
    """Estimates of the inner levels (p,), given those of the others."""
    return (block.total - block.gather(solution)[:, 0]) / (block.counts + ratio)


def inner_variate(block: Block, ratio: float, solution: Floats) -> Floats:
    """The right side that the inner factor's own effects make, itself eliminated."""
    effects = inner_effects(block, ratio, solution)
    share = ratio * effects / (block.counts + ratio)
    return block.scatter(share[:, None])


def inner_products(block: Block, ratio: float, solution: Floats, variates: Floats) -> Floats:
    """Products over the inner levels of their effects with themselves and with each variate's.

    Column 0 of `variates` solves for the inner factor's own effects, the others for those of the
    other factors, of which those effects were already taken off.
    """
    effects = inner_effects(block, ratio, solution)
    sums = np.hstack([block.gather(tile) for tile in in_tiles(variates)])[:, : variates.shape[1]]
    own = -sums / (block.counts + ratio)[:, None]
    own[:, 0] += effects * block.counts / (block.counts + ratio)
    return np.concatenate([[effects @ effects], effects @ own])


def squeezed(block: Block, ratio: float, x: Floats) -> Floats:
    """N' D^-2 N x, with N counting inner by other level and D = diagonal of counts + ratio."""
    shrink = 1 / (block.counts + ratio)
    return block.scatter(block.gather(x) * shrink[:, None] ** 2)
