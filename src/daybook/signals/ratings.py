"""Ratings as they come in: who was rated by whom, where, on which day, with what value."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from daybook.signals.columns import Floats as Floats
from daybook.signals.columns import Integers as Integers
from daybook.signals.columns import numbers
from daybook.signals.errors import BadRating, LengthMismatch, NoRatings

LARGEST = 1e9


@dataclass(frozen=True, eq=False, init=False)
class Ratings:
    """Ratings of one channel, one a row, in any order.

    `value` are rating points, `day` whole days on any calendar that counts up by one (an ordinal,
    days since admission), `person`, `rater` and `unit` any whole numbers that identify, such as
    database ids; all of shape (n,). `rater` or `unit` left out means that nothing is taken out
    for it; `person` left out means that all rows are about one person, code 0.

    Raises NoRatings, LengthMismatch, BadColumn, and BadRating with the first row that is wrong.
    """

    value: Floats
    day: Integers
    person: Integers
    rater: Integers | None
    unit: Integers | None

    def __init__(
        self,
        *,
        value: ArrayLike,
        day: ArrayLike,
        person: ArrayLike | None = None,
        rater: ArrayLike | None = None,
        unit: ArrayLike | None = None,
    ) -> None:
        values = numbers("value", value)
        if values.size == 0:
            raise NoRatings
        columns = {"day": day, "person": person, "rater": rater, "unit": unit}
        _keep(self, "value", values)
        for name, given in columns.items():
            column = None if given is None else whole(name, given)
            if column is None and name == "person":
                column = np.zeros(values.size, dtype=np.int64)
            if column is not None and column.size != values.size:
                raise LengthMismatch(name, column.size, values.size)
            _keep(self, name, column)
        _within_reason("value", values)
        _within_reason("day", self.day)

    def __len__(self) -> int:
        return int(self.value.size)


def _keep(ratings: Ratings, name: str, column: Floats | Integers | None) -> None:
    if column is not None:
        column.setflags(write=False)
    object.__setattr__(ratings, name, column)


def _within_reason(name: str, found: Floats | Integers) -> None:
    # Beyond it squares and dates overflow, and a wrong number would come out in silence.
    bad = np.flatnonzero(np.abs(found) > LARGEST)
    if bad.size:
        row = int(bad[0])
        raise BadRating(row, f"{name} is {found[row]}, which is too far from zero to chart.")


def whole(name: str, given: ArrayLike) -> Integers:
    """Whole numbers, (n,). Raises BadColumn, BadRating."""
    array = np.asarray(given)
    if array.ndim == 1 and array.dtype.kind in "iu":
        return array.astype(np.int64)
    found = numbers(name, given)
    bad = np.flatnonzero(found != np.rint(found))
    if bad.size:
        row = int(bad[0])
        raise BadRating(row, f"{name} is {found[row]}, which is not a whole number.")
    return found.astype(np.int64)


@dataclass(frozen=True, eq=False)
class Folded:
    """Ratings in the order in which the method reads them.

    One row for each (day, person, rater, unit): a rater's several ratings of one person on one
    day count as their mean, so that a row entered twice is not evidence twice. Codes are
    positions in `people`, `raters` and `units`. An *entry* is a person's day; rows of one entry
    lie together, and entries of one day lie together.
    """

    people: Integers
    raters: Integers
    units: Integers
    value: Floats
    rater: Integers
    entry: Integers
    entry_day: Integers
    entry_person: Integers
    entry_unit: Integers
    entry_rows: Integers

    @property
    def has_raters(self) -> bool:
        return self.raters.size > 0

    @property
    def has_units(self) -> bool:
        return self.units.size > 0

    @property
    def entry_mean(self) -> Floats:
        """What was written for each entry, as the mean over its raters."""
        return np.bincount(self.entry, self.value) / self.entry_rows


def fold(ratings: Ratings) -> Folded:
    """Sort and fold; the result does not depend on the order of the rows, to the bit."""
    nothing = np.zeros(len(ratings), dtype=np.int64)
    none = np.zeros(0, dtype=np.int64)
    people, person = np.unique(ratings.person, return_inverse=True)
    raters, rater = none, nothing
    units, unit = none, nothing
    if ratings.rater is not None:
        raters, rater = np.unique(ratings.rater, return_inverse=True)
    if ratings.unit is not None:
        units, unit = np.unique(ratings.unit, return_inverse=True)

    # The value is the last key: equal rows may come in any order, and sums must not differ.
    order = np.lexsort((ratings.value, rater, unit, person, ratings.day))
    day, person, unit, rater = (a[order] for a in (ratings.day, person, unit, rater))
    new_row = _starts(day, person, unit, rater)
    row = np.cumsum(new_row) - 1
    value = np.bincount(row, ratings.value[order]) / np.bincount(row)
    day, person, unit, rater = (a[new_row] for a in (day, person, unit, rater))

    new_entry = _starts(day, person)
    entry = np.cumsum(new_entry) - 1
    return Folded(
        people=people,
        raters=raters,
        units=units,
        value=value,
        rater=rater,
        entry=entry,
        entry_day=day[new_entry],
        entry_person=person[new_entry],
        # A person seen on two wings in one day counts with the one of the lower code.
        entry_unit=unit[new_entry],
        entry_rows=np.bincount(entry),
    )


def _starts(*columns: Integers) -> NDArray[np.bool_]:
    """True where a row differs from the one before it."""
    starts = np.ones(columns[0].size, dtype=np.bool_)
    starts[1:] = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    return starts
