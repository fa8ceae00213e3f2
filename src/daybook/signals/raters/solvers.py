"""Two ways from the equations to their answers: conjugate gradients, or the matrix in full."""

import numpy as np

from daybook.signals.columns import Floats
from daybook.signals.raters import blocks
from daybook.signals.raters.system import System

MOST_STEPS = 500


class Iterative:
    """Solves by preconditioned conjugate gradients: O(ratings) a step.

    The constant of each factor is also the intercept's, which makes one small eigenvalue a
    factor; its vector is known, so that direction is solved for exactly beforehand and the rest
    converges in a number of steps that does not grow with the ratings.

    Source: Ghosh, Hastie and Owen 2022, arXiv 2007.10612, on why a generic solver needs more.
    """

    def __init__(self, system: System, variances: Floats) -> None:
        self.system = system
        self.ratio, self.ridge = system.ratios(variances)
        taken = system.add_up(blocks.diagonal, self.ratio)[:, 0]
        floor = 1e-3 * system.counts + self.ridge
        self._inverse = 1 / np.maximum(system.counts + self.ridge - taken, floor)
        self.steps = 0

    def times(self, x: Floats) -> Floats:
        tiles = [
            self.system.add_up(blocks.reduced, self.ratio, tile) for tile in blocks.in_tiles(x)
        ]
        return np.hstack(tiles)[:, : x.shape[1]] + self.ridge[:, None] * x

    def solve(self, right: Floats, start: Floats | None, tolerance: float) -> Floats:
        """All columns at once, each until its residual is `tolerance` of its right side."""
        x = np.zeros_like(right) if start is None else start.copy()
        residual = right - self.times(x) if start is not None else right.copy()
        correction = self._constants(residual)
        x += correction
        residual -= self._image_of_constants(correction)
        goal = (tolerance**2) * self._norm(right)
        direction = np.zeros_like(right)
        before = np.ones(right.shape[1])
        for step in range(MOST_STEPS):
            pulled = self._inverse[:, None] * residual
            height = np.einsum("ij,ij->j", residual, pulled)
            open_ = height > goal
            if not open_.any():
                break
            self._centre(pulled)
            direction = pulled + (height / before if step else 0 * height) * direction
            image = self.times(direction)
            curve = np.einsum("ij,ij->j", direction, image)
            length = np.where(open_ & (curve > 0), height / np.where(curve > 0, curve, 1), 0)
            x += length * direction
            residual -= length * image
            before = np.where(height > 0, height, 1)
            self.steps += 1
        return x

    def _constants(self, residual: Floats) -> Floats:
        """The part of the answer along each factor's constant less the intercept."""
        answer = np.zeros_like(residual)
        for segment in self.system.segments:
            along = (residual[segment].sum(axis=0) - residual[-1]) / self.ridge[segment].sum()
            answer[segment] += along
            answer[-1] -= along
        return answer

    def _image_of_constants(self, answer: Floats) -> Floats:
        """What the equations make of it: each factor's own ridge alone."""
        image = self.ridge[:, None] * answer
        image[-1] = 0
        return image

    def _centre(self, pulled: Floats) -> None:
        """Leave each factor's constant to the intercept, in place."""
        for segment in self.system.segments:
            means = pulled[segment].mean(axis=0)
            pulled[segment] -= means
            pulled[-1] += means

    def _norm(self, x: Floats) -> Floats:
        weighted: Floats = np.einsum("ij,i,ij->j", x, self._inverse, x)
        return weighted


class Probed(Iterative):
    """The same, with traces from random signs (Hutchinson).

    The inverse maps each factor's constant to a known vector, so the signs are centred within
    factors and what they would have told by chance is put in exactly.
    """

    def __init__(
        self,
        system: System,
        variances: Floats,
        signs: Floats,
        start: Floats | None,
        tolerance: float,
    ) -> None:
        super().__init__(system, variances)
        self._variances = variances
        self._signs = signs
        self._start, self._tolerance = start, tolerance
        self.answers: Floats | None = start

    def traces(self) -> tuple[Floats, Floats]:
        system, signs = self.system, self._signs
        intercept = np.zeros((system.size, 1))
        intercept[-1] = 1
        right = np.hstack([signs, intercept])
        self.answers = answers = self.solve(right, self._start, self._tolerance)
        known = self._variances[1:-1] / self._variances[-1]
        found = [
            value + np.einsum("ij,ij->j", signs[s], answers[s, :-1])
            for value, s in zip(known, system.segments, strict=True)
        ]
        tiles = [
            system.add_up(blocks.squeezed, self.ratio, tile) for tile in blocks.in_tiles(right)
        ]
        squeezed = np.hstack(tiles)[:, : right.shape[1]]
        inner = np.einsum("ij,ij->j", squeezed, answers)
        first = np.sum(1 / (system.inner_counts + self.ratio)) + inner[-1] + inner[:-1]
        each = np.array([first, *found])
        return each.mean(axis=1), each.std(axis=1, ddof=1) / np.sqrt(each.shape[1])


class InFull:
    """Solves by the matrix itself, with exact traces: for few levels besides the inner factor."""

    def __init__(self, system: System, variances: Floats) -> None:
        self.system = system
        self.ratio, ridge = system.ratios(variances)
        equations, self._squeezed = system.add_up(blocks.in_full, self.ratio)
        equations[np.diag_indices(system.size)] += ridge
        self._inverse = np.linalg.inv(equations)

    def solve(self, right: Floats, start: Floats | None, tolerance: float) -> Floats:
        return self._inverse @ right

    def traces(self) -> tuple[Floats, Floats]:
        diagonal = np.diag(self._inverse)
        inner = np.sum(1 / (self.system.inner_counts + self.ratio))
        inner += np.sum(self._inverse * self._squeezed)
        found = np.array([inner, *(diagonal[s].sum() for s in self.system.segments)])
        return found, np.zeros_like(found)
