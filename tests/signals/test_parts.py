"""The parts beneath the answer, each against what is known from elsewhere."""

from dataclasses import replace

import numpy as np
import pytest

from daybook.signals import Ratings, wing
from daybook.signals.arrays import Model, Rules
from daybook.signals.charts import ewma
from daybook.signals.components import estimate
from daybook.signals.errors import OutOfOrder, StateUnreadable
from daybook.signals.fit import Likelihood, fit
from daybook.signals.limits import calendar
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


def filtered(service, seed, model, *, limit=np.inf):
    folded = fold(simulate(service, seed).ratings)
    rows = wing.rows_of(folded)
    state, told = wing.blank(folded), wing.told_of(rows.day.size)
    rules = Rules(30, 10, limit, charting=True, telling=True)
    wing.run(state, model, rules, rows, 0, rows.day.size, told, np.zeros(rows.day.size))
    return folded, state, wing.in_order(told, rows)


PLAIN = Service(wings=2, people=20, days=100, raters_a_day=1, low=None, high=None, drift=0.01)
TRUE = Model(3.0, 0.25, 0.36, 0.3, 0.25, 0.36, 1e-4, 0.16, 1e-9)


def test_errors_of_the_true_model_are_white_whatever_the_gaps_and_shares():
    service = replace(PLAIN, missing=0.4, share=0.9)
    folded, _, told = filtered(service, 1, TRUE)
    later = folded.entry_day > 10
    assert told.z[later].mean() == pytest.approx(0, abs=0.06)
    assert told.z[later].var() == pytest.approx(1, abs=0.08)
    order = np.lexsort((folded.entry_day, folded.entry_person))
    z, person = told.z[order], folded.entry_person[order]
    same = person[1:] == person[:-1]
    assert np.mean((z[1:] * z[:-1])[same]) == pytest.approx(0, abs=0.06)


@pytest.mark.parametrize("raters_a_day", [1, 2])
def test_an_error_is_as_if_the_person_had_been_rated_last(raters_a_day):
    """The deletion formula, beside dense matrices that leave one entry out."""
    service = replace(PLAIN, wings=1, people=4, raters=3, days=1, missing=0, replacement_day=None)
    folded, _, told = filtered(replace(service, raters_a_day=raters_a_day), 2, TRUE)
    person = folded.entry_person[folded.entry]
    same_person = person[:, None] == person
    same_rater = folded.rater[:, None] == folded.rater
    cov = (
        same_person * (TRUE.person + TRUE.mood)
        + same_rater * TRUE.rater
        # The weather, and the climate around which it is new each day.
        + 2 * TRUE.weather
        + np.eye(person.size) * TRUE.rating
    )
    off = folded.value - TRUE.mean
    for entry in range(4):
        mine = folded.entry == entry
        theirs = cov[np.ix_(~mine, ~mine)]
        link = cov[np.ix_(mine, ~mine)]
        error = off[mine] - link @ np.linalg.solve(theirs, off[~mine])
        spread = cov[np.ix_(mine, mine)] - link @ np.linalg.solve(theirs, link.T)
        ones = np.linalg.solve(spread, np.ones(mine.sum()))
        assert told.z[entry] == pytest.approx(ones @ error / np.sqrt(ones.sum()), abs=1e-9)


def test_a_day_at_a_time_gives_the_same_as_all_at_once():
    ratings = simulate(PLAIN, 3).ratings
    _, whole, told = filtered(PLAIN, 3, TRUE)
    rules = Rules(30, 10, np.inf, charting=True, telling=True)
    state, z = wing.State.empty(), []
    for day in range(1, PLAIN.days + 1):
        on = ratings.day == day
        columns = {n: getattr(ratings, n)[on] for n in ("value", "day", "person", "rater", "unit")}
        state = wing.State.from_bytes(state.to_bytes())
        z.append(wing.advance(state, Ratings(**columns), TRUE, rules)[1].z)
    np.testing.assert_allclose(np.concatenate(z), told.z, atol=1e-10)
    order = np.argsort(state.names["person"])
    np.testing.assert_allclose(state.people.peak[order], whole.people.peak, atol=1e-8)


def test_a_day_taken_in_twice_is_refused():
    state, rules = wing.State.empty(), Rules(30, 10, np.inf, charting=True, telling=True)
    wing.advance(state, Ratings(value=[3], day=[5]), TRUE, rules)
    with pytest.raises(OutOfOrder, match="Day 5 is not after day 5"):
        wing.advance(state, Ratings(value=[3], day=[5]), TRUE, rules)


@pytest.mark.parametrize("kept", [b"", b"nothing of ours", wing.State.empty().to_bytes()[:-90]])
def test_a_broken_state_is_named(kept):
    with pytest.raises(StateUnreadable):
        wing.State.from_bytes(kept)


def test_whoever_moves_to_another_wing_keeps_their_level():
    rng = np.random.default_rng(4)
    person, day = (a.ravel() for a in np.meshgrid(np.arange(10), np.arange(90)))
    unit = np.where((person == 0) & (day >= 60), 1, person // 5)
    level = np.where(person == 0, 5.0, 3.0)
    value = level + 0.5 * rng.standard_normal(day.size)
    folded = fold(Ratings(value=value, day=day, person=person, unit=unit))
    rows = wing.rows_of(folded)
    state, told = wing.blank(folded), wing.told_of(rows.day.size)
    rules = Rules(30, 10, np.inf, charting=True, telling=True)
    wing.run(state, TRUE, rules, rows, 0, rows.day.size, told, np.zeros(rows.day.size))
    usual = wing.in_order(told, rows).usual[(folded.entry_person == 0) & (folded.entry_day == 60)]
    assert usual > 4.3, "somebody new would be thought to be at 3"


def test_without_units_people_whom_no_rater_links_have_filters_of_their_own():
    value, day = [3.0] * 6, [1] * 6
    alone = fold(Ratings(value=value, day=day, person=range(6)))
    assert wing.groups(alone).tolist() == [0, 1, 2, 3, 4, 5]
    linked = fold(
        Ratings(value=value, day=day, person=[0, 1, 2, 3, 3, 4], rater=[7, 7, 8, 8, 9, 9])
    )
    first, second = wing.groups(linked)[:2], wing.groups(linked)[2:]
    assert len(set(first)) == len(set(second)) == 1
    assert first[0] != second[0]
    many = fold(Ratings(value=[3.0] * 150, day=[1] * 150, person=range(150), rater=[1] * 150))
    assert np.bincount(wing.groups(many)).tolist() == [60, 60, 30]


def test_the_fit_finds_what_ratings_were_drawn_with():
    service = replace(PLAIN, wings=6, people=30, days=40, raters=10, replacement_day=None)
    rows = wing.rows_of(fold(simulate(service, 5).ratings))
    found = fit(Likelihood(rows, has_raters=True, has_units=True), 1.1, 3.0, 0.25).model
    assert found.rater == pytest.approx(0.6**2, rel=0.35)
    assert found.weather == pytest.approx(0.4**2, rel=0.35)
    assert found.mood + found.rating == pytest.approx(0.6**2 + 0.5**2, rel=0.15)
    ahead = found.keeps * found.mood / (found.mood + found.rating)
    assert ahead == pytest.approx(0.3 * 0.36 / 0.61, abs=0.1)


def test_a_replayed_calendar_holds_whole_days_of_the_past_and_new_raters():
    past = wing.rows_of(fold(simulate(replace(PLAIN, days=30), 6).ratings))
    drawn = calendar(np.random.default_rng(1), past, 150, copies=2)
    assert set(np.unique(drawn.day)) <= set(range(150))
    assert np.all(np.diff(drawn.day) >= 0)
    assert drawn.person.max() >= 40, "the second copy has people of its own"
    raters = past.rater.max() + 1
    assert np.any((drawn.rater // raters) % 2 == 1), "somebody new came"


def test_the_simulator_is_seeded():
    first, second = (simulate(Service(days=20), seed=9) for _ in range(2))
    np.testing.assert_array_equal(first.ratings.value, second.ratings.value)
    assert set(np.unique(first.ratings.value)) <= {1, 2, 3, 4, 5}
