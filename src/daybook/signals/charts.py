"""The line that shows; what decides is in `filter`, beside the surprises that it adds up."""

import numpy as np

from daybook.signals.ratings import Floats


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
