"""How days apart are counted: on end, over several separations, whoever wished it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook.observe.safety.rules.apart import (
    ENOUGH,
    LONGEST,
    Span,
    hours,
    in_words,
    latest_end,
    longest_run,
    run,
)

START, DAY = date(2026, 3, 20), timedelta(days=1)
"""Clocks change within these weeks: days are days all the same."""


def on(day: int) -> date:
    return START + DAY * (day - 1)


MINUTES = st.dictionaries(st.integers(-30, 60).map(on), st.integers(0, 600), max_size=40)
LENGTHS = st.lists(st.tuples(st.integers(1, 15), st.integers(0, 4)), min_size=1, max_size=6)


def one_after_the_other(lengths: list[tuple[int, int]]) -> list[Span]:
    """Separations of so many days, with so many whole days between."""
    spans, day = [], 1
    for length, between in lengths:
        spans.append(Span(on(day), on(day + length - 1)))
        day += length + between
    return spans


def test_every_day_without_two_hours_counts_and_one_with_them_breaks_the_run() -> None:
    spans = [Span(on(1), None)]
    assert run(spans, {}, on(10)) == 10
    assert run(spans, {on(4): ENOUGH}, on(10)) == 6
    assert run(spans, {on(4): ENOUGH - 1}, on(10)) == 10
    assert run(spans, {on(10): ENOUGH}, on(10)) == 0


def test_separations_without_a_full_day_between_are_one() -> None:
    assert run([Span(on(1), on(5)), Span(on(6), None)], {}, on(8)) == 8
    assert run([Span(on(1), on(5)), Span(on(5), None)], {}, on(8)) == 8
    assert run([Span(on(1), on(5)), Span(on(7), None)], {}, on(8)) == 2


@given(lengths=LENGTHS, minutes=MINUTES, day=st.integers(1, 60))
def test_the_run_is_the_days_on_end_that_a_reader_would_count(
    lengths: list[tuple[int, int]], minutes: dict[date, int], day: int
) -> None:
    spans = one_after_the_other(lengths)
    counted = 0
    for each in range(1, day + 1):
        apart = any(s.began_on <= on(each) <= (s.ended_on or on(each)) for s in spans)
        counted = counted + 1 if apart and minutes.get(on(each), 0) < ENOUGH else 0
    assert run(spans, minutes, on(day)) == counted
    assert longest_run(spans, minutes, since=on(1), until=on(day)) >= counted


@given(lengths=LENGTHS, minutes=MINUTES)
def test_the_latest_end_is_the_last_that_stays_within_fifteen(
    lengths: list[tuple[int, int]], minutes: dict[date, int]
) -> None:
    spans = one_after_the_other(lengths)
    last_ended = spans[-1].ended_on
    assert last_ended is not None
    began = last_ended + DAY
    end = latest_end(spans, minutes, began_on=began)
    before = run(spans, minutes, began - DAY)
    assert began - DAY <= end < began + DAY * LONGEST
    for day in range((end - began).days + 1):
        assert run([*spans, Span(began, end)], minutes, began + DAY * day) <= LONGEST
    if end < began + DAY * (LONGEST - 1):
        wider = [*spans, Span(began, end + DAY)]
        assert run(wider, minutes, end + DAY) > LONGEST
    if not minutes and before < LONGEST:
        assert (end - began).days + 1 == LONGEST - before


@pytest.mark.parametrize(
    ("days", "longest", "until", "words"),
    [
        (4, 4, 12, ""),
        (9, 9, 12, ""),
        (10, 10, 15, "Day 10 apart"),
        (14, 14, 20, "can’t pass 15"),
        (15, 15, 15, "it ends today"),
        (16, 16, 15, "End it now"),
        # Two hours on the day after do not undo it.
        (0, 16, 15, "End it now"),
        (0, 3, 5, "somebody must end it"),
        (2, 2, 10, "Last day apart"),
    ],
)
def test_what_is_said_of_it(days: int, longest: int, until: int, words: str) -> None:
    today = on(max(days, 10))
    said = in_words(days=days, longest=longest, until_on=on(until), today=today)
    assert words in said
    assert bool(words) is bool(said)


def test_hours_as_on_a_clock() -> None:
    assert (hours(5), hours(90), hours(125)) == ("0:05", "1:30", "2:05")
