"""What the application relies on when it asks whether something has changed for a person."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daybook.signals import Because, Change, Parameters, Ratings, State, Taken
from daybook.signals import change as change_in_full
from daybook.signals.simulate import Service, simulate

QUICK = Parameters(replays=400)
"""Limits a little less sure than those of the application; the rest is the same."""

SMALL = Service(wings=2, people=12, days=110, raters=4, changed=0.3, change=1.5, change_day=70)


TINY = replace(SMALL, people=7, days=75, change_day=45)


def change(ratings, parameters=QUICK):
    return change_in_full(ratings, parameters)


def diary(values, day=None):
    day = np.arange(1, len(values) + 1) if day is None else day
    return change(Ratings(value=values, day=day)).answers[0]


def ordinary(days, seed=1, sd=0.5):
    return 3 + sd * np.random.default_rng(seed).standard_normal(days)


def same_to_rounding(left: Change, right: Change, sign: int = 1, shift: float = 0.0) -> None:
    assert left.answers.keys() == right.answers.keys()
    for code, a in left.answers.items():
        b = right.answers[code]
        assert a.state == b.state
        assert [(x.day, x.onset, x.direction) for x in a.alarms] == [
            (x.day, x.onset, sign * x.direction) for x in b.alarms
        ]
        np.testing.assert_allclose(sign * a.adjusted + shift, b.adjusted, atol=1e-8)


def test_the_first_thirty_days_form_the_baseline():
    assert diary(ordinary(30)).state is State.BASELINE_FORMING
    assert diary(ordinary(30)).usual is None
    assert diary(ordinary(31)).state is State.NO_LASTING_CHANGE


def test_thirty_days_with_few_entries_are_not_a_baseline_yet():
    assert diary(ordinary(9), day=np.arange(9) * 5).state is State.BASELINE_FORMING


def test_where_no_limit_can_be_found_none_is_told():
    """Rated every twentieth day, nobody is charted within the promised days."""
    answer = diary(ordinary(40), day=np.arange(40) * 20)
    assert answer.state is State.BASELINE_FORMING
    assert answer.limit is None
    json.dumps(answer.method.as_dict(), allow_nan=False)


@pytest.mark.parametrize("direction", [1, -1])
def test_a_lasting_change_is_found_dated_and_sized(direction):
    values = ordinary(90)
    values[59:] += direction * 1.0
    answer = diary(values)
    assert answer.state is State.WORTH_TALKING
    (alarm,) = answer.alarms
    assert alarm.direction == direction
    assert 55 <= alarm.onset <= 65
    assert alarm.onset <= alarm.day == answer.days[alarm.index] <= 80
    assert alarm.size == pytest.approx(direction * 1.0, abs=0.4)
    assert answer.usual == pytest.approx(3, abs=0.3), "the usual is the one before the onset"
    assert answer.chance.people <= 5


def test_a_brightening_after_a_low_spell_is_as_visible_as_the_fall():
    values = ordinary(130)
    values[50:90] -= 1.2
    assert [alarm.direction for alarm in diary(values).alarms] == [-1, 1]


def test_an_old_change_becomes_the_usual():
    values = ordinary(150)
    values[50:] += 1.2
    answer = diary(values)
    assert [alarm.direction for alarm in answer.alarms] == [1]
    assert answer.state is State.NO_LASTING_CHANGE
    assert answer.usual == pytest.approx(4.2, abs=0.3)


def test_missing_days_are_skipped():
    keep = np.sort(np.random.default_rng(2).permutation(np.arange(100))[:70])
    answer = diary(ordinary(100)[keep], day=keep)
    np.testing.assert_array_equal(answer.days, keep)
    assert answer.raw.size == answer.adjusted.size == answer.ewma.size == 70


def test_without_rater_and_unit_nothing_is_taken_out():
    answer = diary(ordinary(60))
    np.testing.assert_allclose(answer.adjusted, answer.raw)
    assert answer.explained_by_unit is None


def test_what_the_whole_wing_shares_is_the_wing():
    simulated = simulate(replace(SMALL, changed=0.0, wing_shift=1.0), seed=3)
    found = change(simulated.ratings)
    alarmed = [a for a in found.answers.values() if a.alarms]
    assert len(alarmed) <= 3
    on_first, later = found.weather.unit == 0, found.weather.day >= SMALL.change_day
    moved = found.weather.value[on_first & later].mean() - found.weather.value[on_first].mean()
    assert moved > 0.3
    talk = replace(SMALL, changed=0.0, wing_shift=1.0, days=SMALL.change_day + 10)
    shared = [a.explained_by_unit for a in change(simulate(talk, seed=3).ratings).answers.values()]
    assert np.mean(shared[: SMALL.people]) > 0.25, "the first wing moved"
    assert abs(np.mean(shared[SMALL.people :])) < 0.15, "the second did not"


def test_stricter_new_officers_are_not_a_change_of_the_people():
    rng = np.random.default_rng(4)
    person, day = (a.ravel() for a in np.meshgrid(np.arange(20), np.arange(1, 101)))
    rater = rng.integers(0, 4, day.size) + np.where(day < 60, 0, 4)
    habit = np.array([0.5, 0.2, -0.5, -0.2, -1.5, -1.0, -1.8, -0.9])[rater]
    value = 3 + habit + 0.5 * rng.standard_normal(day.size)
    unit = np.zeros(day.size, dtype=int)
    found = change(Ratings(value=value, day=day, person=person, rater=rater, unit=unit))
    assert sum(bool(a.alarms) for a in found.answers.values()) <= 2


def test_a_change_of_rater_that_nobody_bridges_is_not_separable():
    """Person 0 goes to an officer who rates only newcomers."""
    rng = np.random.default_rng(5)
    rows = [(p, day, p % 3) for p in range(8) for day in range(1, 61)]
    rows += [(0, day, 7) for day in range(61, 111)]
    rows += [(p, day, 7) for p in (10, 11) for day in range(61, 111)]
    person, day, rater = np.array(rows).T
    value = 3 + 0.5 * rng.standard_normal(day.size)
    ratings = {"value": value, "day": day, "person": person, "rater": rater}
    early = {name: column[day <= 80] for name, column in ratings.items()}
    answer = change(Ratings(**early)).answers[0]
    assert answer.state is State.NOT_SEPARABLE
    assert answer.because is Because.RATER_CHANGED
    later = change(Ratings(**ratings)).answers[0]
    assert later.state is State.NO_LASTING_CHANGE, "a new usual has formed"


def test_a_rater_who_rates_nobody_else_is_not_separable():
    values = ordinary(90)
    values[50:] += 2
    day = np.arange(1, 91)
    answer = change(Ratings(value=values, day=day, rater=np.ones(90))).answers[0]
    assert answer.state is State.NOT_SEPARABLE
    assert answer.because is Because.RATER_OF_ONE
    assert answer.alarms == ()


def test_constant_ratings_are_said_to_be_so():
    answer = diary(np.full(60, 3.0))
    assert answer.state is State.NOT_SEPARABLE
    assert answer.because is Because.NO_VARIATION


def alone_on_the_unit(rater):
    days = np.arange(1, 61)
    ones = np.ones(60, dtype=int)
    value = np.round(ordinary(60, sd=1))
    return change(Ratings(value=value, day=days, person=ones, rater=rater, unit=ones)).answers[1]


def test_alone_on_a_unit_with_one_rater_the_rater_is_the_reason():
    answer = alone_on_the_unit(np.ones(60, dtype=int))
    assert answer.state is State.NOT_SEPARABLE
    assert answer.because is Because.RATER_OF_ONE


def test_alone_on_a_unit_with_several_raters_there_is_nobody_to_compare_with():
    answer = alone_on_the_unit(np.arange(60) % 3)
    assert answer.state is State.NOT_SEPARABLE
    assert answer.because is Because.NOBODY_BESIDE


def test_one_constant_person_among_others_is_charted():
    simulated = simulate(replace(SMALL, changed=0.0), seed=6).ratings
    value = np.where(simulated.person == 0, 3.0, simulated.value)
    found = change(
        Ratings(
            value=value,
            day=simulated.day,
            person=simulated.person,
            rater=simulated.rater,
            unit=simulated.unit,
        )
    )
    assert found.answers[0].limit > 0
    assert np.isfinite(found.answers[0].adjusted).all()


def test_later_ratings_do_not_move_earlier_points():
    whole = simulate(SMALL, seed=7).ratings
    early = whole.day <= 90
    columns = {
        name: getattr(whole, name)[early] for name in ("value", "day", "person", "rater", "unit")
    }
    then, now = change(Ratings(**columns)), change(whole)
    for code, answer in then.answers.items():
        np.testing.assert_array_equal(
            answer.adjusted, now.answers[code].adjusted[: answer.days.size]
        )
        assert answer.alarms == tuple(a for a in now.answers[code].alarms if a.day <= 90)


def test_every_answer_keeps_the_method_it_was_drawn_with():
    stored = diary(ordinary(60)).method.as_dict()
    assert stored["version"] == "3"
    assert stored["parameters"]["promise"] == 5.0
    assert 0 <= stored["autocorrelation"] <= 0.9
    assert stored["sizes"]["mood"] > 0
    json.dumps(stored)


def test_a_stated_autocorrelation_is_used_and_makes_the_chart_more_careful():
    values = ordinary(75)
    values[40:] += 0.7
    ratings = Ratings(value=values, day=np.arange(75))
    low = change(ratings, replace(QUICK, autocorrelation=0.0)).answers[0]
    high = change(ratings, replace(QUICK, autocorrelation=0.6)).answers[0]
    assert high.method.autocorrelation == pytest.approx(0.6)
    assert low.alarms
    assert not high.alarms or high.alarms[0].day > low.alarms[0].day


def test_what_was_fitted_once_is_kept_and_gives_the_same_bits():
    ratings = simulate(TINY, seed=1).ratings
    kept = {}
    anew, first = change_in_full(ratings, QUICK), change_in_full(ratings, QUICK, kept=kept)
    assert kept
    before = dict(kept)
    again = change_in_full(ratings, QUICK, kept=kept)
    assert kept == before, "nothing was fitted twice"
    for code, answer in anew.answers.items():
        for other in (first.answers[code], again.answers[code]):
            np.testing.assert_array_equal(answer.adjusted, other.adjusted)
            assert answer.alarms == other.alarms
            assert answer.limit == other.limit
    broken = dict.fromkeys(kept, b"broken")
    assert change_in_full(ratings, QUICK, kept=broken).method == anew.method
    assert broken == before, "what could not be read was made anew"


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10_000), data=st.data())
def test_the_order_of_rows_changes_not_one_bit(seed, data):
    ratings = simulate(TINY, seed=1).ratings
    order = np.random.default_rng(seed).permutation(len(ratings))
    shuffled = Ratings(
        **{n: getattr(ratings, n)[order] for n in ("value", "day", "person", "rater", "unit")}
    )
    left, right = change(ratings), change(shuffled)
    for code, answer in left.answers.items():
        np.testing.assert_array_equal(answer.adjusted, right.answers[code].adjusted)
        assert answer.alarms == right.answers[code].alarms
    assert left.method == right.method


CONTINUOUS = replace(TINY, low=None, high=None)


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_names_of_raters_do_not_matter(seed):
    ratings = simulate(CONTINUOUS, seed=2).ratings
    names = np.random.default_rng(seed).permutation(1000)
    renamed = Ratings(
        value=ratings.value,
        day=ratings.day,
        person=ratings.person,
        rater=names[ratings.rater],
        unit=ratings.unit,
    )
    same_to_rounding(change(ratings), change(renamed))


@settings(max_examples=4, deadline=None)
@given(shift=st.integers(-50, 50), sign=st.sampled_from([1, -1]))
def test_shifting_or_reversing_the_scale_shifts_or_reverses_the_answer(shift, sign):
    ratings = simulate(CONTINUOUS, seed=3).ratings
    turned = Ratings(
        value=sign * ratings.value + shift,
        day=ratings.day,
        person=ratings.person,
        rater=ratings.rater,
        unit=ratings.unit,
    )
    same_to_rounding(change(ratings), change(turned), sign, shift)


@pytest.mark.parametrize("step", [1e-300, 1e-161, 1e-158, 1e-120, 1e-90])
def test_ratings_that_hardly_vary_are_charted_or_said_not_to(step):
    rng = np.random.default_rng(1)
    days = np.repeat(np.arange(90), 4)
    found = change(
        Ratings(
            value=rng.integers(1, 6, days.size) * step,
            day=days,
            person=np.tile(np.arange(4), 90),
            rater=rng.integers(0, 3, days.size),
            unit=np.zeros(days.size, dtype=np.int64),
        )
    )
    expected = {State.NOT_SEPARABLE} if step < 1e-100 else {State.NO_LASTING_CHANGE}
    assert {answer.state for answer in found.answers.values()} == expected


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.floats(-1e6, 1e6),
            st.integers(-400, 400),
            st.integers(0, 3),
            st.integers(0, 3),
            st.integers(0, 2),
        ),
        min_size=1,
        max_size=120,
    )
)
def test_anything_finite_gets_an_answer_without_a_silent_number(rows):
    value, day, person, rater, unit = zip(*rows, strict=True)
    found = change(Ratings(value=value, day=day, person=person, rater=rater, unit=unit))
    assert found.answers.keys() == set(person)
    for answer in found.answers.values():
        assert answer.state in State
        assert np.isfinite(answer.adjusted).all()
        assert np.isfinite(answer.ewma).all()
    assert np.isfinite(found.weather.value).all()


def test_a_change_that_was_taken_as_the_usual_is_no_news_and_the_way_back_is():
    fallen = ordinary(60) - 2 * (np.arange(60) >= 40)
    ratings = Ratings(value=fallen, day=np.arange(1, 61))
    said = change_in_full(ratings, QUICK).answers[0]
    assert (said.state, said.alarms[-1].direction) == (State.WORTH_TALKING, -1)
    taken = {0: Taken(day=55, direction=-1)}
    quiet = change_in_full(ratings, QUICK, taken=taken).answers[0]
    assert quiet.state is State.NO_LASTING_CHANGE
    assert quiet.alarms == said.alarms, "what the chart said is not rewritten"
    assert quiet.usual < said.usual - 1
    back = np.concatenate([fallen, ordinary(30, seed=2)])
    ratings = Ratings(value=back, day=np.arange(1, 91))
    news = change_in_full(ratings, QUICK, taken=taken).answers[0]
    assert (news.state, news.alarms[-1].direction) == (State.WORTH_TALKING, 1)
