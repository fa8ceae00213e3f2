"""What rows are taken to say, whatever stands in them."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook.foundation.people.imports.columns import columns_of
from daybook.foundation.people.imports.rules import (
    PERSON_FIELDS,
    STAY_FIELDS,
    Held,
    Period,
    PersonRow,
    StayRow,
    person_row,
    status_follows,
    stay_row,
    stays_follow,
)
from daybook.foundation.registry.maps import WrongMap
from daybook.foundation.registry.sheets import Row
from daybook.observe.reflections.rules.imports import Moment, Reading, Scale, key_of, ratings_map

NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)
KEYS = {
    "source": "book",
    "date": {"column": "date"},
    "time": {"column": "time"},
    "person": {"system column": "system", "column": "number"},
    "rater": {"column": "rater"},
    "contact": "talk",
    "cant_tell": ["?"],
    "channels": {"mood": {"column": "mood", "scale": [-3, 3]}},
}
COLUMNS = ("date", "time", "system", "number", "rater", "mood")


def reading(**keys: object) -> Reading:
    return Reading(ratings_map({**KEYS, **keys}, channels={"mood", "tension"}), NOW, UTC)


def a_row(**cells: str) -> Row:
    usual = dict(zip(COLUMNS, ("2025-02-01", "09:30", "s", "1", "r", "0"), strict=True))
    return Row(2, usual | cells)


@given(st.fixed_dictionaries({name: st.text() for name in COLUMNS}))
def test_any_text_is_a_moment_or_comes_back_with_reasons(cells: dict[str, str]) -> None:
    found = reading().moment(Row(2, cells))
    if isinstance(found, Moment):
        assert found.at <= NOW
        assert all(step is None or 1 <= step <= 5 for step in found.steps.values())
    else:
        assert found
        assert all(problem.reason for problem in found)


@given(st.sampled_from(COLUMNS), st.text())
def test_one_cell_of_rubbish_never_crashes_and_is_named(column: str, rubbish: str) -> None:
    found = reading().moment(a_row(**{column: rubbish}))
    if not isinstance(found, Moment):
        assert {problem.column for problem in found} == {column}


@given(st.dictionaries(st.sampled_from(PERSON_FIELDS), st.text()))
def test_any_person_row_is_read_or_comes_back(cells: dict[str, str]) -> None:
    columns = columns_of(PERSON_FIELDS, {}, fields=PERSON_FIELDS, needed=set())
    assert isinstance(person_row(Row(2, cells), columns, today=NOW.date()), PersonRow | list)


@given(st.dictionaries(st.sampled_from(STAY_FIELDS), st.text()))
def test_any_stay_row_is_read_or_comes_back(cells: dict[str, str]) -> None:
    columns = columns_of(STAY_FIELDS, {}, fields=STAY_FIELDS, needed=set())
    assert isinstance(stay_row(Row(2, cells), columns, now=NOW, zone=UTC), StayRow | list)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*KEYS, "x"]), inner),
    ),
    st.sampled_from([*KEYS, "form", "setting", "missing", "decimal"]),
)
def test_any_map_is_followed_or_refused_by_its_keys(value: object, key: str) -> None:
    try:
        ratings_map({**KEYS, key: value}, channels={"mood"})
    except WrongMap as wrong:
        problems = wrong.problems
    else:
        return
    assert any(key in problem for problem in problems)


@pytest.mark.parametrize(
    ("low", "high", "steps"),
    [
        (1, 5, [1, 2, 3, 4, 5]),
        (1, 7, [1, 2, 2, 3, 4, 4, 5]),
        (-3, 3, [1, 2, 2, 3, 4, 4, 5]),
        (1, 9, [1, 2, 2, 3, 3, 3, 4, 4, 5]),
        (0, 10, [1, 1, 2, 2, 3, 3, 3, 4, 4, 5, 5]),
    ],
)
def test_scales_are_carried_over_in_proportion(low: int, high: int, steps: list[int]) -> None:
    scale = Scale("x", Fraction(low), Fraction(high))
    assert [scale.step(Fraction(value)) for value in range(low, high + 1)] == steps


@given(st.fractions(-5, 5), st.integers(-4, 0), st.integers(1, 4))
def test_a_reversed_scale_gives_the_mirrored_steps(value: Fraction, low: int, high: int) -> None:
    step = Scale("x", Fraction(low), Fraction(high)).step(value)
    mirrored = Scale("x", Fraction(low), Fraction(high), reverse=True).step(value)
    assert (step is None) == (mirrored is None) == (not low <= value <= high)
    if step is not None and mirrored is not None:
        assert step + mirrored == 6


def test_missing_is_left_out_and_can_t_tell_is_an_answer() -> None:
    read = reading()
    steps = [read.moment(a_row(mood=cell)) for cell in ("NA", "?", "3")]
    assert [m.steps for m in steps if isinstance(m, Moment)] == [{}, {"mood": None}, {"mood": 5}]


def test_a_decimal_comma_is_read_where_the_map_says_so() -> None:
    (problem,) = reading().moment(a_row(mood="1,5"))  # type: ignore[misc]
    assert problem.reason == "is not a number"
    found = reading(decimal=",").moment(a_row(mood="1,5"))
    assert isinstance(found, Moment)
    assert found.steps == {"mood": 4}


def test_the_key_of_a_row_is_its_source_person_rater_and_time() -> None:
    read = reading()

    def key(by: Reading = read, person: int = 1, rater: int = 1, **cells: str) -> object:
        found = by.moment(a_row(**cells))
        assert isinstance(found, Moment)
        return key_of(found, by.by, person_id=person, rater_id=rater)

    assert key() == key() == key(mood="3")
    others = {key(person=2), key(rater=2), key(time="09:31"), key(by=reading(source="other"))}
    assert len(others | {key()}) == 5
    without_time = reading(time=None)
    assert key(by=without_time) == key(by=without_time, time="10:00")
    assert key(by=without_time) != key(by=without_time, mood="3")


def a_status(status: str, since: int, until: int | None = None) -> Held:
    day = date(2025, 1, 1).replace
    return Held(status, day(day=since), until and day(day=until), id=since)


def test_a_status_follows_another_and_ends_it_the_day_before() -> None:
    held = [a_status("remand", 5)]
    assert status_follows(held, "remand", date(2025, 1, 5)) == []
    assert status_follows(held, "remand", date(2025, 1, 9)) == []
    assert status_follows(held, "sentenced", date(2025, 1, 9)) == [
        a_status("remand", 5, 8), Held("sentenced", date(2025, 1, 9)),
    ]  # fmt: skip
    assert isinstance(status_follows(held, "sentenced", date(2025, 1, 5)), str)
    assert status_follows([], "probation", date(2025, 1, 5)) == [
        Held("probation", date(2025, 1, 5))
    ]


_DAY = st.integers(0, 12)
_STAYS = st.dictionaries(
    st.sampled_from("abcdef"),
    st.tuples(_DAY, st.none() | _DAY).filter(lambda s: s[1] is None or s[0] <= s[1]),
)


def periods(stays: dict[str, tuple[int, int | None]], key: int | None) -> dict[str, Period]:
    def at(day: int) -> datetime:
        return datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=day)

    return {
        source: Period(source, 1, None, at(a), None if b is None else at(b), "", key)
        for source, (a, b) in stays.items()
    }


@given(_STAYS, _STAYS)
def test_stays_never_overlap_however_files_come(
    first: dict[str, tuple[int, int | None]], second: dict[str, tuple[int, int | None]]
) -> None:
    known: dict[str, Period] = {}
    for file in (first, second):
        wanted = periods(file, None)
        written, refused = stays_follow(known, wanted)
        known |= {stay.source: stay for stay in written}
        assert refused.keys() | known.keys() >= wanted.keys()
        in_time = sorted(known.values(), key=lambda s: (s.began_at, s.ended_at or NOW))
        for one, other in pairwise(in_time):
            assert one.ended_at is not None
            assert one.ended_at <= other.began_at
        # The same file again finds everything as it left it.
        assert stays_follow(known, wanted)[0] == []
