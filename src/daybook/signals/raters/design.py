"""Ratings by several crossed factors, checked, coded, and asked whether they hang together."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from daybook.signals.columns import Floats, codes, numbers
from daybook.signals.errors import (
    BadColumn,
    BadParameter,
    LengthMismatch,
    NoRatings,
    NotSeparable,
    NoVariation,
    OneLevel,
)
from daybook.signals.raters.blocks import Rows
from daybook.signals.raters.kernels import join

RESIDUAL = "residual"


@dataclass(frozen=True, eq=False)
class Factor:
    """One effect: which level each rating has, `codes` (n,), and the levels' own names."""

    name: str
    codes: NDArray[np.int32]
    labels: NDArray[np.generic]

    @property
    def levels(self) -> int:
        return int(self.labels.size)


@dataclass(frozen=True, eq=False)
class Crossed:
    """Checked ratings: `value` (n,) as given, and the factors, that with most levels first.

    `names` of the factors in the order in which they were asked for.
    """

    value: Floats
    factors: tuple[Factor, ...]
    names: tuple[str, ...]

    @property
    def mean(self) -> float:
        return float(self.value.mean())

    def rows(self) -> Rows:
        inner, *others = self.factors
        ends = np.cumsum([0, *(factor.levels for factor in others)])
        return Rows(
            inner.codes,
            tuple(factor.codes for factor in others),
            ends[:-1].astype(np.int32),
            int(ends[-1]) + 1,
            self.value - self.mean,
        )

    def segments(self) -> list[slice]:
        ends = np.cumsum([0, *(factor.levels for factor in self.factors[1:])])
        return [slice(int(a), int(b)) for a, b in pairwise(ends)]


def crossed(value: ArrayLike, effects: Mapping[str, ArrayLike]) -> Crossed:
    """Check ratings and effects; arrays of shape (n,), labels of any kind.

    Raises NoRatings, LengthMismatch, BadColumn, BadRating, and where the effects can't be told
    apart: NoVariation, OneLevel, NotSeparable.
    """
    if not effects:
        raise BadParameter("at least one effect is needed.")
    if RESIDUAL in effects:
        raise BadColumn(f"an effect can't be called {RESIDUAL}: that is what is left.")
    values = numbers("value", value)
    if values.size == 0:
        raise NoRatings
    factors = []
    for name, given in effects.items():
        code, labels = codes(name, given)
        if code.size != values.size:
            raise LengthMismatch(name, code.size, values.size)
        factors.append(Factor(name, code, labels))
    return checked(values, factors)


def checked(value: Floats, factors: list[Factor]) -> Crossed:
    """What every design must hold, however it was read."""
    if value.min() == value.max():
        raise NoVariation(f"value is {value[0]:g} in every row.")
    for factor in factors:
        if factor.levels == 1:
            raise OneLevel(factor.name, factor.labels[0])
        if factor.levels == value.size:
            raise NotSeparable(
                f"every row has its own {factor.name}, so that {factor.name} and what is left"
                " over can't be told apart."
            )
    for position, one in enumerate(factors):
        for other in factors[:position]:
            if one.levels == other.levels and _go_together(one, other):
                raise NotSeparable(
                    f"{other.name} and {one.name} always change together, so nobody can say"
                    " which of them it was."
                )
    by_size = sorted(factors, key=lambda factor: (-factor.levels, factor.name))
    return Crossed(value, tuple(by_size), tuple(factor.name for factor in factors))


def _go_together(one: Factor, other: Factor) -> bool:
    """Is each level of one met with one level of the other only?"""
    partner = np.empty(one.levels, dtype=np.int32)
    partner[one.codes] = other.codes
    return bool(np.array_equal(partner[one.codes], other.codes))


def parts(crossed_: Crossed) -> int:
    """In how many parts the ratings fall that share no level of any factor.

    Levels of different parts are compared only by assuming that parts are alike on average.
    One factor alone has nothing to hang together with, and is one part.
    """
    if len(crossed_.factors) == 1:
        return 1
    offsets = np.cumsum([0, *(factor.levels for factor in crossed_.factors)])
    parent = np.arange(offsets[-1], dtype=np.int32)
    every = tuple(factor.codes for factor in crossed_.factors)
    return int(join(parent, every, offsets[:-1].astype(np.int32), int(offsets[-1])))
