"""How a screening tool did: for whom it was right, for whom wrong, and whether groups fare alike.

It looks back on what came out. Nothing here says what anybody will do.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from daybook.signals.columns import Floats, codes, numbers
from daybook.signals.errors import (
    BadParameter,
    BadRating,
    LengthMismatch,
    NoRatings,
    OneLevel,
)
from daybook.signals.estimates import NORMAL_95, UNKNOWN, Estimate, share


@dataclass(frozen=True)
class Fared:
    """How the tool did for `n` people: `auc`, how often it put one with the outcome above one
    without; of those without, `fpr` were flagged; of those with, `fnr` were not; of those
    flagged, `ppv` had it. Unknown where there was nobody to tell from, or no threshold."""

    n: int
    auc: Estimate
    fpr: Estimate
    fnr: Estimate
    ppv: Estimate


@dataclass(frozen=True)
class Band:
    """People scored from `low` to `high`: `n` of them, and the share with the outcome."""

    low: float
    high: float
    n: int
    with_outcome: Estimate


@dataclass(frozen=True)
class Tool:
    """Everybody, and each group by its name; `bands` of scores with what came out."""

    everybody: Fared
    groups: Mapping[str, Fared]
    bands: tuple[Band, ...]


def tool(
    score: ArrayLike,
    outcome: ArrayLike,
    *,
    group: ArrayLike | None = None,
    threshold: float | None = None,
    bands: int = 10,
) -> Tool:
    """Look back on a tool's scores (n,) and outcomes (n,), 1 where it came about and 0 where not.

    Whoever scored `threshold` or more was flagged. People are taken to be independent; the
    interval of an area is DeLong's on the logit, of a share Wilson's. Where those flagged were
    treated differently, outcomes tell of the treatment too, and no figure here can mend that.

    Raises NoRatings, LengthMismatch, BadColumn, BadRating with the row, BadParameter, and
    OneLevel where everybody had the same outcome.

    Source: DeLong, DeLong and Clarke-Pearson 1988; Pepe 2003; Wilson 1927.
    """
    scores, outcomes = numbers("score", score), numbers("outcome", outcome)
    if scores.size == 0:
        raise NoRatings
    if outcomes.size != scores.size:
        raise LengthMismatch("outcome", outcomes.size, scores.size)
    bad = np.flatnonzero((outcomes != 0) & (outcomes != 1))
    if bad.size:
        row = int(bad[0])
        raise BadRating(row, f"outcome is {outcomes[row]:g}, which is neither 0 nor 1.")
    if outcomes.min() == outcomes.max():
        raise OneLevel("outcome", f"{outcomes[0]:g}")
    if threshold is not None and not np.isfinite(threshold):
        raise BadParameter(f"threshold can't be {threshold}.")
    if not 2 <= bands <= 100:
        raise BadParameter(f"bands can't be {bands}.")
    had = outcomes == 1
    groups = {}
    if group is not None:
        code, labels = codes("group", group)
        if code.size != scores.size:
            raise LengthMismatch("group", code.size, scores.size)
        for at, label in enumerate(labels.tolist()):
            those = code == at
            groups[str(label)] = _fared(scores[those], had[those], threshold)
    return Tool(_fared(scores, had, threshold), groups, _bands(scores, had, bands))


def _fared(score: Floats, had: NDArray[np.bool_], threshold: float | None) -> Fared:
    area = auc(score, had)
    if threshold is None:
        return Fared(score.size, area, UNKNOWN, UNKNOWN, UNKNOWN)
    flagged = score >= threshold
    wrongly, rightly = float(np.sum(flagged & ~had)), float(np.sum(flagged & had))
    return Fared(
        n=score.size,
        auc=area,
        fpr=share(wrongly, float(np.sum(~had))),
        fnr=share(float(np.sum(had)) - rightly, float(np.sum(had))),
        ppv=share(rightly, wrongly + rightly),
    )


def auc(score: Floats, had: NDArray[np.bool_]) -> Estimate:
    """The area under the curve, ties counting half; O(n log n). Unknown with one outcome only."""
    above, below = score[had], score[~had]
    m, n = above.size, below.size
    if m == 0 or n == 0:
        return UNKNOWN
    # For each one with the outcome, the share without it that scored lower, and the reverse.
    higher = _lower_share(above, below)
    lower = 1 - _lower_share(below, above)
    area = float(higher.mean())
    if m < 2 or n < 2:
        return Estimate(area, (0.0, 1.0))
    if area in (0.0, 1.0):
        # All on one side: what a share of min(m, n) of min(m, n) would leave open.
        least = (0.025) ** (1 / min(m, n))
        return Estimate(area, (least, 1.0) if area == 1 else (0.0, 1 - least))
    error = float(np.sqrt(higher.var(ddof=1) / m + lower.var(ddof=1) / n))
    middle, width = np.log(area / (1 - area)), NORMAL_95 * error / (area * (1 - area))
    low, high = (float(1 / (1 + np.exp(-(middle + side * width)))) for side in (-1, 1))
    return Estimate(area, (low, high))


def _lower_share(score: Floats, others: Floats) -> Floats:
    ordered = np.sort(others)
    below = np.searchsorted(ordered, score, side="left")
    up_to = np.searchsorted(ordered, score, side="right")
    found: Floats = (below + up_to) / (2 * others.size)
    return found


def _bands(score: Floats, had: NDArray[np.bool_], bands: int) -> tuple[Band, ...]:
    """About as many people in each; scores that are equal stay together."""
    edges = np.unique(np.quantile(score, np.linspace(0, 1, bands + 1), method="lower"))
    at = np.clip(np.searchsorted(edges, score, side="right") - 1, 0, max(edges.size - 2, 0))
    found = []
    for band in range(max(edges.size - 1, 1)):
        those = at == band
        if those.any():
            inside = score[those]
            came = share(float(had[those].sum()), float(those.sum()))
            found.append(Band(float(inside.min()), float(inside.max()), int(those.sum()), came))
    return tuple(found)
