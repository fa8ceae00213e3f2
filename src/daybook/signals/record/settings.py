"""Is what is written of somebody in one setting different from what is written in another?"""

import numpy as np

from daybook.signals.record.chance import DRAWS, SEED, TELLS_NOTHING, Found, difference, shifted
from daybook.signals.record.own import Own

FEWEST = 10
"""Ratings in each setting."""


def settings_apart(
    own: Own, first: int, second: int, *, draws: int = DRAWS, seed: int = SEED
) -> Found | None:
    """How much higher ratings in the first setting lie than in the second, habits taken off.

    None with fewer than `FEWEST` ratings in either, by raters who write of others as well, or
    where the settings always go together with something else. What
    everybody has in common where only some raters write is part of their habit, and is taken off
    with it.
    """
    chosen = own.known & np.isin(own.setting, [first, second])
    marks = (own.setting[chosen] == first).astype(np.float64)
    sides = int(marks.sum()), int((1 - marks).sum())
    if min(sides) < FEWEST:
        return None
    part = own.among(chosen)
    if marks @ part.information @ marks < TELLS_NOTHING * np.trace(part.information):
        return None
    instead = marks[shifted(marks.size, draws, seed)]
    return difference(part, marks, instead)
