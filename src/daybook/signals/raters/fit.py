"""Who rates how: the variances of crossed raters, people and days, and each one's own level."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from daybook.signals.columns import Floats, Integers
from daybook.signals.errors import BadParameter
from daybook.signals.raters import reml
from daybook.signals.raters.blocks import inner_effects
from daybook.signals.raters.design import RESIDUAL, Crossed, crossed, parts
from daybook.signals.raters.places import Here, Place
from daybook.signals.raters.solvers import InFull, Iterative, Probed
from daybook.signals.raters.system import System

FEW_LEVELS = 400
FEW_PAIRS = 2e8
"""Up to so many levels besides the largest factor's, and pairs of them, the matrix is written in
full: no slower, and exact."""
SIGNS = 7
MOST_SIGNS = 127
BY_CHANCE = 1e-4
CLOSE_ENOUGH = 1e-10
"""Of the right side, what the levels may leave."""
SEED = 20260101
NORMAL_95 = 1.959963984540054


@dataclass(frozen=True, eq=False)
class Levels:
    """One effect's levels: `label`, `effect` in rating points around the intercept (the best
    linear prediction, drawn towards 0 where ratings are few) and `count` of ratings; (levels,).
    """

    label: NDArray[np.generic]
    effect: Floats
    count: Integers


@dataclass(frozen=True, eq=False)
class Raters:
    """Standard deviations in rating points, by effect and of the residual.

    `ci`: 95 % intervals, normal in the logarithm; for an effect that fell to none, from 0.
    `by_chance`: how far random traces may have moved each, as a share of it; 0 where exact.
    `parts`: in how many parts the ratings fall that share no level; levels of different parts are
    *not separable* from the parts themselves. `iterations` of the search. Where the standard
    deviations were given, `ci` and `by_chance` are empty.
    """

    sd: Mapping[str, float]
    ci: Mapping[str, tuple[float, float]]
    by_chance: Mapping[str, float]
    intercept: float
    n: int
    parts: int
    iterations: int
    levels: Mapping[str, Levels] = field(default_factory=lambda: MappingProxyType({}))


def raters(
    value: ArrayLike,
    effects: Mapping[str, ArrayLike],
    *,
    with_levels: bool = False,
    sd: Mapping[str, float] | None = None,
    place: Place | None = None,
    told: Callable[[str], None] | None = None,
) -> Raters:
    """Take ratings apart: value = intercept + one random intercept for each effect + residual.

    `value` (n,) in rating points; `effects`: for each effect a column (n,) of labels. All effects
    and residuals are assumed normal, independent, and crossed in any way. Variances by restricted
    maximum likelihood, unless `sd` gives the standard deviations (one for each effect, and
    `residual`). `place`: where the sums over ratings are made. `told` hears what is going on.

    Cost: O(n) a step, with memory for the labels' codes. The same input gives the same bits.
    Raises what `crossed` raises, NotSeparable, NoConvergence, BadParameter.

    Source: Gilmour, Thompson and Cullis 1995 (average information); Hutchinson 1990 (traces);
    Ghosh, Hastie and Owen 2022, arXiv 2007.10612; Gao and Owen 2020 (crossed effects at scale).
    """
    return taken_apart(
        crossed(value, effects), with_levels=with_levels, sd=sd, place=place, told=told
    )


def taken_apart(
    design: Crossed,
    *,
    with_levels: bool = False,
    sd: Mapping[str, float] | None = None,
    place: Place | None = None,
    told: Callable[[str], None] | None = None,
) -> Raters:
    """The same for ratings that are already checked and coded."""
    say = told or (lambda _: None)
    say("Sorting ratings")
    rows = design.rows()
    with (place or Here()).hold(rows, design.factors[0].levels) as held:
        system = System.of(held, design.segments(), float(rows.value @ rows.value))
        del rows
        say("Looking for parts")
        return answered(
            system,
            {factor.name: factor.labels for factor in design.factors},
            design.names,
            mean=design.mean,
            parts=parts(design),
            with_levels=with_levels,
            sd=sd,
            say=say,
        )


def answered(
    system: System,
    labels: Mapping[str, NDArray[np.generic]],
    order: Sequence[str],
    *,
    mean: float,
    parts: int,
    with_levels: bool,
    sd: Mapping[str, float] | None,
    say: Callable[[str], None],
) -> Raters:
    """The answer, wherever the ratings lie. `labels` of each factor, the inner one first; `order`
    is that in which factors were asked for; `mean` was taken off the ratings."""
    names = list(labels)
    found = _variances(system, say) if sd is None else None
    variances = found.variances if found else _given(sd or {}, names)
    say("Levels")
    solution = _solver(system, variances).solve(
        system.right_side(float(variances[-1] / variances[0])),
        found.last.solution if found else None,
        CLOSE_ENOUGH,
    )
    levels = _levels(labels, order, system, variances, solution) if with_levels else {}
    return Raters(
        **_told(found, variances, [*names, RESIDUAL], order),
        intercept=mean + float(solution[-1, 0]),
        n=system.n,
        parts=parts,
        iterations=found.iterations if found else 0,
        levels=MappingProxyType(levels),
    )


def _variances(system: System, say: Callable[[str], None]) -> reml.Found:
    spread = [
        (system.squares - np.sum(sums**2 / counts)) / max(1, system.n - counts.size)
        for counts, sums in [
            (system.inner_counts, system.inner_sums),
            *((system.counts[s], system.sums[s]) for s in system.segments),
        ]
    ]
    variances = reml.starting_values(system, np.array(spread))
    if _in_full(system):
        return reml.climb(
            system,
            lambda at: InFull(system, at),
            variances,
            tolerance=0,
            close=reml.CLOSEST,
            told=_step(say),
        )
    signs = SIGNS
    while True:
        found = reml.climb(
            system, _with_signs(system, signs), variances, tolerance=1e-6, told=_step(say)
        )
        chance, error = _by_chance(found), _standard_errors(found)
        allowed = np.maximum(BY_CHANCE, 0.02 * error)
        worst = float(np.max(np.where(found.nothing, 0, chance / allowed)))
        if worst <= 1 or signs >= MOST_SIGNS:
            return found
        # Tiles of four columns, the intercept's among them.
        signs = min(MOST_SIGNS, 4 * int(np.ceil(1.2 * worst**2 * signs / 4 + 0.25)) - 1)
        variances = found.variances


def _step(say: Callable[[str], None]) -> Callable[[int], None]:
    return lambda iteration: say(f"Variances, step {iteration}")


def _in_full(system: System) -> bool:
    others = len(system.segments) * system.inner_counts
    pairs = float(np.sum(np.minimum(others + 1.0, system.size) ** 2))
    return system.size <= FEW_LEVELS and pairs <= FEW_PAIRS


def _solver(system: System, variances: Floats) -> InFull | Iterative:
    return (InFull if _in_full(system) else Iterative)(system, variances)


def _with_signs(system: System, columns: int) -> Callable[[Floats], Probed]:
    drawn = np.random.default_rng(SEED).integers(0, 2, (columns, system.size)).T
    signs: Floats = np.where(drawn, 1.0, -1.0)
    signs[-1] = 0
    for segment in system.segments:
        signs[segment] -= signs[segment].mean(axis=0)
    before: list[Probed] = []

    def make(variances: Floats) -> Probed:
        start = before.pop().answers if before else None
        before.append(Probed(system, variances, signs, start, 1e-4))
        return before[0]

    return make


def _standard_errors(found: reml.Found) -> Floats:
    """Of the logarithms of the standard deviations; infinite where one fell to none."""
    free = ~found.nothing
    error = np.full(free.size, np.inf)
    inverse = np.linalg.inv(found.last.information[np.ix_(free, free)])
    error[free] = np.sqrt(np.diag(inverse)) / 2
    return error


def _by_chance(found: reml.Found) -> Floats:
    free = ~found.nothing
    moved = np.zeros(free.size)
    inverse = np.linalg.inv(found.last.information[np.ix_(free, free)])
    moved[free] = np.sqrt(inverse**2 @ found.last.by_chance[free] ** 2) / 2
    return moved


def _given(sd: Mapping[str, float], names: list[str]) -> Floats:
    if set(sd) != {*names, RESIDUAL}:
        raise BadParameter(f"sd must name {', '.join([*names, RESIDUAL])}.")
    for name, size in sd.items():
        if not (np.isfinite(size) and size > 0):
            raise BadParameter(f"sd of {name} can't be {size}.")
    return np.array([sd[name] for name in [*names, RESIDUAL]], dtype=np.float64) ** 2


def _levels(
    labels: Mapping[str, NDArray[np.generic]],
    order: Sequence[str],
    system: System,
    variances: Floats,
    solution: Floats,
) -> dict[str, Levels]:
    ratio = float(variances[-1] / variances[0])
    inner = np.concatenate(list(system.blocks.ask(inner_effects, ratio, solution)))
    first, *others = labels
    found = {first: Levels(labels[first], inner, system.inner_counts)}
    for name, segment in zip(others, system.segments, strict=True):
        counts = system.counts[segment].astype(np.int64)
        found[name] = Levels(labels[name], solution[segment, 0], counts)
    return {name: found[name] for name in order}


def _told(
    found: reml.Found | None, variances: Floats, names: Sequence[str], order: Sequence[str]
) -> dict[str, Mapping[str, Any]]:
    sd = np.sqrt(variances)
    order = [*order, RESIDUAL]
    if found is None:
        given = dict(zip(names, sd.tolist(), strict=True))
        return {"sd": MappingProxyType({n: given[n] for n in order}), "ci": {}, "by_chance": {}}
    sd = np.where(found.nothing, 0.0, sd)
    error = _standard_errors(found)
    with np.errstate(invalid="ignore"):
        low, high = (sd * np.exp(sign * NORMAL_95 * error) for sign in (-1, 1))
    high[found.nothing] = _highest(found)[found.nothing]
    low[found.nothing] = 0.0
    columns = {
        "sd": dict(zip(names, sd.tolist(), strict=True)),
        "ci": dict(zip(names, zip(low.tolist(), high.tolist(), strict=True), strict=True)),
        "by_chance": dict(zip(names, _by_chance(found).tolist(), strict=True)),
    }
    return {
        key: MappingProxyType({name: column[name] for name in order})
        for key, column in columns.items()
    }


def _highest(found: reml.Found) -> Floats:
    """Where the likelihood's parabola at no variance puts the end of a 95 % interval."""
    information = np.diag(found.last.information) / found.variances**2
    peak = found.last.score / found.variances / information
    return np.sqrt(np.maximum(0, peak + NORMAL_95 / np.sqrt(information)))
