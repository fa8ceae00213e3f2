"""The loops over ratings, compiled: one pass in the order in which the ratings lie.

Ratings lie person by person (the *inner* factor, whose levels are eliminated); `start[i]` to
`start[i + 1]` are those of level i. `codes[r]` says which levels of the other factors rating r
has, each an index into one long vector of all their levels, with the intercept as its last entry.
Vectors have `width` columns, so that several right sides share one pass.
"""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numba import njit

WIDTHS = (1, 4)


_compiled = njit(nogil=True, cache=True)


class Kernels(NamedTuple):
    """`gather(start, codes, x, sums)`, `scatter(start, codes, share, out)` and
    `reduce(start, codes, shrink, x, out, kept)`; all write into their last arguments."""

    gather: Any
    scatter: Any
    reduce: Any


@lru_cache
def kernels(others: int, width: int) -> Kernels:
    """Compiled for one number of other factors and of columns, so that inner loops unroll."""

    def gather(start, codes, x, sums):  # type: ignore[no-untyped-def]
        """What the ratings of each inner level add up to, given the other levels."""
        last = x.shape[0] - 1
        for i in range(start.size - 1):
            for k in range(width):
                sums[i, k] = (start[i + 1] - start[i]) * x[last, k]
            for r in range(start[i], start[i + 1]):
                for f in range(others):
                    for k in range(width):
                        sums[i, k] += x[codes[r, f], k]

    def scatter(start, codes, share, out):  # type: ignore[no-untyped-def]
        """Give every rating its inner level's share, and add those up by other level."""
        last = out.shape[0] - 1
        for i in range(start.size - 1):
            for k in range(width):
                out[last, k] += (start[i + 1] - start[i]) * share[i, k]
            for r in range(start[i], start[i + 1]):
                for f in range(others):
                    for k in range(width):
                        out[codes[r, f], k] += share[i, k]

    def reduce(start, codes, shrink, x, out, kept):  # type: ignore[no-untyped-def]
        """The normal equations with the inner factor eliminated, applied to x.

        `kept` holds the sums of one inner level's ratings: (most ratings of a level, width).
        """
        last = x.shape[0] - 1
        for i in range(start.size - 1):
            begin, end = start[i], start[i + 1]
            for k in range(width):
                kept[0, k] = 0.0
            for r in range(begin, end):
                for k in range(width):
                    total = x[last, k]
                    for f in range(others):
                        total += x[codes[r, f], k]
                    kept[r - begin + 1, k] = total
                    kept[0, k] += total
            for k in range(width):
                mean = kept[0, k] * shrink[i]
                out[last, k] += kept[0, k] - (end - begin) * mean
                kept[0, k] = mean
            for r in range(begin, end):
                for f in range(others):
                    for k in range(width):
                        out[codes[r, f], k] += kept[r - begin + 1, k] - kept[0, k]

    return Kernels(_compiled(gather), _compiled(scatter), _compiled(reduce))


@_compiled
def fill(inner, others, offsets, value, first, following, codes, total, sums):  # type: ignore[no-untyped-def]
    """Put the ratings of some inner levels in order, and add them up by level.

    Takes those of `first` and the `following.size` - 1 levels after it; `following[i]` is where
    the next rating of level i goes. With no other factor `offsets` is empty and `others` unread.
    """
    for r in range(inner.size):
        i = inner[r] - first
        if i < 0 or i >= following.size:
            continue
        at = following[i]
        following[i] += 1
        total[i] += value[r]
        sums[sums.size - 1] += value[r]
        for f in range(offsets.size):
            c = others[f][r] + offsets[f]
            codes[at, f] = c
            sums[c] += value[r]


@_compiled
def normal(start, codes, shrink, equations, squeezed):  # type: ignore[no-untyped-def]
    """The same equations as `reduce` in full, and N' D^-2 N beside them; few levels only."""
    size = equations.shape[0]
    last = size - 1
    weight = np.zeros(size)
    present = np.empty(size, dtype=np.int64)
    for i in range(start.size - 1):
        found = 1
        present[0] = last
        weight[last] = start[i + 1] - start[i]
        equations[last, last] += weight[last]
        for r in range(start[i], start[i + 1]):
            for f in range(codes.shape[1]):
                c = codes[r, f]
                if weight[c] == 0:
                    present[found] = c
                    found += 1
                weight[c] += 1
                equations[c, last] += 1
                equations[last, c] += 1
                for g in range(codes.shape[1]):
                    equations[c, codes[r, g]] += 1
        for a in range(found):
            for b in range(found):
                product = weight[present[a]] * weight[present[b]] * shrink[i]
                equations[present[a], present[b]] -= product
                squeezed[present[a], present[b]] += product * shrink[i]
        for a in range(found):
            weight[present[a]] = 0


@_compiled
def join(parent, codes, offsets, parts):  # type: ignore[no-untyped-def]
    """Join the levels that share a rating; how many parts are left, of `parts` before."""
    for r in range(codes[0].size):
        if parts == 1:
            break
        a = codes[0][r]
        while parent[a] != a:
            parent[a] = parent[parent[a]]
            a = parent[a]
        for f in range(1, offsets.size):
            b = codes[f][r] + offsets[f]
            while parent[b] != b:
                parent[b] = parent[parent[b]]
                b = parent[b]
            if a != b:
                parent[max(a, b)] = min(a, b)
                a = min(a, b)
                parts -= 1
    return parts
