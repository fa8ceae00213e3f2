"""A wing's ratings taken apart: what is left for each person once habits and weather are off."""

from contextlib import suppress
from dataclasses import dataclass

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
ROUNDS = 8
"""In which the points behind steps and what is expected of them come to agree."""


@dataclass(frozen=True)
class Sizes:
    """Variances in squared rating points: between raters, people and days of the wing; and of
    what is left, a person's `mood` from day to day and the `rating` itself."""

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
    points = Points(value, np.ones_like(value))
    for _ in range(1 if steps is None else ROUNDS):
        sizes = estimate(fold(written.with_value(points.value).ratings()), int(written.day.max()))
        if sizes.day + sizes.rating <= 0:
            raise NoVariation("nothing is left once raters, people and days are taken off.")
        effects = _effects(written, sizes)
        around = points.value - sizes.mean
        first = Equations.of(effects, precision(written, 0.0, 0.0, points.variance))
        expected = sizes.mean + first.design @ first.levels(around)
        if steps is None:
            spread = float(np.var(value - expected))
            points = Points(value, np.full_like(value, spread))
        else:
            points, spread = behind(value, expected, steps)
    together = moods(written, points.value - expected, spread)
    own = np.maximum(points.variance - together.mood, LEAST_LEFT * spread)
    equations = Equations.of(effects, precision(written, together.mood, together.keeps, own))
    around = points.value - sizes.mean
    levels = equations.levels(around)
    taken_off = np.zeros_like(value)
    for effect in (RATER, WEATHER):
        mine = equations.columns(effect)
        if mine.stop > mine.start:
            taken_off += levels[mine][effects[effect].level]
    return Apart(
        written=written,
        sizes=Sizes(sizes.rater, sizes.person, sizes.weather, together, spread),
        adjusted=points.value - taken_off,
        unexplained=equations.unexplained(around),
        equations=equations,
    )


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
