"""Rates with their intervals against published figures; and nothing hidden can be worked out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook.observe.information.rules.fairness import (
    Counts,
    Measure,
    beside_the_rest,
    by_chance,
    hidden,
    problem_with_look,
    rate,
    ratio,
)


@pytest.mark.parametrize(
    ("count", "among", "low", "high"),
    [
        # Newcombe 1998, Statistics in Medicine 17, table I, method 3 (Wilson's score).
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_is_as_published(count: int, among: int, low: float, high: float) -> None:
    found = rate(count, among)
    assert found.low / 100 == pytest.approx(low, abs=5e-5)
    assert found.high / 100 == pytest.approx(high, abs=5e-5)
    assert found.value == pytest.approx(100 * count / among)


def test_a_ratio_is_as_published() -> None:
    """Aspirin and heart attacks (Physicians' Health Study 1989, as in Agresti 2002, section 3.1):
    189 of 11,034 on placebo, 104 of 11,037 on aspirin: 1.82 times as often, 1.43 to 2.30."""
    found = ratio(189, 11_034, 104, 11_037)
    assert (round(found.value, 2), round(found.low, 2), round(found.high, 2)) == (1.82, 1.43, 2.31)
    assert found.stands_out


def test_a_ratio_with_a_nought_is_wide_and_whole() -> None:
    found = ratio(0, 30, 6, 60)
    assert 0 < found.low < found.value < 1 < found.high
    assert not found.stands_out
    assert ratio(0, 300, 60, 300).stands_out, "less often, too, is unlike"


@pytest.mark.parametrize("counts", [(5, 4, 1, 2), (-1, 4, 1, 2), (1, 0, 1, 2), (1, 2, 3, 2)])
def test_what_is_no_rate_is_refused(counts: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="out of"):
        ratio(*counts)


counts_of_groups = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda two: (max(two), min(two))),
    min_size=1,
    max_size=9,
)


@given(counts_of_groups)
def test_no_hidden_count_can_be_got_by_subtraction(groups: list[tuple[int, int]]) -> None:
    people, counts = zip(*groups, strict=True)
    away = hidden(people, counts, [False] * len(groups))
    for number, count, hides in zip(people, counts, away, strict=True):
        assert hides or (number >= 10 and not 0 < count < 5)
    them = [at for at, hides in enumerate(away) if hides]
    if not them or all(away):
        # Nothing is hidden; or nothing but the whole is shown.
        return
    left_people, left_counts = sum(people[at] for at in them), sum(counts[at] for at in them)
    # The whole less what is shown: several groups, of whom any may have none or five and more.
    assert len(them) >= 2
    assert left_people >= 10
    assert left_counts >= 5 or sum(counts) == 0


@given(counts_of_groups, st.data())
def test_what_is_shut_stays_shut_and_no_more_is_hidden_than_it_takes(
    groups: list[tuple[int, int]], data: st.DataObject
) -> None:
    people, counts = zip(*groups, strict=True)
    shut = data.draw(st.lists(st.booleans(), min_size=len(groups), max_size=len(groups)))
    away = hidden(people, counts, shut)
    assert all(now for given_, now in zip(shut, away, strict=True) if given_)
    if not any(shut) and all(n >= 10 and not 0 < c < 5 for n, c in groups):
        assert not any(away)


def test_the_smallest_group_is_hidden_beside_the_only_small_one() -> None:
    people, counts = (80, 7, 40, 20), (20, 3, 12, 8)
    assert hidden(people, counts, [False] * 4) == [False, True, False, True]


def test_a_group_beside_the_rest_is_compared_with_nobody_twice() -> None:
    whole = Counts(people=94, reported=21)
    found = beside_the_rest(Counts(people=30, reported=15), whole, Measure.REPORTED)
    assert found == ratio(15, 30, 6, 64)
    assert beside_the_rest(Counts(people=94, reported=21), whole, Measure.REPORTED) is None
    assert beside_the_rest(Counts(people=30), whole, Measure.REPORTED) is None
    assert beside_the_rest(Counts(people=30, reported=15), Counts(), Measure.REPORTED) is None


def test_one_comparison_in_twenty_stands_out_by_chance() -> None:
    assert [by_chance(number) for number in (0, 19, 40, 111)] == [0, 1, 2, 6]


def test_the_next_look_is_ahead_and_within_a_year() -> None:
    today = date(2026, 11, 28)
    assert problem_with_look(today, today=today)
    assert problem_with_look(today + timedelta(days=400), today=today)
    assert not problem_with_look(today + timedelta(days=30), today=today)
