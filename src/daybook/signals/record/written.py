"""What was written of a wing on one channel: by whom, when, and in which setting."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from daybook.signals.errors import LengthMismatch
from daybook.signals.ratings import Floats, Integers, Ratings, whole


@dataclass(frozen=True, eq=False)
class Written:
    """Ratings in the order of people, days, settings and raters; each column of shape (n,).

    `value` in rating points, `day` a whole number that counts up by one, `person`, `rater`,
    `unit` and `setting` whole numbers that identify. Of one person in one setting on one day, a
    rater's several ratings count as their mean: whoever presses twice is not two.
    """

    value: Floats
    day: Integers
    person: Integers
    rater: Integers
    unit: Integers
    setting: Integers

    @classmethod
    def of(
        cls,
        *,
        value: ArrayLike,
        day: ArrayLike,
        person: ArrayLike,
        rater: ArrayLike,
        setting: ArrayLike,
        unit: ArrayLike | None = None,
    ) -> "Written":
        """The same rows in any order give the same bits. Raises what `Ratings` raises."""
        rows = Ratings(value=value, day=day, person=person, rater=rater, unit=unit)
        settings = whole("setting", setting)
        if settings.size != len(rows):
            raise LengthMismatch("setting", settings.size, len(rows))
        units = np.zeros_like(rows.day) if rows.unit is None else rows.unit
        assert rows.rater is not None
        columns = np.stack([rows.person, rows.day, settings, rows.rater, units])
        kept, at = np.unique(columns, axis=1, return_inverse=True)
        at = at.ravel()
        # Sums must not depend on the order of rows.
        order = np.lexsort((rows.value, at))
        means = np.bincount(at[order], rows.value[order]) / np.bincount(at)
        who, when, where, by, unit_of = kept
        return cls(means, when, who, by, unit_of, where)

    def with_value(self, value: Floats) -> "Written":
        return replace(self, value=value)

    def ratings(self) -> Ratings:
        return Ratings(
            value=self.value, day=self.day, person=self.person, rater=self.rater, unit=self.unit
        )
