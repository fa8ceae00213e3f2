"""Climate, tools looked back on, and change beyond error."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daybook.signals.climate import climate
from daybook.signals.errors import (
    BadColumn,
    BadParameter,
    BadRating,
    LengthMismatch,
    NoRatings,
    NotSeparable,
    NoVariation,
    OneLevel,
)
from daybook.signals.evaluation import tool
from daybook.signals.reliability import Moved, reliable_change


def questionnaire(people=200, items=5, units=10, seed=0):
    random = np.random.default_rng(seed)
    group = random.integers(0, units, people)
    trait = 0.4 * random.standard_normal(units)[group] + random.standard_normal(people)
    answers = trait[:, None] + random.standard_normal((people, items))
    return np.clip(np.rint(answers + 3), 1, 5), group


def test_one_factor_with_like_items_has_one_reliability():
    answers, group = questionnaire(people=5000)
    found = climate(answers, group, scale=(1, 5))
    assert found.alpha == pytest.approx(found.omega, abs=0.003)
    assert 0.02 < found.icc1 < 0.25
    assert found.icc2 > 0.9


def test_a_unit_of_one_mind_agrees_and_chance_does_not():
    random = np.random.default_rng(1)
    group = np.repeat([0, 1], 2000)
    noise = random.integers(1, 6, (4000, 4)).astype(float)
    assert climate(noise, group, scale=(1, 5)).rwg < 0.1
    alike = np.where(group[:, None] == 0, 2, 4) + (random.random((4000, 4)) < 0.05)
    assert climate(alike, group, scale=(1, 5)).rwg > 0.95
    assert climate(alike, group).rwg is None


@given(seed=st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_order_names_and_direction_of_the_scale_do_not_matter(seed):
    answers, group = questionnaire(people=60, items=4, units=5, seed=seed)
    random = np.random.default_rng(seed)
    order = random.permutation(60)
    mine = climate(answers, group, scale=(1, 5))
    named = np.array(["ash", "birch", "cedar", "elm", "fir"])[group]
    theirs = climate((6 - answers)[order][:, ::-1], named[order], scale=(1, 5))
    for name in ("alpha", "omega", "icc1", "icc2", "rwg"):
        assert getattr(theirs, name) == pytest.approx(getattr(mine, name), abs=1e-5)


def test_bad_questionnaires_are_named():
    answers, group = questionnaire()
    with pytest.raises(NoRatings):
        climate([], [])
    with pytest.raises(BadColumn):
        climate(answers[:, 0], group)
    with pytest.raises(BadColumn):
        climate([["low"]], [1])
    with pytest.raises(LengthMismatch):
        climate(answers, group[:-1])
    with pytest.raises(OneLevel):
        climate(answers, np.zeros(200, dtype=int))
    with pytest.raises(NotSeparable):
        climate(answers, np.arange(200))
    with pytest.raises(BadRating, match=r"row 3: item 2 is 5, beyond the scale 1\.\.4"):
        climate(np.where(np.indices(answers.shape)[1] == 1, 5, 2) * (np.arange(200) == 3)[:, None]
                + np.minimum(answers, 2) * (np.arange(200) != 3)[:, None],
                group, scale=(1, 4))  # fmt: skip
    with pytest.raises(BadParameter, match=r"scale can't be 5..1"):
        climate(answers, group, scale=(5, 1))
    answers[:, 1] = 3
    with pytest.raises(NoVariation, match="item 2 is 3 in every row"):
        climate(answers, group)
    answers[7, 0] = np.nan
    with pytest.raises(BadRating, match="row 7: item 1 is nan"):
        climate(answers, group)


def screened(people=400, seed=0):
    random = np.random.default_rng(seed)
    score = random.standard_normal(people)
    return score, (score + random.standard_normal(people) > 0).astype(int), np.arange(people) % 2


def test_an_area_is_the_share_of_pairs_in_order():
    score, outcome, _ = screened(60)
    score = np.round(score)
    above, below = score[outcome == 1], score[outcome == 0]
    pairs = above[:, None] - below
    expected = np.mean((pairs > 0) + (pairs == 0) / 2)
    assert tool(score, outcome).everybody.auc.value == pytest.approx(expected)


def test_shares_by_group_are_counted():
    score = [1, 2, 3, 4, 1, 2, 3, 4]
    outcome = [0, 1, 0, 1, 0, 0, 0, 1]
    found = tool(score, outcome, group=list("aaaabbbb"), threshold=3).groups
    assert found["a"].fpr.value == 1 / 2
    assert found["a"].fnr.value == 1 / 2
    assert found["a"].ppv.value == 1 / 2
    assert found["b"].fpr.value == pytest.approx(1 / 3)
    assert found["b"].fnr.value == 0
    assert found["b"].n == 4
    low, high = found["a"].fpr.ci
    assert low < 0.5 < high


def test_bands_count_everybody_once():
    score, outcome, _ = screened()
    bands = tool(np.round(score), outcome).bands
    assert sum(band.n for band in bands) == 400
    assert all(one.high < other.low for one, other in pairwise(bands))
    assert bands[0].with_outcome.value < bands[-1].with_outcome.value


def test_what_nobody_could_tell_is_unknown():
    score, outcome, group = screened()
    outcome[group == 1] = 0
    found = tool(score, outcome, group=group, threshold=99.0)
    assert found.groups["1"].auc.value is None
    assert found.groups["1"].fnr.value is None
    assert found.everybody.ppv.value is None
    assert tool(score, outcome).everybody.fpr.value is None


@given(seed=st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_reversing_score_and_outcome_changes_nothing(seed):
    score, outcome, _ = screened(80, seed)
    order = np.random.default_rng(seed).permutation(80)
    mine = tool(score, outcome).everybody.auc
    theirs = tool(7 - 2 * score[order], 1 - outcome[order]).everybody.auc
    assert theirs.value == pytest.approx(mine.value)
    assert theirs.ci == pytest.approx(mine.ci)


def test_bad_screenings_are_named():
    with pytest.raises(NoRatings):
        tool([], [])
    with pytest.raises(LengthMismatch):
        tool([1, 2], [1])
    with pytest.raises(BadRating, match="row 1: outcome is 2, which is neither 0 nor 1"):
        tool([1, 2], [1, 2])
    with pytest.raises(OneLevel):
        tool([1, 2], [1, 1])
    with pytest.raises(BadRating, match="row 0: score is nan"):
        tool([np.nan, 2], [1, 0])
    with pytest.raises(BadParameter):
        tool([1, 2], [1, 0], threshold=np.nan)


def test_a_change_counts_beyond_error():
    """Jacobson and Truax 1991: SD 7.5, reliability 0.88, 47.5 to 32.5 is an index of -4.08."""
    found = reliable_change([47.5, 40.0], [32.5, 41.0], reliability=0.88, sd=7.5)
    assert found.index[0] == pytest.approx(-4.08, abs=0.01)
    assert found.moved == (Moved.DOWN, Moved.WITHIN_ERROR)
    assert not found.estimated


def test_of_those_who_do_not_change_one_in_twenty_seems_to():
    random = np.random.default_rng(1)
    true = random.standard_normal(20_000)
    before, after = (true + 0.5 * random.standard_normal(20_000) for _ in range(2))
    found = reliable_change(before, after)
    assert found.estimated
    assert found.reliability == pytest.approx(0.8, abs=0.01)
    assert np.mean([moved != Moved.WITHIN_ERROR for moved in found.moved]) == pytest.approx(
        0.05, abs=0.01
    )


def test_bad_scores_are_named():
    with pytest.raises(NoRatings):
        reliable_change([], [])
    with pytest.raises(NotSeparable, match="1 people tell neither"):
        reliable_change([1], [2])
    with pytest.raises(NoVariation, match="before is 1 in every row"):
        reliable_change([1, 1, 1], [1, 2, 3])
    with pytest.raises(NotSeparable, match=r"correlate at -1\.00"):
        reliable_change([1, 2, 3], [3, 2, 1])
    with pytest.raises(BadParameter, match="reliability can't be 1"):
        reliable_change([1], [2], reliability=1, sd=1)
    with pytest.raises(BadParameter, match="sd can't be 0"):
        reliable_change([1], [2], reliability=0.8, sd=0)
    with pytest.raises(BadRating, match="row 1: after is 'x'"):
        reliable_change([1, 2], [1, "x"])
