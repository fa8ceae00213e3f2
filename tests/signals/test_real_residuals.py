"""The promise on moods and habits that no simulator drew: a diary's days, and real raters'."""

from dataclasses import replace

import numpy as np
import pytest

from bench.calibration import real
from bench.calibration.cells import BASE
from daybook.signals import Parameters, change

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not real.here(), reason="the public data lie beside the checkout"),
]


def test_on_real_moods_and_real_raters_few_are_named():
    named = []
    for seed in range(4):
        ratings = real.simulate(replace(BASE, wings=3), seed).ratings
        found = change(ratings, Parameters(replays=2000))
        named += [bool(answer.alarms) for answer in found.answers.values()]
    print(f"named on real residuals: {100 * np.mean(named):.1f} % of {len(named)}")  # noqa: T201
    assert np.mean(named) <= 0.10
