"""The points behind whole steps: a 5 on a scale that ends there says "4.5 or more"."""

from typing import NamedTuple

from daybook.signals.ratings import Floats

SPREADS = (0.2, 3.0)
"""Standard deviations between which that of the points is sought, in steps."""


class Steps(NamedTuple):
    """The ends of a scale of whole steps."""

    low: int
    high: int


class Points(NamedTuple):
    """For each rating (n,) the one without steps that would tell the same, and its variance."""

    value: Floats
    variance: Floats


def behind(value: Floats, expected: Floats, steps: Steps) -> tuple[Points, float]:
    """What whole steps (n,) tell of points of which so much is `expected`; and the points' own
    variance around it, the likeliest within `SPREADS`.

    Near an end of the scale habits seem to vanish, so that a mild rater and a strict one would
    seem to see the best of days alike and all others differently. Behind the steps they add.
    """
    from scipy.optimize import minimize_scalar

    from daybook.signals.steps import all_seen

    def unlikely(sd: float) -> float:
        return -float(all_seen(value, expected, sd**2, *steps)[2].sum())

    found = minimize_scalar(unlikely, bounds=SPREADS, method="bounded", options={"xatol": 1e-3})
    spread = float(found.x) ** 2
    score, information, _ = all_seen(value, expected, spread, *steps)
    return Points(expected + score / information, 1 / information), spread
