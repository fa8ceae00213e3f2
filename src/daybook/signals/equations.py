"""The mixed-model equations: people, raters and days of a wing, all solved for at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from daybook.signals.ratings import Floats, Integers

FIXED = np.inf


class Effect(NamedTuple):
    """One effect: which level each rating has, (n,), and the variance between levels.

    `FIXED` draws its levels towards nothing.
    """

    level: Integers
    variance: float


@dataclass(frozen=True, eq=False)
class Equations:
    """Ratings = sum of effects + errors, with what the errors tell of each other taken in.

    `design` (n, q) is sparse, one column a level; `precision` (n, n), sparse, the inverse of the
    errors' covariance; `starts` where each effect's columns begin. Dense in q, which must stay
    in the low thousands.

    Source: Henderson 1975, Biometrics 31:423.
    """

    design: Any
    precision: Any
    starts: Integers
    factor: Any

    @classmethod
    def of(cls, effects: Sequence[Effect], precision: Any) -> "Equations":
        """Effects that differ in nothing are left out, and so have no columns."""
        # Here and not above: it takes a second, and every page's process imports this package.
        from scipy.linalg import cho_factor
        from scipy.sparse import csr_array

        rows = precision.shape[0]
        widths = [int(each.level.max()) + 1 if each.variance > 0 else 0 for each in effects]
        starts = np.concatenate([[0], np.cumsum(widths)])
        there = [
            (each.level + start, each.variance, width)
            for each, start, width in zip(effects, starts, widths, strict=False)
            if width
        ]
        columns = np.concatenate([column for column, _, _ in there])
        design = csr_array(
            (np.ones(columns.size), (np.tile(np.arange(rows), len(there)), columns)),
            shape=(rows, int(starts[-1])),
        )
        whole = (design.T @ (precision @ design)).toarray()
        drawn = [np.full(width, 1 / variance) for _, variance, width in there]
        whole[np.diag_indices_from(whole)] += np.concatenate(drawn)
        return cls(design, precision, starts, cho_factor(whole, lower=True, overwrite_a=True))

    def columns(self, effect: int) -> slice:
        return slice(int(self.starts[effect]), int(self.starts[effect + 1]))

    def levels(self, value: Floats) -> Floats:
        """What each level adds, (q,): the best linear prediction from the ratings (n,)."""
        return self._solved(self.design.T @ (self.precision @ value))

    def uncertainty(self, effect: int) -> Floats:
        """Covariance of the errors with which an effect's levels are known."""
        mine = self.columns(effect)
        return self._solved(np.eye(self.starts[-1])[:, mine])[mine]

    def unexplained(self, value: Floats) -> Floats:
        """What no effect explains, weighed by how surely each rating tells it, (n,).

        With V the covariance of all ratings this is P y, where P is the inverse of V less what
        fixed effects take.
        """
        weighed = self.precision @ value
        left: Floats = weighed - self.precision @ (self.design @ self.levels(value))
        return left

    def information(self, rows: Integers) -> Floats:
        """P among some of the ratings, (k, k): the covariance of `unexplained` there."""
        mine = self.precision[rows]
        through = mine @ self.design
        # One person's ratings touch few levels, and all others' columns are empty.
        touched = np.unique(through.indices)
        told = through[:, touched].toarray()
        own: Floats = mine[:, rows].toarray()
        own -= told @ self._inverse[np.ix_(touched, touched)] @ told.T
        return own

    @cached_property
    def _inverse(self) -> Floats:
        return self._solved(np.eye(int(self.starts[-1])))

    def _solved(self, right: Floats) -> Floats:
        from scipy.linalg import cho_solve

        found: Floats = cho_solve(self.factor, right)
        return found
