"""Each day's ratings taken apart: the person, the rater's habit, the wing's weather."""

from dataclasses import dataclass

import numpy as np

from daybook.signals.components import Components
from daybook.signals.ratings import Floats, Folded, Integers

HABIT_MEMORY_DAYS = 365
CLIMATE_GAIN = 0.1


@dataclass(frozen=True, eq=False)
class DayErrors:
    """One day's entries as if each person had been rated last; shape (m,) for m entries.

    `adjusted`: rating points without the rater's habit and the wing's weather, both learnt from
    the past and from the *other* people of that day. `surprise`: adjusted minus the person's
    level so far; `spread`: the standard deviation that the surprise should have.
    """

    adjusted: Floats
    surprise: Floats
    spread: Floats


@dataclass(frozen=True, eq=False)
class DayWeather:
    """The wings of one day; shape (k,). `value` in rating points around the wing's usual."""

    unit: Integers
    value: Floats
    people: Integers


class Adjuster:
    """What is known of every person's level and every rater's habit, day after day.

    Model: rating = level of the person + habit of the rater + weather of the wing that day
    + the person's own day + what is left, all independent and normal. A day's habits and
    weather are solved together; between days each habit and each level keeps its own mean and
    variance, and how they hang together is dropped. That keeps a day linear in its ratings.
    Levels do not wander by themselves; habits are unknown again after a year. A day's weather
    is expected where the wing's last days were, so that a wing that moves for good does not
    slowly turn into the habit of all its raters.

    Source: best linear unbiased prediction (Henderson 1975), with the deletion formula for
    "as if rated last".
    """

    def __init__(self, folded: Folded, components: Components) -> None:
        self._folded = folded
        self._components = components
        self.level = np.full(folded.people.size, components.mean)
        # Wide on purpose: a lone person tells nothing about how people differ.
        self.level_variance = np.full(folded.people.size, components.total)
        self._habit = np.zeros(folded.raters.size)
        self._habit_variance = np.full(folded.raters.size, components.rater)
        self._climate = np.zeros(folded.units.size)
        self._habit_day = np.full(folded.raters.size, np.iinfo(np.int64).min)

    def step(self, entries: slice, rows: slice) -> tuple[DayErrors, DayWeather]:
        """Take one day's entries and their rows, and move on."""
        folded, known = self._folded, self._components
        person = folded.entry_person[entries]
        entry_rows = folded.entry_rows[entries]
        local_entry = folded.entry[rows] - entries.start
        day = int(folded.entry_day[entries.start])

        written = np.bincount(local_entry, folded.value[rows]) / entry_rows
        raters, units = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        shares = []
        if folded.has_raters:
            raters, which = np.unique(folded.rater[rows], return_inverse=True)
            share = np.zeros((person.size, raters.size))
            np.add.at(share, (local_entry, which), 1 / entry_rows[local_entry])
            shares.append(share)
            self._forget(raters, day)
        unit_of_entry = np.zeros(person.size, dtype=np.int64)
        if folded.has_units:
            units, unit_of_entry = np.unique(folded.entry_unit[entries], return_inverse=True)
            shares.append((unit_of_entry[:, None] == np.arange(units.size)).astype(np.float64))

        noise = known.rating / entry_rows + known.day + self.level_variance[person]
        expected = np.concatenate([self._habit[raters], self._climate[units]])
        prior = np.concatenate([self._habit_variance[raters], np.full(units.size, known.weather)])
        error = written - self.level[person]
        if shares:
            design = np.hstack(shares)
            precision = np.diag(1 / prior) + design.T @ (design / noise[:, None])
            covariance = np.linalg.inv(precision)
            effect = expected + covariance @ (design.T @ ((error - design @ expected) / noise))
            leverage = np.einsum("ij,ij->i", design @ covariance, design) / noise
            error = error - design @ effect
            today = effect[raters.size :]
            self._climate[units] += CLIMATE_GAIN * (today - self._climate[units])
            self._habit[raters] = effect[: raters.size]
            self._habit_variance[raters] = np.diag(covariance)[: raters.size]
        else:
            effect, leverage = expected, np.zeros(person.size)

        surprise = error / (1 - leverage)
        variance = noise / (1 - leverage)
        adjusted = self.level[person] + surprise
        gain = self.level_variance[person] / variance
        self.level[person] += gain * surprise
        self.level_variance[person] *= 1 - gain
        return (
            DayErrors(adjusted, surprise, np.sqrt(variance)),
            DayWeather(
                units,
                effect[raters.size :],
                np.bincount(unit_of_entry, minlength=units.size)[: units.size],
            ),
        )

    def restart(self, person: int, level: float, entries: float) -> None:
        """Learn the person's level afresh, as if `entries` entries had told it so far."""
        known = self._components
        self.level[person] = level
        self.level_variance[person] = 1 / (
            1 / known.total + entries / max(known.rating + known.day, known.total * 1e-6)
        )

    def forget(self, person: int) -> None:
        """Know nothing of the person's level."""
        self.restart(person, self._components.mean, 0)

    def _forget(self, raters: Integers, day: int) -> None:
        seen = self._habit_day[raters]
        gap = np.where(seen == np.iinfo(np.int64).min, 0, day - seen)
        drift = self._components.rater * gap / HABIT_MEMORY_DAYS
        self._habit_variance[raters] = np.minimum(
            self._components.rater, self._habit_variance[raters] + drift
        )
        self._habit_day[raters] = day
