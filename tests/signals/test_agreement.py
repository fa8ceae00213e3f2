"""Agreement: textbook values, intervals that hold, and answers that only the data move."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daybook.signals.agreement import cohen, fleiss, gwet, icc, krippendorff
from daybook.signals.errors import (
    BadColumn,
    BadRating,
    NoRatings,
    NotSeparable,
    NoVariation,
    OneLevel,
)
from daybook.signals.evaluation import auc

CUTS = np.array([-1.0, -0.3, 0.4, 1.1])


def rated(random, units, raters, noise=0.6, missing=0.0):
    """Ratings 1 to 5 of a latent trait."""
    trait = random.standard_normal(units)[:, None]
    y = np.searchsorted(CUTS, trait + noise * random.standard_normal((units, raters))) + 1.0
    y[random.random(y.shape) < missing] = np.nan
    return y


def counts(y):
    return np.stack([(y == value).sum(axis=1) for value in range(1, 6)], axis=1)


def everything(y):
    found = {f"alpha {name}": each for name, each in krippendorff(y).items()}
    found |= gwet(y)
    if y.shape[1] == 2:
        found |= {f"kappa {name}": each for name, each in cohen(y).items()}
    if not np.isnan(y).any():
        found["fleiss"] = fleiss(counts(y))
    return found


def covered(units, raters, missing, simulations, seed=0):
    """How often each interval holds what 40,000 units tell."""
    random = np.random.default_rng(seed)
    truth = everything(rated(random, 40_000, raters, missing=missing))
    hits = dict.fromkeys(truth, 0)
    for _ in range(simulations):
        for name, each in everything(rated(random, units, raters, missing=missing)).items():
            low, high = each.ci
            hits[name] += low <= truth[name].value <= high
    return {name: hit / simulations for name, hit in hits.items()}


def covered_auc(simulations, seed=0):
    random = np.random.default_rng(seed)
    had = np.arange(160) < 60
    truth = 0.7602499389
    hits = 0
    for _ in range(simulations):
        low, high = auc(random.standard_normal(160) + had, had).ci
        hits += low <= truth <= high
    return hits / simulations


def test_intervals_hold_what_they_should():
    found = covered(80, 2, 0.0, 150) | {"auc": covered_auc(400)}
    assert all(0.89 <= share <= 1 for share in found.values()), found


@pytest.mark.thorough
@pytest.mark.timeout(0)
@pytest.mark.parametrize(("units", "raters", "missing"), [(100, 2, 0.0), (100, 4, 0.2)])
def test_intervals_hold_in_two_thousand_simulations(units, raters, missing):
    found = covered(units, raters, missing, 2000)
    assert all(0.93 <= share <= 0.97 for share in found.values()), found


@pytest.mark.thorough
def test_intervals_of_an_area_hold_in_two_thousand_simulations():
    assert 0.93 <= covered_auc(2000) <= 0.97


def test_kappa_is_the_textbook_s():
    """Cohen 1960 by hand: 0.7 agree, 0.5 would by chance."""
    table = {(1, 1): 20, (1, 2): 5, (2, 1): 10, (2, 2): 15}
    y = [pair for pair, times in table.items() for _ in range(times)]
    assert cohen(y)["none"].value == pytest.approx(0.4)
    # Fleiss, Cohen and Everitt's standard error for it is 0.1279.
    low, high = cohen(y)["none"].ci
    assert (high - low) / 2 == pytest.approx(1.98 * 0.1279, rel=0.05)


def test_weights_forgive_what_is_near():
    random = np.random.default_rng(1)
    first = random.integers(1, 6, 300)
    near = np.clip(first + random.integers(-1, 2, 300), 1, 5)
    found = cohen(np.column_stack([first, near]))
    assert found["none"].value < found["linear"].value < found["quadratic"].value


@given(seed=st.integers(0, 10_000), shift=st.integers(-9, 9), scale=st.sampled_from([0.5, 1, 3]))
@settings(max_examples=25, deadline=None)
def test_order_and_scale_do_not_matter(seed, shift, scale):
    random = np.random.default_rng(seed)
    y = rated(random, 30, 3)
    other = (shift - scale * y)[random.permutation(30)][:, random.permutation(3)]
    for ask in (icc, gwet, krippendorff):
        mine, theirs = ask(y), ask(other)
        for name, each in mine.items():
            if name == "ratio":
                continue
            assert theirs[name].value == pytest.approx(each.value, abs=1e-9), name
            assert theirs[name].ci == pytest.approx(each.ci, abs=1e-9), name
    table = counts(y)
    assert fleiss(table[:, ::-1]).value == pytest.approx(fleiss(table).value)


def test_complete_agreement_is_one_and_claims_no_more():
    y = np.repeat([[1.0], [2.0], [3.0], [2.0]], 3, axis=1)
    for ask in (krippendorff, gwet):
        for each in ask(y).values():
            assert each.value == pytest.approx(1)
            assert each.ci[1] <= 1
    assert icc(y)["ICC(C,1)"].value == pytest.approx(1)


def test_ratio_is_unknown_where_values_have_both_signs():
    found = krippendorff([[1, 1], [-1, 2], [2, 2], [3, 3]])
    assert found["ratio"].value is None
    assert found["ratio"].ci is None
    assert found["interval"].value is not None


@pytest.mark.parametrize("ask", [icc, cohen, krippendorff, gwet])
def test_bad_grids_are_named(ask):
    for bad, error in (
        ([], NoRatings),
        ([1, 2, 3], BadColumn),
        ([["a", "b"]], BadColumn),
        ([[1], [2]], OneLevel),
        ([[2, 2], [2, 2]], NoVariation),
        ([[np.nan, np.nan]], (NoRatings, BadRating)),
    ):
        with pytest.raises(error):
            ask(bad)
    with pytest.raises(BadRating, match="row 1: rating 2 is inf"):
        ask([[1, 2], [3, np.inf]])


def test_what_each_cannot_do_is_named():
    with pytest.raises(BadRating, match="row 1: rating 2 is missing"):
        icc([[1, 2], [3, np.nan]])
    with pytest.raises(NotSeparable, match="one unit alone"):
        icc([[1, 2]])
    with pytest.raises(BadColumn, match="kappa compares two raters, not 3"):
        cohen([[1, 2, 3], [1, 2, 2]])
    with pytest.raises(NotSeparable, match="no unit has two ratings"):
        krippendorff([[1, np.nan], [np.nan, 2]])
    with pytest.raises(NotSeparable, match="no unit has two ratings"):
        gwet([[1, np.nan], [np.nan, 2]])
    with pytest.raises(BadRating, match="row 1: 4 ratings where the first unit has 3"):
        fleiss([[1, 2], [2, 2]])
    with pytest.raises(BadRating, match=r"row 0: cell 2 is 0\.5"):
        fleiss([[1, 0.5], [2, 2]])
    with pytest.raises(NotSeparable, match="one rating a unit"):
        fleiss([[1, 0], [0, 1]])
    with pytest.raises(NoVariation):
        fleiss([[3, 0], [3, 0]])
    with pytest.raises(BadColumn, match="200 different values"):
        gwet(np.arange(200.0).reshape(-1, 2))
