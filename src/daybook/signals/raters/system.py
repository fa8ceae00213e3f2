"""The mixed-model equations of crossed random intercepts, with the largest factor eliminated."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self

import numpy as np

from daybook.signals.columns import Floats, Integers
from daybook.signals.raters import blocks


class Blocks(Protocol):
    """Where the blocks lie; `ask` runs a function on each and gives the answers in order."""

    def ask(self, question: Callable[..., Any], *more: Any) -> Sequence[Any]: ...


@dataclass(frozen=True, eq=False)
class System:
    """Everything about the ratings that equations need, the blocks aside.

    `segments`: where each other factor lies in the long vector, whose last entry is the
    intercept; `counts`, `sums` (levels + 1,): ratings and their sum by level of the long vector;
    `inner_counts`, `inner_sums` (p,): the same by inner level; `squares`: sum of squared ratings.
    """

    blocks: Blocks
    segments: tuple[slice, ...]
    counts: Floats
    sums: Floats
    inner_counts: Integers
    inner_sums: Floats
    n: int
    squares: float

    @classmethod
    def of(cls, blocks_: Blocks, segments: Sequence[slice], squares: float) -> Self:
        told = blocks_.ask(blocks.summed)
        inner_counts, inner_sums = (np.concatenate([t[part] for t in told]) for part in (0, 1))
        counts, sums = (np.sum([t[part] for t in told], axis=0) for part in (2, 3))
        n = int(inner_counts.sum())
        return cls(blocks_, tuple(segments), counts, sums, inner_counts, inner_sums, n, squares)

    @property
    def levels(self) -> Integers:
        """How many levels each factor has, the inner one first."""
        return np.array([self.inner_counts.size, *(s.stop - s.start for s in self.segments)])

    @property
    def size(self) -> int:
        return self.counts.size

    def add_up(self, question: Callable[..., Floats], *more: Any) -> Floats:
        answers = iter(self.blocks.ask(question, *more))
        total: Floats = next(answers).copy()
        for answer in answers:
            total += answer
        return total

    def ratios(self, variances: Floats) -> tuple[float, Floats]:
        """Residual variance over each factor's: of the inner one, and down the long vector."""
        ridge = np.zeros(self.size)
        for segment, variance in zip(self.segments, variances[1:-1], strict=True):
            ridge[segment] = variances[-1] / variance
        return float(variances[-1] / variances[0]), ridge

    def right_side(self, ratio: float) -> Floats:
        return self.sums[:, None] - self.add_up(blocks.eliminated, ratio)
