"""Ratings in whole steps: what a step tells of the point behind it, in the middle and at the ends.

A 5 on a scale that ends at 5 says "4.5 or more", and a 3 says "between 2.5 and 3.5". Read as
points, ratings near an end make falls look small and rises vanish; read as intervals, what they
tell fades where nearly everybody stands at the end, and stays whole elsewhere.

Source: Kulldorff 1961 on grouped normal observations, Fisher's scoring one rating at a time.
Compiled into `filter`, by way of `surprise`.
"""

from math import erfc, exp, log, pi, sqrt
from statistics import NormalDist

import numpy as np

from daybook.signals.compiled import compiled
from daybook.signals.ratings import Floats

RARE = 1e-10
"""The score of a step rarer than this is that of its nearest edge, as in the tails."""
LEAST = 1e-3
"""A rating counts at least so much of what one without steps would."""
NEVER_QUITE = 1e-6
ROUNDS = 200
NARROWEST = 0.3


@compiled()
def seen(value, expected, spread, low, high):  # type: ignore[no-untyped-def]
    """Score, expected information and log likelihood of a rating whose point is `expected`.

    `spread`: variance of the point. Where expectation and spread are right, the score has the
    mean zero, and the information is its variance.
    """
    sd = sqrt(spread)
    at = min(max(np.rint(value), low), high)
    information, score, mine = 0.0, 0.0, 0.0
    below, density_below = 0.0, 0.0
    step = low
    while step <= high:
        upto, density = 1.0, 0.0
        if step < high:
            x = (step + 0.5 - expected) / sd
            upto = 0.5 * erfc(-x / sqrt(2.0))
            density = exp(-0.5 * x * x) / (sqrt(2.0 * pi) * sd)
        likely, slope = upto - below, density_below - density
        if likely > RARE:
            information += slope * slope / likely
        if step == at:
            mine, score = likely, slope
        below, density_below = upto, density
        step += 1.0
    information = max(information, LEAST / spread)
    if mine > RARE:
        return score / mine, information, log(mine)
    edge = at - 0.5 if at > low and at - 0.5 > expected else at + 0.5
    away = edge - expected
    return away / spread, information, log(RARE) - 0.5 * away * away / spread


@compiled()
def all_seen(value, expected, spread, low, high):  # type: ignore[no-untyped-def]
    """What `seen` tells of each rating (n,), as three arrays (n,); the ends are whole numbers."""
    score, information = np.empty(value.size), np.empty(value.size)
    likelihood = np.empty(value.size)
    for i in range(value.size):
        score[i], information[i], likelihood[i] = seen(
            value[i], expected[i], spread, float(low), float(high)
        )
    return score, information, likelihood


@compiled()
def _likely(at, expected, sd, low, high):  # type: ignore[no-untyped-def]
    """Log of how likely the step `at` is."""
    below = 0.0 if at <= low else 0.5 * erfc(-(at - 0.5 - expected) / sd / sqrt(2.0))
    upto = 1.0 if at >= high else 0.5 * erfc(-(at + 0.5 - expected) / sd / sqrt(2.0))
    return log(max(upto - below, NEVER_QUITE))


@compiled()
def ratio(value, expected, sd, shift, low, high):  # type: ignore[no-untyped-def]
    """Log likelihood ratio of a shift against none, as a and b in a s + b s^2.

    s is the share of `shift` that shows; the curve goes through the true ratios of a half and
    of the whole.
    """
    at = min(max(np.rint(value), low), high)
    none = _likely(at, expected, sd, low, high)
    half = _likely(at, expected + shift / 2, sd, low, high) - none
    whole = _likely(at, expected + shift, sd, low, high) - none
    return 4 * half - whole, 2 * whole - 4 * half


def behind(value: Floats, low: float, high: float) -> tuple[float, float, float]:
    """Mean and variance of normal points behind whole steps, and how much of a small move of all
    points shows in the mean of the steps.

    Neither goes further from those of the steps than a scale's length: steps that are nearly all
    the same tell little. Source: the EM algorithm for grouped observations (Dempster, Laird and
    Rubin 1977).
    """
    steps = np.clip(np.rint(value), low, high)
    at, count = np.unique(steps, return_counts=True)
    share = count / value.size
    mean, sd = float(steps.mean()), max(float(steps.std()), NARROWEST)
    most = high - low
    for _ in range(ROUNDS):
        moments = np.array([_within(step, mean, sd, low, high) for step in at.tolist()])
        first, second = (share @ moments).tolist()
        mean = min(max(mean + sd * first, low - most), high + most)
        sd = min(max(sd * sqrt(max(second - first**2, 0.0)), NARROWEST), most)
    usual = NormalDist(mean, sd)
    shows = sum(usual.pdf(edge) for edge in np.arange(low, high) + 0.5)
    return mean, sd * sd, shows


def _within(step: float, mean: float, sd: float, low: float, high: float) -> tuple[float, float]:
    """Mean and mean square of the standardised points that are written down as `step`."""
    usual = NormalDist()
    a, b = ((step + half - mean) / sd for half in (-0.5, 0.5))
    below, density_a, edge_a = (0.0, 0.0, 0.0) if step <= low else (usual.cdf(a), usual.pdf(a), a)
    upto, density_b, edge_b = (1.0, 0.0, 0.0) if step >= high else (usual.cdf(b), usual.pdf(b), b)
    likely = max(upto - below, NEVER_QUITE)
    return (
        (density_a - density_b) / likely,
        1 + (edge_a * density_a - edge_b * density_b) / likely,
    )
