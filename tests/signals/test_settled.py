"""What is kept after a day saves work, and can't change an answer."""

from dataclasses import replace

import numpy as np
import pytest

from daybook.signals import Parameters, Ratings, change, wing
from daybook.signals.simulate import Service, simulate

QUICK = Parameters(replays=400)
SERVICE = Service(
    wings=2, people=10, days=130, raters=4, changed=0.4, change=1.5, change_day=60,
    replacement_day=80,
)  # fmt: skip
NAMES = ("value", "day", "person", "rater", "unit")


@pytest.fixture(scope="module")
def kept():
    """Fits, found once for all of these tests."""
    return {}


@pytest.fixture(scope="module")
def ratings():
    """Codes far apart, so that newcomers fall between those already known."""
    drawn = simulate(SERVICE, seed=4).ratings
    shuffled = np.random.default_rng(0).permutation(20) * 10
    return Ratings(
        value=drawn.value, day=drawn.day, rater=drawn.rater * 7,
        person=shuffled[drawn.person], unit=(1 - drawn.unit) * 5 + 3,
    )  # fmt: skip


def some(ratings, rows):
    return Ratings(**{name: getattr(ratings, name)[rows] for name in NAMES})


def same_bits(left, right):
    assert left.answers.keys() == right.answers.keys()
    assert left.method == right.method
    for name in ("unit", "day", "value", "people"):
        np.testing.assert_array_equal(getattr(left.weather, name), getattr(right.weather, name))
    for code, a in left.answers.items():
        b = right.answers[code]
        for name in ("days", "raw", "adjusted", "ewma"):
            np.testing.assert_array_equal(getattr(a, name), getattr(b, name))
        for name in ("state", "because", "alarms", "usual", "band", "chance", "limit"):
            assert getattr(a, name) == getattr(b, name), (code, name)
        assert a.explained_by_unit == b.explained_by_unit


@pytest.fixture
def filtered(monkeypatch):
    """How many entries went through the filter of the whole service, fits and replays apart."""
    taken = []
    run = wing.run

    def counted(state, model, rules, rows, start, stop, *rest):
        if set(state.names["unit"]) <= {3, 8}:
            taken.append(stop - start)
        return run(state, model, rules, rows, start, stop, *rest)

    monkeypatch.setattr(wing, "run", counted)
    return taken


def test_day_after_day_from_what_was_kept_gives_the_bits_of_the_whole(ratings, kept, filtered):
    settled, days = None, range(60, SERVICE.days + 1)
    for today in days:
        so_far = some(ratings, ratings.day <= today)
        filtered.clear()
        found = change(so_far, QUICK, kept=kept, settled=settled, settle_on=today - 1)
        if settled is not None:
            assert sum(filtered) <= 2 * 20, "two days of twenty people, and not the history"
        settled = found.settled or settled
        if today % 10 == 0 or today in (90, 91, 92):
            same_bits(found, change(so_far, QUICK, kept=kept))
    assert any(answer.alarms for answer in found.answers.values()), "and there was news to keep"


def test_somebody_new_moves_codes_and_not_one_bit(ratings, kept, filtered):
    new = ~np.isin(ratings.person, (0, 90, 190)) | (ratings.day > 100)
    service = some(ratings, new)
    first = change(some(service, service.day <= 100), QUICK, kept=kept, settle_on=100)
    filtered.clear()
    found = change(service, QUICK, kept=kept, settled=first.settled)
    assert sum(filtered) == np.unique(service.day[service.day > 100] * 1000
                                      + service.person[service.day > 100]).size  # fmt: skip
    same_bits(found, change(service, QUICK, kept=kept))


@pytest.mark.parametrize("what", ["late", "corrected", "struck", "another rater", "moved"])
def test_what_lies_before_and_is_other_than_it_was_leads_back_to_the_first_day(
    ratings, kept, filtered, what
):
    first = change(some(ratings, ratings.day <= 110), QUICK, kept=kept, settle_on=110)
    row = int(np.flatnonzero(ratings.day == 100)[3])
    columns = {name: getattr(ratings, name).copy() for name in NAMES}
    if what == "late":
        columns = {name: np.append(column, column[row]) for name, column in columns.items()}
        columns["person"][-1] = columns["person"][row + 2]
        columns["value"][-1] = 6 - columns["value"][row + 2]
    elif what == "struck":
        columns = {name: np.delete(column, row) for name, column in columns.items()}
    else:
        name = {"corrected": "value", "another rater": "rater", "moved": "unit"}[what]
        other = {"value": 6, "rater": 7 * 15, "unit": 11}[name]
        columns[name][row] = other - columns[name][row] + (columns[name][row] == other / 2)
    now = Ratings(**columns)
    filtered.clear()
    found = change(now, QUICK, kept=kept, settled=first.settled)
    assert sum(filtered) > 1000, "the whole history went through the filter again"
    same_bits(found, change(now, QUICK, kept=kept))


def test_other_parameters_and_what_cannot_be_read_are_no_reason_to_trust_it(ratings, kept):
    first = change(ratings, QUICK, kept=kept, settle_on=120)
    careful = replace(QUICK, promise=2.0)
    same_bits(
        change(ratings, careful, kept=kept, settled=first.settled),
        change(ratings, careful, kept=kept),
    )
    for broken in (b"", b"nothing of ours", first.settled[:-200]):
        same_bits(
            change(ratings, QUICK, kept=kept, settled=broken), change(ratings, QUICK, kept=kept)
        )


def test_nothing_is_kept_before_there_is_a_fit_or_without_units(ratings, kept):
    early = some(ratings, ratings.day <= 25)
    assert change(early, QUICK, kept=kept, settle_on=25).settled is None
    alone = Ratings(value=ratings.value, day=ratings.day, person=ratings.person)
    assert change(alone, QUICK, settle_on=100).settled is None
