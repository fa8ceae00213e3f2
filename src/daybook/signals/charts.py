"""The two charts: a cumulative sum that decides, a moving average that shows."""

import numpy as np

from daybook.signals.ratings import Floats, Integers

ALLOWANCE = 0.5
CLIP = 4.0


class TwoSidedCusum:
    """A rising and a falling cumulative sum for each of n people.

    up = max(0, up + z - k), down = max(0, down - z - k), with k = 0.5: tuned to a lasting shift
    of one standard deviation of a day. z is clipped to +-4, so that one extreme day decides
    nothing. For each side the sum of adjusted points since it last stood at zero dates the
    onset and sizes the change.

    Source: Page 1954; Schat et al. 2021, doi 10.1037/met0000447, for daily ratings.
    """

    def __init__(self, people: int) -> None:
        # Axis 0: falling, rising.
        self.height = np.zeros((2, people))
        self.entries = np.zeros((2, people), dtype=np.int64)
        self.points = np.zeros((2, people))
        self.level_before = np.zeros((2, people))
        self.onset = np.zeros((2, people), dtype=np.int64)

    def step(
        self, person: Integers, z: Floats, adjusted: Floats, level_before: Floats, entry: Integers
    ) -> None:
        """Add one day. `level_before` is each person's level on the eve, `entry` the entry's
        position, kept as the onset where a sum leaves zero."""
        z = np.clip(z, -CLIP, CLIP)
        for side, sign in enumerate((-1, 1)):
            height = self.height[side, person]
            fresh = height == 0
            height = np.maximum(0, height + sign * z - ALLOWANCE)
            counting = height > 0
            begins = fresh & counting
            self.height[side, person] = height
            self.onset[side, person[begins]] = entry[begins]
            self.level_before[side, person[begins]] = level_before[begins]
            self.entries[side, person] = np.where(
                counting, np.where(begins, 0, self.entries[side, person]) + 1, 0
            )
            self.points[side, person] = np.where(
                counting, np.where(begins, 0.0, self.points[side, person]) + adjusted, 0.0
            )

    def restart(self, person: int) -> None:
        self.height[:, person] = 0
        self.entries[:, person] = 0
        self.points[:, person] = 0


def ewma(points: Floats, weight: float) -> Floats:
    """Exponentially weighted moving average of one person's points, shape (n,).

    Weights are normalised, so that the line begins as the plain mean of the first days and not
    at an assumed start. Source of weight 0.1: Smit and Snippe 2022.
    """
    line = np.empty_like(points)
    total, mass = 0.0, 0.0
    for position, point in enumerate(points.tolist()):
        total = (1 - weight) * total + weight * point
        mass = (1 - weight) * mass + weight
        line[position] = total / mass
    return line
