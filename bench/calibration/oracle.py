"""How many changes could be found at all: what whoever knows everything but the change would find.

Told are each person's usual level, every rater's habit and the wing's weather of each day, all
sizes, how ratings are rounded and clipped, and by how much people change if they do. Hidden are
the moods, whether somebody changes, which way and when. What is charted is the odds of a change,
which finds most for its false alarms (Shiryaev 1963); moods run on a grid. The limit is what 5 in
100 unchanged people pass in 120 days. Nobody can know all that: this is a wall, not a goal.
"""

from typing import Any

import numpy as np
from scipy.stats import norm

from daybook.signals.simulate import Service

GRID, REACH = 49, 4.0
A_DAY = 1 / 200
BASELINE = 30
SHOCK = 1.5
WITHIN = 30
AT_A_TIME = 500

Floats = Any


def found(service: Service, people: int, seed: int = 1) -> tuple[int, int]:
    """How many of `people` changed people are found within 30 days, and how many there are."""
    random = np.random.default_rng(seed)
    parts = [AT_A_TIME] * -(-people // AT_A_TIME)
    quiet = [_odds(service, n, random, changed=False)[0] for n in parts]
    limit = np.quantile(np.concatenate([odds[:, BASELINE:].max(axis=1) for odds in quiet]), 0.95)
    hits = 0
    for n in parts:
        odds, way, shift = _odds(service, n, random, changed=True)
        after = slice(service.change_day - 1, service.change_day - 1 + WITHIN)
        right = way[:, after] == np.sign(shift)[:, None]
        hits += int(((odds[:, after] > limit) & right).any(axis=1).sum())
    return hits, sum(parts)


def _odds(service: Service, n: int, random: Any, *, changed: bool) -> tuple[Floats, Floats, Floats]:
    """Log odds of a change after each day, which way, and the planted changes."""
    keeps, own = service.autocorrelation, service.own_day
    fresh = own * np.sqrt(1 - keeps**2)
    grid = np.linspace(-REACH * own, REACH * own, GRID)
    moves = norm.pdf(grid[None, :], keeps * grid[:, None], fresh)
    moves /= moves.sum(axis=1, keepdims=True)
    belief = np.zeros((n, 3, GRID))
    belief[:, 0] = norm.pdf(grid, 0, own) / norm.pdf(grid, 0, own).sum()
    ways = np.array([0, service.change, -service.change])

    level = service.usual + service.between_people * random.standard_normal(n)
    mood = own * random.standard_normal(n)
    habit = service.severity * random.standard_normal(n)
    shift = np.where(np.arange(n) % 2 == 0, 1, -1) * service.change * changed
    odds, way = np.zeros((2, n, service.days))
    for day in range(1, service.days + 1):
        mood = keeps * mood + fresh * random.standard_normal(n)
        habit += service.drift * random.standard_normal(n)
        known = level + habit + service.weather * random.standard_normal(n)
        struck = (random.random(n) < service.shocks) * random.choice((-SHOCK, SHOCK), n)
        point = known + mood + shift * (day >= service.change_day) + struck
        value = _written(service, point + service.rating * random.standard_normal(n))
        seen = random.random(n) >= service.missing

        belief = belief @ moves
        if day > BASELINE:
            begins = belief[:, :1] * A_DAY
            belief[:, 1:] += begins / 2
            belief[:, :1] -= begins
        told = _likely(service, value, known[:, None, None] + ways[None, :, None] + grid)
        belief = np.where(seen[:, None, None], belief * told, belief)
        belief /= belief.sum(axis=(1, 2), keepdims=True)
        share = np.maximum(belief.sum(axis=2), 1e-300)
        odds[:, day - 1] = np.log(share[:, 1:].max(axis=1) / share[:, 0])
        way[:, day - 1] = np.where(share[:, 1] > share[:, 2], 1, -1)
    return odds, way, shift


def _written(service: Service, point: Floats) -> Floats:
    assert service.low is not None
    assert service.high is not None
    return np.clip(np.rint(point), service.low, service.high)


def _likely(service: Service, value: Floats, expected: Floats) -> Floats:
    """How likely what was written is, shocks included, shape (n, 3, GRID)."""
    low = np.where(value <= service.low, -np.inf, value - 0.5)[:, None, None]
    high = np.where(value >= service.high, np.inf, value + 0.5)[:, None, None]
    total = 0.0
    for shock, share in ((0.0, 1 - service.shocks), (SHOCK, service.shocks / 2),
                         (-SHOCK, service.shocks / 2)):  # fmt: skip
        if share:
            middle = expected + shock
            total = total + share * (
                norm.cdf((high - middle) / service.rating)
                - norm.cdf((low - middle) / service.rating)
            )
    return np.maximum(total, 1e-12)
