"""A gap between contexts may be looked at every day, and several charts at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook.signals import BadParameter, BadRating, LengthMismatch, NoRatings
from daybook.signals.gaps import gap
from daybook.signals.together import named


def looked_at_daily(seed, apart, days=300):
    rng = np.random.default_rng(seed)
    first = rng.random(days) < 0.5
    value = np.clip(np.rint(3 + apart * first + rng.standard_normal(days)), 1, 5)
    return gap(value, first, low=1, high=5)


def test_whoever_looks_every_day_for_300_days_is_rarely_told_of_a_gap_that_is_none():
    told = [looked_at_daily(seed, 0).apart_from is not None for seed in range(400)]
    assert np.mean(told) <= 0.05


def test_a_gap_of_a_point_is_told_within_the_days_and_with_its_sign():
    found = [looked_at_daily(seed, 1.0) for seed in range(50)]
    assert np.mean([each.apart_from is not None for each in found]) >= 0.9
    assert all(each.mean[-1] > 0 for each in found)


def test_turning_the_scale_turns_the_gap():
    rng = np.random.default_rng(1)
    value, first = rng.integers(1, 6, 80).astype(float), rng.random(80) < 0.4
    there, back = gap(value, first, low=1, high=5), gap(6 - value, first, low=1, high=5)
    np.testing.assert_allclose(there.low, -back.high, atol=1e-12)
    np.testing.assert_allclose(there.mean, -back.mean, atol=1e-12)


def test_with_one_context_only_nothing_is_said():
    found = gap([1, 2, 3], [True, True, True], low=1, high=5)
    assert np.isnan(found.low).all()
    assert found.apart_from is None


def test_wrong_input_is_named():
    with pytest.raises(NoRatings):
        gap([], [], low=1, high=5)
    with pytest.raises(LengthMismatch):
        gap([1, 2], [True], low=1, high=5)
    for bad in (6, np.nan, np.inf):
        with pytest.raises(BadRating, match="row 1: value is"):
            gap([1, bad], [True, False], low=1, high=5)
    with pytest.raises(BadParameter, match="confidence can't be 100"):
        gap([1], [True], low=1, high=5, confidence=100)


def test_of_five_charts_the_high_ones_are_named_together():
    assert named({"mood": 0.5, "trust": 1.8, "sleep": 40, "work": 70, "talk": 90}) == {
        "mood",
        "trust",
    }
    assert named({"mood": 4.0, "trust": 30, "sleep": 40, "work": 70, "talk": 90}) == frozenset()
    assert named({"mood": 4.0}) == {"mood"}
    assert named({}) == frozenset()


def test_where_nothing_changes_a_person_with_five_charts_is_named_in_five_of_100_cases():
    rng = np.random.default_rng(2)
    cases = [bool(named(dict(enumerate(100 * rng.random(5))))) for _ in range(4000)]
    assert np.mean(cases) == pytest.approx(0.05, abs=0.012)


@given(st.dictionaries(st.integers(), st.floats(0, 100), max_size=8), st.floats(0.1, 50))
def test_whatever_is_named_stands_higher_than_whatever_is_not(charts, rate):
    told = named(charts, rate)
    quiet = [charts[chart] for chart in charts.keys() - told]
    assert all(charts[chart] <= other for chart in told for other in quiet)


def test_a_chance_that_is_none_is_refused():
    with pytest.raises(BadParameter):
        named({"mood": 101})
    with pytest.raises(BadParameter):
        named({"mood": float("nan")})
