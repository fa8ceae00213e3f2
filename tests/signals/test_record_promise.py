"""Does chance show as much as rarely as told, and do intervals hold the truth?"""

from dataclasses import replace

import numpy as np
import pytest

from bench.review.record import TESTS, asked
from daybook.signals.record.invented import Wing

UNCHANGED = Wing()


def shares(wing, seeds):
    told = [each for seed in seeds for each in asked(wing, seed)]
    return {
        test: (
            np.mean([each.by_chance < 5 for each in told if each.test == test]),
            np.mean([each.holds for each in told if each.test == test]),
        )
        for test in TESTS
    }


@pytest.mark.slow
@pytest.mark.parametrize("keeps", [0.0, 0.6])
def test_where_nothing_is_few_are_told_otherwise(keeps):
    # 120 people: 5 in 100 come out as up to 11 by chance.
    for below, holds in shares(replace(UNCHANGED, keeps=keeps), range(3)).values():
        assert below <= 0.11
        assert holds >= 0.89


@pytest.mark.thorough
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("keeps", [0.0, 0.3, 0.6])
@pytest.mark.parametrize("usual", [3.2, 4.6])
def test_where_nothing_is_five_in_a_hundred_are_told_otherwise(keeps, usual):
    wing = replace(UNCHANGED, keeps=keeps, usual=usual)
    for below, holds in shares(wing, range(100, 130)).values():
        assert below <= 0.07
        assert holds >= 0.93


@pytest.mark.slow
def test_what_is_planted_is_found():
    for field, size, found_at_least in (("apart", 0.5, 0.8), ("observers", 0.5, 0.8)):
        told = shares(replace(UNCHANGED, **{field: size}), range(6))
        below, holds = told["settings" if field == "apart" else field]
        assert below >= found_at_least
        assert holds >= 0.75
