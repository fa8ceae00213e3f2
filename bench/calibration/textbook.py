"""The chart of the textbooks, to be measured beside: each person's own ratings, and nothing else.

A two-sided tabular CUSUM with allowance 0.5 on the means of days, in standard deviations of the
person's first thirty days (Page 1954; Montgomery, Introduction to Statistical Quality Control).
Its limit is what 5 in 100 pass in 120 days whose means and standard deviations are known and whose
days are independent and normal: what a table of limits promises.
"""

from functools import cache

import numpy as np

from daybook.signals.answers import Alarm
from daybook.signals.ratings import Ratings, fold

BASELINE, ENTRIES, DAYS, ALLOWANCE = 30, 10, 120, 0.5
IN_100 = 5.0
DRAWN, SEED = 40_000, 1
LEAST = 0.1
"""The least standard deviation, in rating points: somebody rated 3 each day has none."""


@cache
def limit() -> float:
    """What the highest of both sums of `DAYS` independent days passes `IN_100` times in 100."""
    random = np.random.default_rng(SEED)
    up, down, most = np.zeros((3, DRAWN))
    for _ in range(DAYS):
        z = random.standard_normal(DRAWN)
        up, down = np.maximum(up + z - ALLOWANCE, 0), np.maximum(down - z - ALLOWANCE, 0)
        most = np.maximum(most, np.maximum(up, down))
    return float(np.quantile(most, 1 - IN_100 / 100))


def alarms(ratings: Ratings) -> dict[int, list[Alarm]]:
    """Each person's alarms, by person code; after each the sums begin again."""
    folded = fold(ratings)
    found: dict[int, list[Alarm]] = {}
    for person, code in enumerate(folded.people):
        mine = folded.entry_person == person
        order = np.argsort(folded.entry_day[mine], kind="stable")
        days, mean = folded.entry_day[mine][order], folded.entry_mean[mine][order]
        first = days < days[0] + BASELINE
        found[int(code)] = []
        if first.sum() < ENTRIES:
            continue
        z = (mean - mean[first].mean()) / max(float(mean[first].std(ddof=1)), LEAST)
        sums = [0.0, 0.0]
        for index in np.flatnonzero(~first).tolist():
            for side, sign in enumerate((1, -1)):
                sums[side] = max(sums[side] + sign * float(z[index]) - ALLOWANCE, 0.0)
            side = int(sums[1] > sums[0])
            if sums[side] > limit():
                day, way = int(days[index]), (1, -1)[side]
                found[int(code)].append(Alarm(index, day, day, way, np.nan, np.nan))
                sums = [0.0, 0.0]
    return found
