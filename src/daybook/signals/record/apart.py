"""A wing's ratings taken apart: what is left for each person once habits and weather are off."""

from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from daybook.signals.components import Components, estimate
from daybook.signals.equations import FIXED, Effect, Equations
from daybook.signals.errors import NotSeparable, NoVariation
from daybook.signals.ratings import Floats, fold
from daybook.signals.record.moods import LEAST_LEFT, Moods, moods, precision
from daybook.signals.record.own import Own
from daybook.signals.record.points import Points, Steps, behind
from daybook.signals.record.written import Written

MEAN, RATER, PERSON, WEATHER = range(4)
ROUNDS = 12
PLACES = 0.3
"""Variance between a person's settings, beside what is left: more than most people differ."""
NOTHING = 1e-6
"""Of all variance, the share below which nothing is left to read."""
AGREED = 0.005
"""Steps: so far the points behind steps and what is expected of them may still move."""


@dataclass(frozen=True)
class Sizes:
    """Variances in squared rating points: between raters, people and days of the wing, and the
    whole `spread` of what is left, of which `moods` says how days hang together."""

    rater: float
    person: float
    weather: float
    moods: Moods
    spread: float


@dataclass(frozen=True, eq=False)
class Apart:
    """`adjusted` (n,): each rating of `written` less its rater's habit and the wing's weather
    that day, as far as they are known; drawn, and not counted with. What is counted with are the
    `equations`, which know how surely each was taken off.
    """

    written: Written
    sizes: Sizes
    adjusted: Floats
    unexplained: Floats
    equations: Equations

    def of(self, person: int) -> Own:
        """One person's share. Raises NotSeparable where nothing beside it tells rater or wing
        from the person, and NoVariation where everything that was written of them is one value."""
        written = self.written
        rows = np.flatnonzero(written.person == person)
        if rows.size == 0:
            raise NotSeparable("nothing was written of this person.")
        value = written.value[rows]
        if value.min() == value.max():
            raise NoVariation(f"value is {value[0]:g} in every row of this person.")
        others = written.person != person
        known = np.isin(written.rater[rows], written.rater[others])
        if not known.any():
            raise NotSeparable("whoever writes of this person writes of nobody else.")
        days = np.isin(written.day[rows], written.day[others])
        if days.mean() < 0.5:
            raise NotSeparable("on most days nobody else of the wing was written about.")
        return Own(
            day=written.day[rows],
            rater=written.rater[rows],
            setting=written.setting[rows],
            known=known,
            adjusted=self.adjusted[rows],
            unexplained=self.unexplained[rows],
            information=self.equations.information(rows),
        )

    def others(self, person: int) -> list[Own]:
        """Everybody else's share, without those who can't be told from rater or wing."""
        shares = []
        for other in np.unique(self.written.person).tolist():
            with suppress(NotSeparable, NoVariation):
                if other != person:
                    shares.append(self.of(other))
        return shares


def apart(written: Written, steps: Steps | None = None) -> Apart:
    """Take ratings apart: rating = mean + habit of the rater + usual level of the person + weather
    of the wing that day + mood of the person + what is left, all normal.

    How large raters, people and days of the wing differ comes from `components.estimate`, how a
    person's days hang together from `moods`, and all levels at once from `equations`. Ratings in
    whole `steps` are read as the points behind them (`points`). Meant for one wing over some
    months: dense in raters + people + days of the wing, and in the ratings of one person. Raises
    NoVariation, NotSeparable.
    """
    value = written.value
    if value.min() == value.max():
        raise NoVariation(f"value is {value[0]:g} in every row.")
    if np.unique(written.person).size == 1:
        raise NotSeparable("of one person alone, nobody can tell the rater from the person.")
    first = _first_look(written, steps)
    together = moods(written, first.left, first.spread)
    own = np.maximum(first.points.variance - together.mood, LEAST_LEFT * first.spread)
    effects = _effects(written, first.sizes)
    equations = Equations.of(effects, precision(written, together.mood, together.keeps, own))
    around = first.points.value - first.sizes.mean
    levels = equations.levels(around)
    taken_off = np.zeros_like(value)
    for effect in (RATER, WEATHER):
        mine = equations.columns(effect)
        if mine.stop > mine.start:
            taken_off += levels[mine][effects[effect].level]
    sizes = first.sizes
    return Apart(
        written=written,
        sizes=Sizes(sizes.rater, sizes.person, sizes.weather, together, first.spread),
        adjusted=first.points.value - taken_off,
        unexplained=equations.unexplained(around),
        equations=equations,
    )


class _First(NamedTuple):
    """The points behind the ratings, what differs how much, and what is left of each; `spread` is
    the variance of what is left."""

    points: Points
    sizes: Components
    left: Floats
    spread: float


def _first_look(written: Written, steps: Steps | None) -> _First:
    """Days on their own. What is expected of a rating and the point behind it come to agree."""
    # Where somebody stands higher in one setting, the points behind their steps lie there.
    _, place = np.unique(np.stack([written.person, written.setting]), axis=1, return_inverse=True)
    points, expected = Points(written.value, np.zeros_like(written.value)), written.value
    for _ in range(ROUNDS):
        before = expected
        sizes = estimate(fold(written.with_value(points.value).ratings()), int(written.day.max()))
        left = sizes.day + sizes.rating
        if left <= NOTHING * written.value.var():
            raise NoVariation("nothing is left once raters, people and days are taken off.")
        # Before the first look behind the steps, all ratings tell the same.
        variance = np.where(points.variance > 0, points.variance, left)
        effects = [*_effects(written, sizes), Effect(place.ravel(), PLACES * left)]
        equations = Equations.of(effects, precision(written, 0.0, 0.0, variance))
        levels = equations.levels(points.value - sizes.mean)
        expected = sizes.mean + equations.design @ levels
        if steps is None:
            spread = max(float(np.var(points.value - expected)), LEAST_LEFT * left)
            points = Points(written.value, np.full_like(written.value, spread))
            break
        points, spread = behind(written.value, expected, steps)
        if np.abs(expected - before).max() < AGREED:
            break
    levels[equations.columns(len(effects) - 1)] = 0
    return _First(points, sizes, points.value - sizes.mean - equations.design @ levels, spread)


def _effects(written: Written, sizes: Components) -> list[Effect]:
    _, rater = np.unique(written.rater, return_inverse=True)
    _, person = np.unique(written.person, return_inverse=True)
    _, wing_day = np.unique(np.stack([written.unit, written.day]), axis=1, return_inverse=True)
    return [
        Effect(np.zeros_like(rater), FIXED),
        Effect(rater, sizes.rater),
        Effect(person, sizes.person),
        Effect(wing_day.ravel(), sizes.weather),
    ]
