"""What the joint filter holds and is given, as plain arrays; `wing` makes them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from daybook.signals.ratings import Floats, Integers

FREE, WEATHER, CLIMATE, LEVEL, MOOD, HABIT = range(6)
NEVER = -(2**62)
ONSETS = 60
"""For how many days back a change may be dated."""
LAG = 20
"""So many entries pass before a surprise counts towards a person's own spread."""
CLIP = 4.0
SHIFT = 0.7
"""The lasting shift that charts look for, in spreads of a person's day; larger and smaller ones
show, too. Of 0.5 to 1.3, this found the most changes of 0.8 and of 1.3 spreads."""
SCALE_PRIOR = 30.0

Flags = NDArray[np.int8]


class Wings(NamedTuple):
    """Filters of k wings, each with room for n effects; only the lower triangles are kept."""

    mean: Floats  # (k, n)
    cov: Floats  # (k, n, n)
    kind: Flags  # (k, n)
    owner: Integers  # (k, n): code of the person or rater
    seen: Integers  # (k, n): last day
    used: Integers  # (k,)
    day: Integers  # (k,): last day


class People(NamedTuple):
    """What is known of each of p people."""

    wing: Integers  # (p,): where the filter has them, -1 nowhere
    level: Integers  # (p,): position of the level in that wing's filter
    mood: Integers
    apart: Floats  # (p, 5): means, variances and covariance of level and mood between wings
    apart_day: Integers
    began: Integers  # (p,): first day of the baseline
    entries: Integers  # (p,): since then
    last: Integers  # (p,): last rated day
    squares: Floats  # (p,): sum of squared surprises that count towards the spread
    counted: Floats
    waiting: Floats  # (p, LAG): those that do not count yet
    onset: Integers  # (p, ONSETS): day of each candidate
    held: Floats  # (p, ONSETS, 6): believed level and mood, A, B, up, down
    next: Integers  # (p,)
    peak: Floats  # (p,): highest point since the chart began


class Model(NamedTuple):
    """Variances in squared rating points, a day where they grow with time.

    Ratings are whole steps from `low` to `high`, or without steps where `high` is not above.
    """

    mean: float
    person: float
    mood: float
    keeps: float
    rating: float
    rater: float
    drift: float
    weather: float
    climate: float
    low: float = 0.0
    high: float = 0.0


class Rules(NamedTuple):
    """When a person is charted and when the chart speaks."""

    baseline_days: int
    baseline_entries: int
    limit: float
    charting: bool
    telling: bool


class Rows(NamedTuple):
    """Ratings by day, wing, person; an entry is a person's day."""

    value: Floats
    rater: Integers
    entry: Integers
    day: Integers  # of each entry
    person: Integers
    wing: Integers
    fresh: Flags  # 1 where nothing of the person's past may be used
    first: Integers  # (entries + 1,): where each entry's ratings begin


class Told(NamedTuple):
    """What each entry showed; one value an entry, NaN where nothing is known."""

    adjusted: Floats
    usual: Floats
    z: Floats
    height: Floats
    weather: Floats
    evidence: Floats
    alarm: Flags
    onset: Integers
    size: Floats
    before: Floats
