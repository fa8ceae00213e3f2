"""How good a record is, counted."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook.signals import LengthMismatch, NoRatings
from daybook.signals.record import quality


def test_a_record_of_two_touches_by_one_officer_is_named_as_that():
    found = quality(
        day=[1, 2, 2, 9],
        two_touches=[True, True, False, True],
        observer=[7, 7, 7, 7],
        setting=[0, 0, 1, 0],
        values={"mood": [3, 3, 3, 4], "sleep": []},
        since=1,
        until=10,
    )
    assert (found.entries, found.two_touches) == (4, 3)
    assert (found.days, found.span, found.longest_gap) == (3, 10, 6)
    assert (found.observers, found.settings) == (1, 2)
    assert dict(found.one_value) == {"mood": (3, 4)}


def test_wrong_input_is_named():
    columns = {"two_touches": [], "observer": [], "setting": [], "values": {}}
    with pytest.raises(NoRatings):
        quality(day=[], **columns, since=1, until=2)
    with pytest.raises(LengthMismatch):
        quality(day=[1], **columns, since=1, until=2)


@given(st.lists(st.integers(0, 99), min_size=1), st.integers(0, 5))
def test_days_written_and_the_longest_gap_never_exceed_the_span(days, later):
    found = quality(
        day=days,
        two_touches=np.zeros(len(days), dtype=bool),
        observer=days,
        setting=days,
        values={"mood": [float(day % 5) for day in days]},
        since=0,
        until=99 + later,
    )
    assert found.days + found.longest_gap <= found.span
    assert found.days <= found.entries
    commonest, of = found.one_value["mood"]
    assert of / 5 <= commonest <= of
