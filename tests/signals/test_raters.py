"""Crossed raters: the answer is the textbook's, whatever the order, labels or scale."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
from daybook.signals.raters import fit, raters


def service(people=40, officers=8, ratings=600, sd=(0.7, 0.5, 1.0), seed=0):
    random = np.random.default_rng(seed)
    person = random.integers(0, people, ratings)
    officer = random.integers(0, officers, ratings)
    value = (
        3
        + sd[0] * random.standard_normal(people)[person]
        + sd[1] * random.standard_normal(officers)[officer]
        + sd[2] * random.standard_normal(ratings)
    )
    return value, {"person": person, "officer": officer}


def deviance(logs, value, effects):
    """Minus twice the restricted log-likelihood, as the textbook writes it."""
    *variances, residual = np.exp(logs)
    covariance = residual * np.eye(value.size)
    for variance, codes in zip(variances, effects.values(), strict=True):
        covariance += variance * (codes[:, None] == codes)
    factor = np.linalg.cholesky(covariance)
    ones = np.linalg.solve(factor, np.ones(value.size))
    y = np.linalg.solve(factor, value)
    left = y - ones * (ones @ y) / (ones @ ones)
    return 2 * np.log(np.diag(factor)).sum() + np.log(ones @ ones) + left @ left


def slope(found, value, effects, step=1e-3):
    """How the textbook's deviance changes where each logarithm of a variance is moved."""
    here = 2 * np.log([found.sd[name] for name in [*effects, "residual"]])
    moved = [here + step * way for way in (*np.eye(here.size), *-np.eye(here.size))]
    up, down = np.array([deviance(at, value, effects) for at in moved]).reshape(2, -1)
    return (up - down) / (2 * step)


@pytest.mark.parametrize("seed", range(3))
def test_the_answer_is_that_of_restricted_likelihood(seed):
    value, effects = service(people=15, officers=6, ratings=90, sd=(0.8, 0.9, 1.0), seed=seed)
    found = raters(value, effects)
    assert all(low < found.sd[name] < high for name, (low, high) in found.ci.items())
    np.testing.assert_allclose(slope(found, value, effects), 0, atol=1e-4)


def test_three_effects_and_one_alone():
    value, effects = service(people=12, officers=6, ratings=90, sd=(0.8, 0.9, 1.0))
    effects["day"] = np.random.default_rng(5).integers(0, 10, value.size)
    value = value + 0.8 * np.random.default_rng(6).standard_normal(10)[effects["day"]]
    alone = {"person": effects["person"]}
    for some in (effects, alone):
        found = raters(value, some)
        assert all(found.sd.values())
        np.testing.assert_allclose(slope(found, value, some), 0, atol=1e-4)


def test_random_signs_come_to_the_same_answer_as_the_matrix(monkeypatch):
    value, effects = service(people=900, officers=300, ratings=9000, seed=4)
    exact = raters(value, effects)
    monkeypatch.setattr(fit, "FEW_LEVELS", 0)
    drawn = raters(value, effects)
    assert not any(exact.by_chance.values())
    assert any(drawn.by_chance.values())
    assert drawn.sd == pytest.approx(exact.sd, rel=1e-3)
    for name, chance in drawn.by_chance.items():
        assert abs(drawn.sd[name] / exact.sd[name] - 1) < 5 * chance + 1e-4
    assert drawn.intercept == pytest.approx(exact.intercept, abs=1e-3)


def test_levels_are_the_best_linear_predictions():
    value, effects = service(people=15, officers=5, ratings=120, seed=2)
    found = raters(value, effects, with_levels=True)
    assert all(found.sd.values())
    covariance = found.sd["residual"] ** 2 * np.eye(value.size)
    for name, codes in effects.items():
        covariance += found.sd[name] ** 2 * (codes[:, None] == codes)
    inverse = np.linalg.inv(covariance)
    intercept = inverse.sum(axis=0) @ value / inverse.sum()
    assert found.intercept == pytest.approx(intercept, abs=1e-6)
    for name, codes in effects.items():
        levels = found.levels[name]
        member = codes[:, None] == levels.label
        expected = found.sd[name] ** 2 * (member.T @ inverse @ (value - intercept))
        np.testing.assert_allclose(levels.effect, expected, atol=1e-6)
        np.testing.assert_array_equal(levels.count, member.sum(axis=0))


def test_given_components_are_used_as_they_are():
    value, effects = service()
    sd = {"person": 0.7, "officer": 0.5, "residual": 1.0}
    found = raters(value, effects, sd=sd, with_levels=True)
    assert found.sd == sd
    assert found.iterations == 0
    for wrong in ({"person": 1.0}, {**sd, "residual": 0.0}, {**sd, "officer": np.nan}):
        with pytest.raises(BadParameter):
            raters(value, effects, sd=wrong)


def test_no_habit_at_all_is_said_as_zero():
    random = np.random.default_rng(7)
    person, officer = np.repeat(np.arange(30), 20), np.tile(np.arange(20), 30)
    residual = random.standard_normal((30, 20))
    # Officers are exactly alike on average: less than chance alone would make them differ.
    residual -= residual.mean(axis=0)
    value = (random.standard_normal((30, 1)) + residual).ravel()
    found = raters(value, {"person": person, "officer": officer})
    assert found.sd["officer"] == 0
    low, high = found.ci["officer"]
    assert low == 0
    assert 0 <= high < 0.3
    assert found.sd["person"] > 0.5


def test_true_values_lie_in_their_intervals_as_often_as_told():
    inside = []
    for seed in range(40):
        value, effects = service(people=80, officers=40, ratings=1500, seed=seed)
        ci = raters(value, effects).ci
        truth = {"person": 0.7, "officer": 0.5, "residual": 1.0}
        inside += [ci[name][0] <= sd <= ci[name][1] for name, sd in truth.items()]
    assert 0.89 <= np.mean(inside) <= 0.99


@given(
    seed=st.integers(0, 10_000),
    shift=st.floats(-100, 100),
    scale=st.floats(0.1, 10),
)
@settings(max_examples=15, deadline=None)
def test_order_labels_and_scale_do_not_matter(seed, shift, scale):
    value, effects = service(people=20, officers=6, ratings=200, seed=seed)
    plain = raters(value, effects, with_levels=True)
    random = np.random.default_rng(seed)
    order = random.permutation(value.size)
    names = np.array([f"officer {chr(65 + k)}" for k in random.permutation(6)])
    # Turned upside down, stretched, moved, shuffled, and the officers called by name.
    other = raters(
        (shift - scale * value)[order],
        {"person": effects["person"][order], "officer": names[effects["officer"]][order]},
        with_levels=True,
    )
    expected = {name: scale * sd for name, sd in plain.sd.items()}
    assert other.sd == pytest.approx(expected, rel=1e-6, abs=1e-3 * scale)
    mine = dict(zip(plain.levels["person"].label, plain.levels["person"].effect, strict=True))
    theirs = other.levels["person"]
    for label, effect in zip(theirs.label, theirs.effect, strict=True):
        assert effect == pytest.approx(-scale * mine[label], abs=1e-5 * scale)


def test_the_same_input_gives_the_same_bits(monkeypatch):
    monkeypatch.setattr(fit, "FEW_LEVELS", 0)
    value, effects = service(people=3000, officers=500, ratings=600_000)
    once, again = (raters(value, effects, with_levels=True) for _ in range(2))
    assert once.sd == again.sd
    assert (once.levels["officer"].effect == again.levels["officer"].effect).all()


def test_blocks_on_several_cores_add_up_to_the_whole(monkeypatch):
    value, effects = service(people=3000, officers=50, ratings=60_000)
    whole = raters(value, effects, with_levels=True)
    monkeypatch.setattr("daybook.signals.raters.blocks.RATINGS_A_BLOCK", 7000)
    cut = raters(value, effects, with_levels=True)
    assert cut.sd == pytest.approx(whole.sd, rel=1e-9)
    for name in effects:
        np.testing.assert_allclose(cut.levels[name].effect, whole.levels[name].effect, atol=1e-9)


def test_parts_that_share_nobody_are_counted():
    value, effects = service()
    assert raters(value, effects).parts == 1
    apart = {
        "person": np.concatenate([effects["person"], effects["person"] + 100]),
        "officer": np.concatenate([effects["officer"], effects["officer"] + 100]),
    }
    assert raters(np.tile(value, 2), apart).parts == 2
    assert raters(value, {"person": effects["person"]}).parts == 1


def test_what_cannot_be_told_apart_is_named():
    value, effects = service()
    with pytest.raises(NotSeparable, match="person and same always change together"):
        raters(value, {"person": effects["person"], "same": effects["person"] * 7 + 1})
    with pytest.raises(NotSeparable, match="every row has its own row"):
        raters(value, {**effects, "row": np.arange(value.size)})
    with pytest.raises(OneLevel, match="officer is Kim in every row"):
        raters(value, {**effects, "officer": ["Kim"] * value.size})
    with pytest.raises(NoVariation, match="value is 3 in every row"):
        raters(np.full(value.size, 3.0), effects)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_a_number_names_its_row(bad):
    value, effects = service()
    value[17] = bad
    with pytest.raises(BadRating, match="row 17: value is") as caught:
        raters(value, effects)
    assert caught.value.row == 17


def test_other_bad_input_is_named():
    value, effects = service()
    with pytest.raises(NoRatings):
        raters([], {"person": []})
    with pytest.raises(OneLevel):
        raters([3.0, 4.0], {"person": [1, 1]})
    with pytest.raises(NoVariation):
        raters([3.0], {"person": [1]})
    with pytest.raises(BadParameter, match="at least one effect"):
        raters(value, {})
    with pytest.raises(BadColumn, match="can't be called residual"):
        raters(value, {"residual": effects["person"]})
    with pytest.raises(LengthMismatch, match="officer has 2 rows where value has 600"):
        raters(value, {**effects, "officer": [1, 2]})
    with pytest.raises(BadRating, match="row 1: who is empty"):
        raters([1, 2, 3], {"who": ["a", "", "b"]})
    with pytest.raises(BadRating, match="row 2: who is empty"):
        raters([1, 2, 3], {"who": [1.0, 2.0, np.nan]})
    with pytest.raises(BadRating, match=r"row 1: who is 2.5, which is not a label"):
        raters([1, 2, 3], {"who": [1.0, 2.5, 1.0]})
    with pytest.raises(BadRating, match="row 1: value is 'low'"):
        raters([1, "low", 3], {"who": [1, 2, 1]})
