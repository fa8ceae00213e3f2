"""How high a chart climbs by chance alone, found by replaying people who do not change."""

from functools import lru_cache

import numpy as np

from daybook.signals.charts import ALLOWANCE, CLIP
from daybook.signals.ratings import Floats

REPLAYS = 20_000
SEED = 20_260_101
SCALE_PRIOR = 30
"""How many entries the common scale counts for when a person's own scale is learnt."""


def peaks_by_chance(
    autocorrelation: float, baseline: int, days: int, *, alone: bool = False
) -> Floats:
    """The highest point of either cumulative sum in each replay, sorted, shape (20,000,).

    Each replay is one unchanged person: a first-order autoregression, whose level and scale are
    learnt as the charts learn them, in `baseline` entries, and who is then charted for `days`
    entries. `alone`: the scale is the person's own, with no others to lean on. The same input
    gives the same bits.

    Source: limits from a resampled baseline, after Chatterjee and Qiu 2009.
    """
    return _replay(_grid(autocorrelation), min(max(int(baseline), 5), 60), int(days), alone)


def limit(peaks: Floats, people_in_100: float) -> float:
    """The height that chance passes in `people_in_100` of 100 replays."""
    return float(np.quantile(peaks, 1 - people_in_100 / 100))


def chance(peaks: Floats, height: float) -> float:
    """Of 100 unchanged people, how many climb at least as high."""
    above = peaks.size - np.searchsorted(peaks, height, side="left")
    return float(100 * above / peaks.size)


def _grid(autocorrelation: float) -> float:
    # Rounded up: few distinct replays to keep, and the error is on the careful side.
    return float(np.clip(np.ceil(autocorrelation * 20 - 1e-9) / 20, 0.0, 0.9))


@lru_cache(maxsize=128)
def _replay(autocorrelation: float, baseline: int, days: int, alone: bool) -> Floats:
    random = np.random.default_rng([SEED, round(autocorrelation * 100), baseline, days, alone])
    shock = np.sqrt(1 - autocorrelation**2)
    own = random.standard_normal(REPLAYS)
    total, squares = own.copy(), np.zeros(REPLAYS)
    up, down, peak = (np.zeros(REPLAYS) for _ in range(3))
    scale = np.ones(REPLAYS)
    for day in range(1, baseline + days):
        own = autocorrelation * own + shock * random.standard_normal(REPLAYS)
        z = (own - total / day) / np.sqrt(1 + 1 / day)
        total += own
        if day < baseline:
            squares += z**2
            continue
        if day == baseline:
            pooled = 0 if alone else SCALE_PRIOR
            scale = np.sqrt((pooled + squares) / (pooled + baseline - 1))
        z = np.clip(z / scale, -CLIP, CLIP)
        np.maximum(0, up + z - ALLOWANCE, out=up)
        np.maximum(0, down - z - ALLOWANCE, out=down)
        np.maximum(peak, np.maximum(up, down), out=peak)
    peak.sort()
    peak.setflags(write=False)
    return peak
