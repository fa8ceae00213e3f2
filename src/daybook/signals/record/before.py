"""Does a record stand higher or lower in the days before a date that matters?"""

from collections.abc import Sequence

import numpy as np

from daybook.signals.ratings import Floats, Integers
from daybook.signals.record.chance import DRAWS, SEED, Found, difference
from daybook.signals.record.own import Own

WINDOW = 14
FEWEST_BEFORE = 5
FEWEST_ELSE = 20
TRIES = 20


def before_dates(
    own: Own, dates: Sequence[int], *, draws: int = DRAWS, seed: int = SEED
) -> Found | None:
    """How much higher ratings lie in the 14 days before each date than on all other days.

    `dates` count as `own.day` does. Chance is the same number of dates, drawn anywhere from
    the second week to the last day. None with fewer than `FEWEST_BEFORE` ratings before a date, or
    `FEWEST_ELSE` on other days, by raters who write of others as well; or where hardly any
    other dates would leave as many.
    """
    day = own.day[own.known]
    marks = _marked(day, np.array([sorted(set(dates))], dtype=np.int64))[0]
    sides = int(marks.sum()), int((1 - marks).sum())
    if sides[0] < FEWEST_BEFORE or sides[1] < FEWEST_ELSE:
        return None
    instead = _elsewhere(day, len(set(dates)), draws, seed)
    if instead.shape[0] < draws:
        return None
    return difference(own.among(own.known), marks, instead)


def _marked(day: Integers, dates: Integers) -> Floats:
    """Which of the days (n,) lie in the window before any date of each row (draws, dates)."""
    ahead = dates[:, :, None] - day[None, None, :]
    before: Floats = np.where((ahead > 0) & (ahead <= WINDOW), 1.0, 0.0).max(axis=1, initial=0.0)
    return before


def _elsewhere(day: Integers, dates: int, draws: int, seed: int) -> Floats:
    """Marks by dates that were drawn, as many, each draw with enough ratings on either side."""
    random = np.random.default_rng(seed)
    found: list[Floats] = []
    for _ in range(TRIES):
        drawn = random.integers(day[0] + WINDOW, day[-1] + 2, (draws, dates))
        marks = _marked(day, drawn)
        count = marks.sum(axis=1)
        found.append(marks[(count >= FEWEST_BEFORE) & (day.size - count >= FEWEST_ELSE)])
        if sum(each.shape[0] for each in found) >= draws:
            break
    return np.concatenate(found)[:draws]
