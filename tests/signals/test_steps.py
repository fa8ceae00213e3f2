"""Ratings in whole steps are read as intervals of points, near the ends of a scale, too."""

from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest

from daybook.signals import Parameters, change
from daybook.signals.simulate import Service, simulate
from daybook.signals.steps import behind, ratio, seen

LOW, HIGH = 0.0, 4.0
STEPS = np.arange(LOW, HIGH + 1)


def likely(step, mean, sd):
    usual = NormalDist(mean, sd)
    below = 0.0 if step == LOW else usual.cdf(step - 0.5)
    return (1.0 if step == HIGH else usual.cdf(step + 0.5)) - below


@pytest.mark.parametrize("expected", [-0.7, 0.4, 2.0, 3.9, 4.8])
@pytest.mark.parametrize("sd", [0.4, 1.1])
def test_a_score_has_mean_zero_and_the_information_as_variance(expected, sd):
    told = np.array([seen(step, expected, sd**2, LOW, HIGH) for step in STEPS])
    share = np.array([likely(step, expected, sd) for step in STEPS])
    np.testing.assert_allclose(np.exp(told[:, 2])[share > 1e-9], share[share > 1e-9], rtol=1e-6)
    assert share @ told[:, 0] == pytest.approx(0, abs=1e-6)
    assert share @ told[:, 0] ** 2 == pytest.approx(told[0, 1], rel=1e-4)


def test_a_score_is_the_slope_of_the_log_likelihood():
    ahead, behind_ = (seen(4.0, 3.2 + d, 0.5, LOW, HIGH)[2] for d in (1e-5, -1e-5))
    assert seen(4.0, 3.2, 0.5, LOW, HIGH)[0] == pytest.approx((ahead - behind_) / 2e-5, rel=1e-6)


def test_a_long_scale_of_fine_steps_tells_what_points_tell():
    score, information, _ = seen(52.0, 45.0, 400.0, 0.0, 100.0)
    assert score == pytest.approx(7 / 400, rel=1e-2)
    assert information == pytest.approx(1 / 400, rel=1e-2)


def test_at_the_ceiling_a_five_tells_little_and_a_fall_a_lot():
    in_the_middle, at_the_end = (seen(4.0, x, 0.5, LOW, HIGH) for x in (2.0, 4.6))
    assert at_the_end[1] < 0.6 * in_the_middle[1]
    assert 0 < at_the_end[0] < 0.2 * in_the_middle[0]
    assert seen(2.0, 4.6, 0.5, LOW, HIGH)[0] < -2


@pytest.mark.parametrize("value", [0.0, 4.0])
@pytest.mark.parametrize("expected", [-60.0, 60.0])
def test_what_is_as_good_as_impossible_gives_finite_numbers(value, expected):
    assert np.isfinite(seen(value, expected, 0.2, LOW, HIGH)).all()
    assert np.isfinite(ratio(value, expected, 0.4, 0.7, LOW, HIGH)).all()


@pytest.mark.parametrize("shift", [-0.6, 0.6])
def test_a_ratio_is_that_of_the_intervals(shift):
    linear, square = ratio(3.0, 2.4, 0.7, shift, LOW, HIGH)
    for share in (0.5, 1.0):
        true = np.log(likely(3, 2.4 + share * shift, 0.7) / likely(3, 2.4, 0.7))
        assert linear * share + square * share**2 == pytest.approx(true)


def test_points_behind_a_ceiling_are_found():
    random = np.random.default_rng(1)
    points = 3.4 + 1.1 * random.standard_normal(40_000)
    mean, variance, shows = behind(np.clip(np.rint(points), LOW, HIGH), LOW, HIGH)
    assert mean == pytest.approx(3.4, abs=0.03)
    assert np.sqrt(variance) == pytest.approx(1.1, abs=0.03)
    up, down = (np.clip(np.rint(points + d), LOW, HIGH).mean() for d in (0.1, -0.1))
    assert shows == pytest.approx((up - down) / 0.2, abs=0.02)


@pytest.mark.parametrize("value", [[4.0] * 50, [4.0] * 49 + [0.0]])
def test_steps_that_are_nearly_all_the_same_stay_on_the_ground(value):
    mean, variance, shows = behind(np.array(value), LOW, HIGH)
    assert LOW - HIGH <= mean <= 2 * HIGH
    assert 0 < variance <= HIGH**2
    assert 0 <= shows <= 1.5


@pytest.mark.slow
def test_the_sizes_behind_a_ceiling_are_fitted():
    service = Service(
        wings=10, raters_a_day=1, usual=4.4, own_day=0.65, rating=0.25, autocorrelation=0.6, days=40
    )
    sizes = change(simulate(service, 3).ratings, Parameters(replays=200)).method.sizes
    assert sizes is not None
    assert sizes.mood == pytest.approx(0.65, abs=0.08)
    assert sizes.keeps == pytest.approx(0.6, abs=0.1)
    assert sizes.rater == pytest.approx(0.6, abs=0.15)
    assert sizes.weather == pytest.approx(0.4, abs=0.06)


@pytest.mark.slow
def test_changes_below_a_ceiling_are_found_downwards():
    service = Service(wings=5, raters_a_day=1, usual=4.4, changed=0.2)
    simulated = simulate(replace(service, change=1.5), 2)
    answers = change(simulated.ratings, Parameters(replays=1000)).answers
    fell = np.flatnonzero(simulated.shift < 0)
    found = [any(a.direction < 0 and a.day >= 90 for a in answers[p].alarms) for p in fell]
    assert np.mean(found) >= 0.8
