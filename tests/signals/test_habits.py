"""What a rater adds to everybody they rate, told apart from whom they know and when."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daybook.signals import Ratings
from daybook.signals.habits import habits


def service(seed=1, *, raters=12, people=40, days=60, habit=0.6):
    """Each person is rated once or twice a day; a rater's habit is the same for all."""
    random = np.random.default_rng(seed)
    own = habit * random.standard_normal(raters)
    level = 3 + 0.5 * random.standard_normal(people)
    rows = []
    for day in range(days):
        weather = 0.3 * random.standard_normal(2)
        for person in range(people):
            state = level[person] + weather[person % 2] + 0.4 * random.standard_normal()
            for rater in random.choice(raters, random.integers(1, 3), replace=False):
                rows.append((person, rater, person % 2, day,
                             state + own[rater] + 0.4 * random.standard_normal()))  # fmt: skip
    person, rater, unit, day, value = map(np.array, zip(*rows, strict=True))
    return own, {"value": value, "day": day, "person": person, "rater": rater, "unit": unit}


def test_habits_are_found_and_their_intervals_hold_them():
    hits = total = 0
    for seed in range(20):
        own, columns = service(seed)
        found = habits(Ratings(**columns))
        true = own - own.mean()
        assert np.abs(found.habit - true).max() < 0.25
        hits += int(((found.low <= true) & (true <= found.high)).sum())
        total += own.size
    # 240 intervals that should hold 95 %.
    assert 0.90 <= hits / total <= 0.99


def test_where_nothing_is_shared_the_interval_says_so():
    """One rater who alone knows their people: a habit can't be told from the people."""
    _, columns = service(3, raters=6)
    alone = columns["person"] < 5
    columns["rater"] = np.where(alone, 99, columns["rater"])
    found = habits(Ratings(**columns))
    mine = found.rater == 99
    assert found.shared[mine] == 0
    assert (found.shared[~mine] > 0).all()
    width = found.high - found.low
    assert width[mine] > 2 * width[~mine].max()
    assert found.low[mine] < 0 < found.high[mine]


def test_no_habit_is_made_up_where_raters_agree():
    _, columns = service(5, habit=0.0)
    found = habits(Ratings(**columns))
    assert found.rater.size == 0 or np.abs(found.habit).max() < 0.15


@pytest.mark.parametrize("columns", [
    {"value": [3.0], "day": [1], "person": [1], "rater": [1], "unit": [1]},
    {"value": [3.0, 3.0, 3.0], "day": [1, 2, 3], "person": [1, 1, 2], "rater": [1, 2, 1]},
])  # fmt: skip
def test_one_rating_and_ratings_that_are_all_alike_tell_of_nobody(columns):
    assert habits(Ratings(**columns)).rater.size == 0


def test_without_raters_there_is_nothing_to_say():
    _, columns = service(2, days=10)
    columns.pop("rater")
    assert habits(Ratings(**columns)).rater.size == 0


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 100), st.floats(-50, 50), st.booleans())
def test_names_of_raters_order_of_rows_and_the_scale_change_nothing_else(seed, moved, turned):
    _, columns = service(seed, raters=5, people=12, days=15)
    plain = habits(Ratings(**columns))
    order = np.random.default_rng(seed).permutation(columns["value"].size)
    sign = -1 if turned else 1
    other = {name: column[order] for name, column in columns.items()}
    other["value"] = sign * other["value"] + moved
    other["rater"] = 1000 - other["rater"]
    again = habits(Ratings(**other))
    assert again.rater.tolist() == (1000 - plain.rater)[::-1].tolist()
    np.testing.assert_allclose(again.habit, sign * plain.habit[::-1], atol=1e-6)
    np.testing.assert_allclose(again.high - again.low, (plain.high - plain.low)[::-1], atol=1e-6)
