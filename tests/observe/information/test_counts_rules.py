"""Tables in which no small number stands and none can be worked out, whatever is added up."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from daybook.observe.information.rules.counts import (
    SMALLEST,
    Line,
    given_away,
    kept_back,
    without_rare,
)

ALL = "all"


def table(rows: list[list[int]]) -> tuple[dict[object, int], list[Line]]:
    """A table with its sums below and at the side."""
    down, across = range(len(rows)), range(len(rows[0]))
    values: dict[object, int] = {(r, c): rows[r][c] for r in down for c in across}
    values |= {(r, ALL): sum(rows[r]) for r in down}
    values |= {(ALL, c): sum(rows[r][c] for r in down) for c in across}
    values[ALL, ALL] = sum(map(sum, rows))
    lines = [Line(tuple((r, c) for c in across), (r, ALL)) for r in (*down, ALL)]
    lines += [Line(tuple((r, c) for r in down), (ALL, c)) for c in (*across, ALL)]
    return values, lines


tables = st.integers(1, 5).flatmap(
    lambda across: st.lists(
        st.lists(st.one_of(st.integers(0, 7), st.integers(0, 60)), min_size=across,
                 max_size=across), min_size=1, max_size=5,
    )
)  # fmt: skip


@given(tables)
def test_no_small_number_stands_and_none_can_be_worked_out(rows: list[list[int]]) -> None:
    values, lines = table(rows)
    away = kept_back(values, lines)
    assert all(key in away for key, value in values.items() if 0 < value < SMALLEST)
    for line in lines:
        hidden = [key for key in line.cells if key in away]
        assert len(hidden) != 1
        if hidden and line.whole not in away and len(hidden) < len(line.parts):
            assert sum(values[key] for key in hidden) >= SMALLEST
    assert list(given_away(lines, away)) == []


@given(tables)
def test_somebody_who_solves_the_sums_finds_another_table_as_well(rows: list[list[int]]) -> None:
    """For every number that is hidden there is another one that fits all that is shown."""
    values, lines = table(rows)
    away = sorted(kept_back(values, lines), key=repr)
    for key in away:
        sums = np.array(
            [[(k in line.parts) - (k == line.whole) for k in away] for line in lines], dtype=float
        )
        fixed = np.vstack([sums, [k == key for k in away]])
        assert np.linalg.matrix_rank(fixed) == np.linalg.matrix_rank(sums) + 1


def test_nothing_is_kept_back_where_nothing_is_small() -> None:
    values, lines = table([[12, 0, 30], [7, 5, 0]])
    assert kept_back(values, lines) == set()


def test_one_small_number_takes_as_few_others_along_as_it_can() -> None:
    values, lines = table([[12, 3, 30], [7, 9, 20]])
    assert kept_back(values, lines) == {(0, 1), (0, 0), (1, 0), (1, 1)}


def test_words_that_stand_for_a_few_are_counted_together() -> None:
    counts = {"": 2, "Act 1": 9, "Act 2, for the man of cell 4": 1}
    assert without_rare(counts, keep=frozenset({""}), rest="-") == {
        "": "", "Act 1": "Act 1", "Act 2, for the man of cell 4": "-",
    }  # fmt: skip
