"""What one person's record can say: settings, observers, the days before a date."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daybook.signals import LengthMismatch, NoRatings, SignalsError
from daybook.signals.errors import NotSeparable, NoVariation
from daybook.signals.record import (
    Own,
    Steps,
    Written,
    apart,
    before_dates,
    beside,
    observers_apart,
    settings_apart,
)
from daybook.signals.record.invented import WING, WORK, Wing, invent

SMALL = Wing(people=12, days=90, officers=4, whole_steps=False)


def plain(values, settings=None, raters=None, days=None):
    """A record in which each rating stands alone and counts the same: sums by hand."""
    n = len(values)
    middle = np.asarray(values, dtype=float)
    return Own(
        day=np.arange(n) if days is None else np.asarray(days),
        rater=np.zeros(n, dtype=int) if raters is None else np.asarray(raters),
        setting=np.zeros(n, dtype=int) if settings is None else np.asarray(settings),
        known=np.ones(n, dtype=bool),
        adjusted=middle,
        unexplained=middle,
        information=np.eye(n),
    )


def test_where_each_rating_stands_alone_it_is_the_difference_of_two_means():
    random = np.random.default_rng(1)
    values, places = random.standard_normal(40), np.arange(40) % 3
    found = settings_apart(plain(values, places), 0, 2)
    assert found.value == pytest.approx(values[places == 0].mean() - values[places == 2].mean())
    assert (found.first, found.second) == (14, 13)


def test_before_dates_takes_the_fourteen_days_before_and_not_the_day_itself():
    values = np.zeros(60)
    values[16:30] = 1.0
    found = before_dates(plain(values), [30])
    assert (found.first, found.second) == (14, 46)
    assert found.value == pytest.approx(1.0)
    assert found.low > 0
    assert found.by_chance < 10


def test_observers_who_write_alike_lie_nowhere_apart_and_others_do():
    random = np.random.default_rng(2)
    raters, noise = np.arange(80) % 4, random.standard_normal(80)
    assert observers_apart(plain(noise, raters=raters)).by_chance > 5
    found = observers_apart(plain(noise + 1.5 * (raters - 1.5), raters=raters))
    # The means lie at about -2.25, -0.75, 0.75 and 2.25, with a standard deviation of 1.94.
    assert found.low < 1.94 < found.high
    assert found.value == pytest.approx(1.94, abs=0.3)
    assert found.by_chance == pytest.approx(0.1, abs=0.05)
    assert (found.first, found.second) == (4, 80)


def test_the_answer_is_that_of_the_textbook_with_every_matrix_written_out():
    """Generalised least squares over all ratings of the wing, digit for digit."""
    invented = invent(replace(SMALL, apart=0.5), 4)
    written, person = invented.written, 0
    found = apart(written)
    said = settings_apart(found.of(person), WORK, WING)

    own = written.person == person
    same = {
        name: getattr(written, name)[:, None] == getattr(written, name)[None, :]
        for name in ("rater", "person", "day")
    }
    nights = np.abs(written.day[:, None] - written.day[None, :])
    moods = found.sizes.moods
    covariance = (
        found.sizes.rater * same["rater"]
        + found.sizes.person * same["person"]
        + found.sizes.weather * same["day"]
        + moods.mood * moods.keeps**nights * same["person"]
        + np.diag(np.full(len(written.day), found.sizes.spread - moods.mood))
    )
    at_work = own & (written.setting == WORK)
    fixed = np.column_stack([np.ones(len(own)), own, at_work]).astype(float)
    weighed = np.linalg.solve(covariance, fixed)
    textbook = np.linalg.solve(fixed.T @ weighed, weighed.T @ written.value)
    assert said.value == pytest.approx(textbook[2], abs=1e-8)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 50), moved=st.floats(-20, 20), turned=st.booleans())
def test_turning_and_moving_the_scale_turns_the_answers_and_changes_nothing_else(
    seed, moved, turned
):
    written = invent(SMALL, seed).written
    sign = -1 if turned else 1
    other = apart(written.with_value(sign * written.value + moved)).of(3)
    plainly = apart(written).of(3)
    there, again = (settings_apart(own, 2, WING) for own in (plainly, other))
    assert again.value == pytest.approx(sign * there.value, abs=1e-6)
    assert again.high == pytest.approx(there.high if sign > 0 else -there.low, abs=1e-6)
    assert again.by_chance == pytest.approx(there.by_chance, abs=0.2)
    assert observers_apart(other).value == pytest.approx(observers_apart(plainly).value, abs=1e-6)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 50))
def test_rows_in_any_order_give_the_same_bits_and_names_of_raters_the_same_answer(seed):
    written = invent(SMALL, seed).written
    names = ("value", "day", "person", "rater", "setting")
    order = np.random.default_rng(seed).permutation(written.value.size)
    shuffled = Written.of(**{name: getattr(written, name)[order] for name in names})
    renamed = replace(written, rater=1000 - written.rater)
    asked = [settings_apart(apart(rows).of(2), WORK, WING) for rows in (written, shuffled, renamed)]
    assert asked[0] == asked[1]
    assert asked[2].value == pytest.approx(asked[0].value, abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), size=st.floats(-2, 2))
def test_an_interval_leaves_out_nought_just_where_chance_shows_as_much_at_most_one_time_in_twenty(
    seed, size
):
    random = np.random.default_rng(seed)
    places = np.repeat([0, 1], 15)[random.permutation(30)]
    found = settings_apart(plain(random.standard_normal(30) + size * places, places), 1, 0)
    assert found.low <= found.value <= found.high
    assert (found.by_chance > 5) == (found.low <= 0 <= found.high)


def test_a_rating_entered_twice_is_not_two():
    written = invent(SMALL, 1).written
    names = ("value", "day", "person", "rater", "setting")
    twice = Written.of(**{name: np.repeat(getattr(written, name), 2) for name in names})
    np.testing.assert_array_equal(twice.value, written.value)
    np.testing.assert_array_equal(twice.day, written.day)


def test_a_setting_that_differs_for_one_person_is_found_beside_a_wing_where_it_does_not():
    invented = invent(Wing(apart=0.8), 7)
    found = apart(invented.written, Steps(1, 5))
    said = settings_apart(found.of(0), WORK, WING)
    wing = beside(found.others(0), lambda own: settings_apart(own, WORK, WING))
    assert said.low > 0.3
    assert said.by_chance <= 1
    # The twenty who work: the others are at school.
    assert wing.people == 19
    assert wing.low < wing.middle < wing.high < said.value
    assert abs(wing.middle) < 0.2


def test_too_little_written_says_nothing():
    values = np.random.default_rng(3).standard_normal(19)
    assert settings_apart(plain(values, [0] * 10 + [1] * 9), 0, 1) is None
    assert observers_apart(plain(values, raters=[0] * 15 + [1] * 4)) is None
    assert before_dates(plain(values), [10]) is None
    assert before_dates(plain(values), []) is None


def test_beside_four_others_there_is_no_wing():
    found = apart(invent(replace(SMALL, people=5), 2).written)
    assert beside(found.others(0), observers_apart) is None


def test_what_cant_be_told_apart_is_named():
    columns = {"value": [1.0, 2, 2, 4, 3, 5], "day": [1, 2, 3] * 2, "setting": [0] * 6}
    with pytest.raises(NotSeparable, match="one person alone"):
        apart(Written.of(**columns, person=[1] * 6, rater=[1, 2, 1, 2, 1, 2]))
    alone = Written.of(**columns, person=[1, 1, 1, 2, 2, 2], rater=[1, 1, 1, 2, 2, 2])
    with pytest.raises(NotSeparable, match="of nobody else"):
        apart(alone).of(1)
    with pytest.raises(NotSeparable, match="nothing was written"):
        apart(alone).of(3)
    with pytest.raises(NoVariation):
        apart(alone.with_value(np.full(6, 2.0)))
    with pytest.raises(NoRatings):
        Written.of(value=[], day=[], person=[], rater=[], setting=[])
    with pytest.raises(LengthMismatch):
        Written.of(**columns | {"setting": [0]}, person=[1] * 6, rater=[1] * 6)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            *(st.integers(low, high) for low, high in ((1, 5), (0, 9), (0, 2), (0, 2), (0, 1)))
        ),
        min_size=2,
        max_size=60,
    ),
    steps=st.sampled_from([None, Steps(1, 5)]),
)
def test_whatever_was_written_there_is_an_answer_or_an_error_with_a_name(rows, steps):
    value, day, person, rater, setting = zip(*rows, strict=True)
    written = Written.of(value=value, day=day, person=person, rater=rater, setting=setting)
    try:
        own = apart(written, steps).of(0)
    except SignalsError:
        return
    for said in (
        settings_apart(own, 0, 1, draws=99), observers_apart(own, draws=99),
        before_dates(own, [4], draws=99),
    ):  # fmt: skip
        assert said is None or np.isfinite([said.value, said.low, said.high]).all()
        assert said is None or 0 <= said.by_chance <= 100


def test_somebody_of_whom_one_value_was_always_written_is_flat_and_no_test_is_made_of_it():
    written = invent(Wing(people=12, days=60), 1).written
    flat = written.with_value(np.where(written.person == 0, 3.0, written.value))
    with pytest.raises(NoVariation):
        apart(flat, Steps(1, 5)).of(0)
