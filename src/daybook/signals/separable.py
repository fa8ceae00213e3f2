"""Where a change of the person can't be told from a change of the rater."""

import numpy as np
from numpy.typing import NDArray

from daybook.signals.ratings import Folded, Integers

SHARED_PEOPLE = 2
NEVER = np.iinfo(np.int64).max


def unbridged_changes(folded: Folded, settle_days: int) -> list[Integers]:
    """For each person the days on which all raters changed and nothing links old to new.

    All raters changed: nobody who rated the person before that day did so on or after it. The
    two groups are linked where at least two other people were rated by one of the old and one
    of the new raters, up to `settle_days` after the change; then those others tell how the
    raters differ.
    """
    none = np.zeros(0, dtype=np.int64)
    if not folded.has_raters:
        return [none] * folded.people.size
    first, last = _spans(folded)
    return [
        np.array(
            [
                day
                for day in _clean_breaks(first[person], last[person])
                if not _linked(first, person, day, settle_days)
            ],
            dtype=np.int64,
        )
        for person in range(folded.people.size)
    ]


def rated_by_one_who_rates_nobody_else(folded: Folded) -> list[bool]:
    """For each person: is there one rater only, with no other person to know the habit from?"""
    if not folded.has_raters:
        return [False] * folded.people.size
    seen = _spans(folded)[0] < NEVER
    only_rater = seen.sum(axis=1) == 1
    rates_one = seen.sum(axis=0) == 1
    return [bool(only) for only in only_rater & (seen & rates_one).any(axis=1)]


def alone_on_the_unit(folded: Folded) -> NDArray[np.bool_]:
    """For each person: was nobody else of the unit rated on most of the same days?

    Then a day of the wing and a day of the person look the same.
    """
    if not folded.has_units:
        return np.zeros(folded.people.size, dtype=np.bool_)
    span = int(folded.entry_day.max() - folded.entry_day.min()) + 1
    key = folded.entry_unit * span + (folded.entry_day - folded.entry_day.min())
    _, code, count = np.unique(key, return_inverse=True, return_counts=True)
    lonely = np.bincount(folded.entry_person, count[code] == 1, minlength=folded.people.size)
    return lonely > 0.5 * np.bincount(folded.entry_person, minlength=folded.people.size)


def _spans(folded: Folded) -> tuple[Integers, Integers]:
    """First and last day of each person with each rater, shape (people, raters)."""
    shape = (folded.people.size, folded.raters.size)
    first, last = np.full(shape, NEVER), np.full(shape, -NEVER)
    cell = (folded.entry_person[folded.entry], folded.rater)
    day = folded.entry_day[folded.entry]
    np.minimum.at(first, cell, day)
    np.maximum.at(last, cell, day)
    return first, last


def _clean_breaks(first: Integers, last: Integers) -> list[int]:
    """Days on which a rater begins after every earlier one has ended."""
    seen = np.flatnonzero(first < NEVER)
    order = seen[np.argsort(first[seen], kind="stable")]
    ended = np.maximum.accumulate(last[order])
    return [
        int(first[r]) for r, before in zip(order[1:], ended[:-1], strict=True) if first[r] > before
    ]


def _linked(first: Integers, person: int, day: int, settle_days: int) -> bool:
    by_then = first <= day + settle_days
    old = first[person] < day
    new = by_then[person] & ~old
    both = np.flatnonzero(by_then[:, old].any(axis=1) & by_then[:, new].any(axis=1))
    return int(np.sum(both != person)) >= SHARED_PEOPLE
