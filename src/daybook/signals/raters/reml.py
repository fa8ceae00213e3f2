"""Restricted maximum likelihood for the variances of crossed random intercepts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from daybook.signals.columns import Floats
from daybook.signals.errors import NoConvergence, NotSeparable
from daybook.signals.raters import blocks
from daybook.signals.raters.system import System

MOST_ITERATIONS = 60
CLOSE = 1e-7
"""Squared standard errors: stop where less than a thousandth of one is left to go."""
CLOSEST = 1e-14
"""The same where every step is exact, and cheap."""
INSEPARABLE = 1e-9
LONGEST_STEP = 1.5
NOTHING = 1e-7
"""A variance below this share of the whole that still falls is none."""


class Solver(Protocol):
    """What stands between the equations and their answers, for given variances."""

    def solve(self, right: Floats, start: Floats | None, tolerance: float) -> Floats: ...

    def traces(self) -> tuple[Floats, Floats]:
        """Trace of each factor's block of the inverse, and its error by chance (0 if exact)."""
        ...


def starting_values(system: System, spread: Floats) -> Floats:
    """Rough variances: what each factor's means spread, everything else left to chance.

    `spread`: for each factor, inner first, the mean square around its levels' means.
    """
    total = system.squares / system.n
    between = np.clip(total - spread, 0.02 * total, 0.9 * total)
    between *= min(1.0, 0.9 * total / between.sum())
    return np.append(between, max(total - between.sum(), 0.1 * total))


@dataclass(frozen=True)
class Slope:
    """Score and average information in logarithms of the variances, and what they came from."""

    score: Floats
    information: Floats
    by_chance: Floats
    solution: Floats


def slope(
    system: System, solver: Solver, variances: Floats, start: Floats | None, tolerance: float
) -> Slope:
    """Score and average information, by one solve for the ratings and one a factor.

    With P the projection of REML, w_f = Z_f Z_f' P y for factor f: as V P y = y-part known,
    the residual's row of the information follows from those of the factors, and every product
    is over levels, none over ratings.

    Source: Gilmour, Thompson and Cullis 1995; Johnson and Thompson 1995.
    """
    factors = variances[:-1]
    ratio, _ = system.ratios(variances)
    right = system.right_side(ratio)
    solution = solver.solve(right, start, tolerance)

    raised = np.zeros((system.size, len(system.segments)))
    for column, segment in enumerate(system.segments):
        raised[segment, column] = solution[segment, 0] / factors[column + 1]
    rights = np.hstack(
        [
            system.add_up(blocks.inner_variate, ratio, solution) / factors[0],
            *(
                system.add_up(blocks.reduced, ratio, raised[:, [column]])
                for column in range(raised.shape[1])
            ),
        ]
    )
    variates = solver.solve(rights, None, tolerance)
    shifted = variates.copy()
    shifted[:, 1:] -= raised
    # The inner effects enter unscaled; their own variate was divided by their variance.
    shifted[:, 0] *= factors[0]
    told = system.add_up(blocks.inner_products, ratio, solution, shifted)

    squares = np.array([told[0], *(solution[s, 0] @ solution[s, 0] for s in system.segments)])
    products = np.empty((factors.size, factors.size))
    products[0] = told[1:]
    products[0, 0] /= factors[0]
    for row, segment in enumerate(system.segments, start=1):
        products[row] = solution[segment, 0] @ variates[segment]
    return _slope(system, solver, variances, solution, right, squares, products)


def _slope(
    system: System,
    solver: Solver,
    variances: Floats,
    solution: Floats,
    right: Floats,
    squares: Floats,
    products: Floats,
) -> Slope:
    factors, residual = variances[:-1], variances[-1]
    ratio = residual / factors[0]
    levels = system.levels
    explained = system.inner_sums @ (system.inner_sums / (system.inner_counts + ratio))
    quadratic = (system.squares - explained - solution[:, 0] @ right[:, 0]) / residual
    left = residual * (quadratic - np.sum(squares / factors))

    traces, error = solver.traces()
    by_factor = -0.5 * (levels - traces * residual / factors - squares / factors)
    freedom = system.n - 1 - np.sum(levels - traces * residual / factors)
    score = np.append(by_factor, -0.5 * (freedom - left / residual))

    # t_f = u_f / variance; Z_g' P w_f = s_fg / variance_g.
    between = products / factors[:, None] ** 2
    between = (between + between.T) / 2
    whole = np.empty((variances.size, variances.size))
    whole[:-1, :-1] = between
    own = squares / factors**2
    whole[:-1, -1] = whole[-1, :-1] = (own - between @ factors) / residual
    whole[-1, -1] = (left / residual**2 - whole[-1, :-1] @ factors) / residual
    information = 0.5 * whole * np.outer(variances, variances)
    return Slope(score, information, np.append(0.5 * error * residual / factors, 0.0), solution)


@dataclass(frozen=True, eq=False)
class Found:
    """`variances` of the inner factor, the others and the residual; `last`: where the last step
    began, a thousandth of a standard error away at most; `nothing`: which variances fell to none.
    """

    variances: Floats
    last: Slope
    nothing: NDArray[np.bool_]
    iterations: int


def climb(
    system: System,
    make: Callable[[Floats], Solver],
    variances: Floats,
    *,
    tolerance: float,
    close: float = CLOSE,
    told: Callable[[int], None] | None = None,
) -> Found:
    """Average-information steps in logarithms of the variances, until the next matters no more.

    Raises NotSeparable where the ratings can't tell two variances apart, NoConvergence.
    """
    floor = NOTHING * system.squares / system.n
    solution: Floats | None = None
    before = 0.0
    for iteration in range(1, MOST_ITERATIONS + 1):
        here = slope(system, make(variances), variances, solution, tolerance)
        solution = here.solution
        nothing = (variances <= floor) & (here.score <= 0)
        step = _step(here, ~nothing)
        gain = float(here.score @ step)
        longest = float(np.abs(step).max())
        variances = np.maximum(variances * np.exp(step * min(1.0, LONGEST_STEP / longest)), floor)
        if told:
            told(iteration)
        # Steps shrink by a steady factor, so the last two tell what the next would be.
        shrinks = min(1.0, gain / before) if before > 0 else 1.0
        if longest < LONGEST_STEP and gain * shrinks < close:
            return Found(variances, here, nothing, iteration)
        before = gain
    raise NoConvergence(MOST_ITERATIONS)


def _step(here: Slope, free: NDArray[np.bool_]) -> Floats:
    information = here.information[np.ix_(free, free)]
    size = np.sqrt(np.diag(information))
    if np.linalg.cond(information / np.outer(size, size)) > 1 / INSEPARABLE:
        raise NotSeparable("the ratings can't tell the effects apart from each other.")
    step = np.zeros(here.score.size)
    step[free] = np.linalg.solve(information, here.score[free])
    return step
