"""One person's part of a wing's record, ready to be asked."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from daybook.signals.ratings import Floats, Integers

Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Own:
    """Ratings of one person in the order of days, (n,).

    `known`: its rater writes of others as well, so that their habit is known beside this person.
    `unexplained` and its covariance `information` (n, n) are what no rater, wing or own level
    explains, weighed by how surely each rating tells it (`equations`).
    """

    day: Integers
    rater: Integers
    setting: Integers
    known: Flags
    adjusted: Floats
    unexplained: Floats
    information: Floats

    def among(self, chosen: Flags) -> "Part":
        """Some of the ratings, beside their own level and apart from that of the rest."""
        free = np.stack([side for side in (chosen, ~chosen) if side.any()], axis=1).astype(float)
        told = self.information @ free
        taken = np.linalg.solve(free.T @ told, np.column_stack([told.T, free.T @ self.unexplained]))
        unexplained = self.unexplained - told @ taken[:, -1]
        information = self.information - told @ taken[:, :-1]
        return Part(unexplained[chosen], information[np.ix_(chosen, chosen)])


@dataclass(frozen=True, eq=False)
class Part:
    """What `Own` holds of the ratings that a test looks at, their common level taken off."""

    unexplained: Floats
    information: Floats
