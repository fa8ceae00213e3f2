"""Ratings read as steps beside the same read as numbers: what the check says, and when it can't."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import logit

from daybook.signals import BadParameter
from daybook.signals.raters import crossed, ordinal, raters

THRESHOLDS = np.array([-3.0, -2.2, 0.4, 1.0])
"""Uneven: a 3 is given for almost everything."""


def drawn(seed=0, people=120, officers=20, times=4_000, thresholds=THRESHOLDS):
    random = np.random.default_rng(seed)
    person, officer = random.normal(0, 1.4, people), random.normal(0, 0.9, officers)
    who, by = random.integers(0, people, times), random.integers(0, officers, times)
    latent = person[who] + officer[by] + random.logistic(size=times)
    value = 1.0 + np.searchsorted(thresholds, latent)
    return value, {"person": who, "officer": by}, {"person": person, "officer": officer}


def checked(value, effects):
    design = crossed(value, effects)
    return ordinal(design, raters(value, effects, with_levels=True))


def test_uneven_steps_are_seen_as_such_and_levels_lie_where_they_were_drawn():
    value, effects, true = drawn()
    found = checked(value, effects)
    assert found.steps.tolist() == [1, 2, 3, 4, 5]
    np.testing.assert_allclose(found.thresholds - found.thresholds.mean(),
                               THRESHOLDS - THRESHOLDS.mean(), atol=0.35)  # fmt: skip
    for name, level in true.items():
        met = np.unique(effects[name])
        assert np.corrcoef(found.levels[name], level[met])[0, 1] > 0.93
    assert min(found.alike.values()) > 0.95


def test_without_anybody_s_level_thresholds_are_the_logits_of_the_shares():
    value, effects, _true = drawn()
    design = crossed(value, effects)
    numbers = raters(
        value, effects, with_levels=True, sd={"person": 1e-4, "officer": 1e-4, "residual": 1.0}
    )
    found = ordinal(design, numbers)
    shares = np.array([(value <= step).mean() for step in (1, 2, 3, 4)])
    np.testing.assert_allclose(found.thresholds, logit(shares), atol=1e-3)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_names_order_and_direction_of_the_scale_change_nothing(seed):
    value, effects, _true = drawn(seed, people=30, officers=6, times=600)
    found = checked(value, effects)
    order = np.random.default_rng(seed).permutation(value.size)
    renamed = {
        name: np.char.add("x", column.astype(str))[order] for name, column in effects.items()
    }
    again = checked(value[order], renamed)
    turned = checked(6 - value, effects)
    np.testing.assert_allclose(again.thresholds, found.thresholds, atol=2e-3)
    np.testing.assert_allclose(-turned.thresholds[::-1], found.thresholds, atol=2e-3)
    for name, alike in found.alike.items():
        assert again.alike[name] == pytest.approx(alike, abs=1e-3)
        assert turned.alike[name] == pytest.approx(alike, abs=1e-3)


def test_the_same_input_gives_the_same_bits():
    value, effects, _true = drawn(times=800)
    one, other = checked(value, effects), checked(value, effects)
    assert one.thresholds.tobytes() == other.thresholds.tobytes()


def test_what_has_no_steps_or_no_levels_is_refused():
    value, effects, _true = drawn(times=800)
    design = crossed(value, effects)
    with pytest.raises(BadParameter, match="with_levels"):
        ordinal(design, raters(value, effects))
    smooth = value + np.random.default_rng(1).normal(size=value.size)
    with pytest.raises(BadParameter, match="800 different answers"):
        checked(smooth, effects)
