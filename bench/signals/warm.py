"""Row 4: the daily warm update of a national service, and of one prison from end to end."""

import time
from dataclasses import replace

import numpy as np

from daybook.signals import Parameters, Ratings, change, wing
from daybook.signals.arrays import Model, Rules
from daybook.signals.simulate import ROW_5, simulate

WINGS, PEOPLE, RATERS = 1_500, 40, 8
A_DAY = 150_000
TRUE = Model(
    mean=3, person=0.25, mood=0.4, keeps=0.3, rating=0.06, rater=0.36, drift=1e-5, weather=0.16,
    climate=1e-4, low=1, high=5,
)  # fmt: skip
RULES = Rules(30, 10, 6.3, charting=True, telling=True)


def day_of(day, random):
    """A day's ratings of everybody: two and a half each, on a scale of five."""
    person = np.sort(random.permutation(A_DAY) % (WINGS * PEOPLE))
    unit = person // PEOPLE
    rater = unit * RATERS + random.integers(0, RATERS, A_DAY)
    value = np.clip(np.rint(3 + 0.8 * random.standard_normal(A_DAY)), 1, 5)
    return Ratings(value=value, day=np.full(A_DAY, day), person=person, rater=rater, unit=unit)


def service(history, times):
    """After so many ratings of history: seconds of wall and processor of each further day."""
    random = np.random.default_rng(4)
    state, spans = wing.State.empty(), []
    days = -(-history // A_DAY)
    for day in range(1, days + times + 1):
        ratings = day_of(day, random)
        wall, own = time.perf_counter(), time.process_time()
        wing.advance(state, ratings, TRUE, RULES)
        spans.append((time.perf_counter() - wall, time.process_time() - own))
    wall, own = np.median(spans[-times:], axis=0)
    return days * A_DAY, wall, own, len(state.to_bytes())


def prison(days):
    """One channel of four hundred people: all from the first day, and from what was kept."""
    ratings = simulate(replace(ROW_5, days=days), 1).ratings
    chosen, kept = Parameters(low=1, high=5, replays=1000), {}
    settled = change(ratings, chosen, kept=kept, settle_on=days - 3).settled
    spans = []
    for given in (None, settled):
        wall = time.perf_counter()
        change(ratings, chosen, kept=kept, settled=given, settle_on=days - 2)
        spans.append(time.perf_counter() - wall)
    return len(ratings), *spans


def row_4(history):
    """A day more, when all the history is in the filters."""
    told = [f"## 4 · A day more: {A_DAY:,} new ratings of {WINGS:,} wings of {PEOPLE}", ""]
    known, wall, own, size = service(history, times=5)
    told += ["| | wall s | processor s | goal |", "|---|---|---|---|"]
    told.append(
        f"| after {known:,} ratings of history, median of 5 days | {wall:.2f} | {own:.2f} | ≤ 0.5 |"
    )
    told += ["", f"What is kept of the whole service is {size / 1e6:.0f} MB.", ""]
    ratings, whole, warm = prison(720)
    told.append(
        f"One prison of 400 people, {ratings:,} ratings of two years on one channel, answers and"
        f" pictures included: {whole:.2f} s from the first day, {warm:.2f} s from what was kept."
    )
    return told


if __name__ == "__main__":
    print("\n".join(row_4(10_000_000)))
