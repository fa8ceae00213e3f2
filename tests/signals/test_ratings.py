"""Wrong input is named, with its row; it never becomes a number on a chart."""

import numpy as np
import pytest

from daybook.signals import (
    BadColumn,
    BadParameter,
    BadRating,
    LengthMismatch,
    NoRatings,
    Parameters,
    Ratings,
    State,
    change,
)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_value_that_is_not_finite_names_its_row(bad):
    with pytest.raises(BadRating, match="row 2: value is") as caught:
        Ratings(value=[1, 2, bad, 4], day=[1, 2, 3, 4])
    assert caught.value.row == 2


def test_text_where_a_number_belongs_names_its_row():
    with pytest.raises(BadRating, match="row 1: value is 'low', which is not a number"):
        Ratings(value=[1, "low"], day=[1, 2])
    with pytest.raises(BadRating, match="row 0: day is 'Monday'"):
        Ratings(value=[1, 2], day=["Monday", 2])
    with pytest.raises(BadRating, match="row 1: value is None"):
        Ratings(value=[1, None], day=[1, 2])


def test_a_number_beyond_all_reason_names_its_row():
    with pytest.raises(BadRating, match=r"row 1: value is 1e\+300, which is too far from zero"):
        Ratings(value=[1, 1e300], day=[1, 2])
    with pytest.raises(BadRating, match="row 0: day is"):
        Ratings(value=[1, 2], day=[10**15, 2])


def test_half_a_day_is_not_a_day():
    with pytest.raises(BadRating, match=r"row 1: day is 1.5, which is not a whole number"):
        Ratings(value=[1, 2], day=[1, 1.5])


def test_columns_must_be_of_one_length_and_one_dimension():
    with pytest.raises(LengthMismatch, match="rater has 1 rows where value has 2"):
        Ratings(value=[1, 2], day=[1, 2], rater=[1])
    with pytest.raises(BadColumn):
        Ratings(value=[[1, 2]], day=[1, 2])


def test_no_rows_are_named_and_one_row_is_a_baseline():
    with pytest.raises(NoRatings):
        Ratings(value=[], day=[])
    assert change(Ratings(value=[3], day=[1])).answers[0].state is State.BASELINE_FORMING


def test_ratings_are_frozen_and_leave_the_callers_arrays_alone():
    mine = np.array([1.0, 2.0])
    ratings = Ratings(value=mine, day=[1, 2])
    with pytest.raises(ValueError, match="read-only"):
        ratings.value[0] = 5
    mine[0] = 7
    assert ratings.value[0] == 1


def test_a_row_entered_twice_is_not_evidence_twice():
    rng = np.random.default_rng(1)
    person, day = (a.ravel() for a in np.meshgrid(np.arange(6), np.arange(60)))
    rater = rng.integers(0, 3, day.size)
    value = rng.normal(3, 1, day.size)
    once = change(Ratings(value=value, day=day, person=person, rater=rater))
    twice = change(
        Ratings(value=[*value, value[5]], day=[*day, day[5]], person=[*person, person[5]],
                rater=[*rater, rater[5]])
    )  # fmt: skip
    np.testing.assert_allclose(once.answers[5].adjusted, twice.answers[5].adjusted)


def test_a_parameter_out_of_range_is_named():
    with pytest.raises(BadParameter, match="autocorrelation can't be 1"):
        Parameters(autocorrelation=1)
