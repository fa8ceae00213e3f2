"""The parts beneath the answer, each against what is known from elsewhere."""

import numpy as np
import pytest

from daybook.signals.calibration import calibrate
from daybook.signals.charts import TwoSidedCusum, ewma
from daybook.signals.components import estimate
from daybook.signals.limits import chance, limit, peaks_by_chance
from daybook.signals.ratings import fold
from daybook.signals.simulate import Service, simulate


def test_components_come_back_from_a_service_that_has_them():
    service = Service(wings=8, days=60, low=None, high=None, replacement_day=None, raters=12)
    found = estimate(fold(simulate(service, seed=1).ratings), until=60)
    assert found.rater == pytest.approx(0.6**2, rel=0.35)
    assert found.weather == pytest.approx(0.4**2, rel=0.35)
    assert found.day == pytest.approx(0.6**2, rel=0.15)
    assert found.rating == pytest.approx(0.5**2, rel=0.1)


def test_the_normalised_ewma_begins_as_a_plain_mean_and_forgets():
    line = ewma(np.array([2.0, 4.0, *[3.0] * 200]), 0.1)
    assert line[0] == 2
    assert line[1] == pytest.approx((0.9 * 2 + 4) / 1.9)
    assert line[-1] == pytest.approx(3)


def test_the_cusum_follows_the_textbook():
    chart = TwoSidedCusum(1)
    who, one = np.array([0]), np.ones(1)
    for entry, z in enumerate([-1.0, 1.0, 1.5, 9.0]):
        chart.step(who, z * one, z * one, 0 * one, np.array([entry]))
    assert chart.height[1, 0] == pytest.approx(0.5 + 1.0 + 3.5)
    assert chart.height[0, 0] == 0
    assert chart.onset[1, 0] == 1
    assert chart.points[1, 0] / chart.entries[1, 0] == pytest.approx((1 + 1.5 + 9) / 3)


def test_limits_rise_with_autocorrelation_and_are_the_same_bits_each_time():
    limits = [limit(peaks_by_chance(phi, 30, 120), 5) for phi in (0, 0.3, 0.6)]
    assert limits == sorted(limits)
    peaks_by_chance.__globals__["_replay"].cache_clear()
    assert limits == [limit(peaks_by_chance(phi, 30, 120), 5) for phi in (0, 0.3, 0.6)]


def test_chance_at_the_limit_is_the_promise():
    peaks = peaks_by_chance(0.3, 30, 120)
    assert chance(peaks, limit(peaks, 5)) == pytest.approx(5, abs=0.01)
    assert chance(peaks, 0) == 100


def test_autocorrelation_of_short_series_is_pooled_without_its_usual_bias():
    rng = np.random.default_rng(3)
    people, days, phi = 300, 30, 0.4
    z = np.zeros((people, days))
    z[:, 0] = rng.standard_normal(people)
    for day in range(1, days):
        z[:, day] = phi * z[:, day - 1] + np.sqrt(1 - phi**2) * rng.standard_normal(people)
    found = calibrate(z.ravel(), np.repeat(np.arange(people), days), None)
    assert found.autocorrelation == pytest.approx(phi, abs=0.03)
    assert found.scale == pytest.approx(1, abs=0.05)
    assert not found.alone


def test_the_simulator_is_seeded():
    first, second = (simulate(Service(days=20), seed=9) for _ in range(2))
    np.testing.assert_array_equal(first.ratings.value, second.ratings.value)
    assert set(np.unique(first.ratings.value)) <= {1, 2, 3, 4, 5}
