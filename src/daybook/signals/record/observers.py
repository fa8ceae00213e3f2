"""How far those who write of one person lie apart, beyond how each of them writes of everybody."""

from dataclasses import dataclass

import numpy as np

from daybook.signals.ratings import Floats, Integers
from daybook.signals.record.chance import DRAWS, SEED, Found, shifted
from daybook.signals.record.own import Own, Part

FEWEST_EACH = 5
FEWEST_OBSERVERS = 2
NEVER_QUITE = 1e-9
"""Nobody varies by nothing at all, however alike the few ratings are."""
WIDEST = 10.0
"""Steps beyond which no spread of a five-step scale lies."""


def observers_apart(own: Own, *, draws: int = DRAWS, seed: int = SEED) -> Found | None:
    """The standard deviation between observers' means of this person, in steps; nobody is named.

    Observers with fewer than `FEWEST_EACH` ratings are left out, and so is whoever writes of
    nobody else. `first` is how many observers there are, `second` how many ratings. None with
    fewer than two. The value is that at which the observers' means lie as far apart as they
    should, the interval all those at which they lie neither too close nor too far for nineteen
    in twenty. Chance is who wrote when, shifted along the days, or a person who varies as the wing
    does, whichever shows as much more often: shifts know nothing of how surely habits are known.

    Source: Paule and Mandel 1982 (value); Harville and Fenech 1985 (interval).
    """
    names, count = np.unique(own.rater[own.known], return_counts=True)
    often = np.flatnonzero(count >= FEWEST_EACH)
    if often.size < FEWEST_OBSERVERS:
        return None
    chosen = own.known & np.isin(own.rater, names[often])
    part = own.among(chosen)
    _, observer = np.unique(own.rater[chosen], return_inverse=True)
    marks = np.eye(often.size)[observer]
    lay = _Lay.of(part, marks)
    if lay.length.size < 1:
        return None
    instead = _squares(part, observer, often.size, shifted(observer.size, draws, seed))
    as_much = int((instead >= lay.square * (1 - 1e-9)).sum())
    by_chance = 100 * max((1 + as_much) / (draws + 1), lay.by_chance)
    return Found(*lay.spread(), by_chance, int(often.size), int(observer.size))


@dataclass(frozen=True, eq=False)
class _Lay:
    """How the observers' sums lie: `along` so many independent directions, each with its `length`.

    `own`: the person's own variance, beside the wing's, known from so many ratings (`freedom`).
    """

    length: Floats
    along: Floats
    own: float
    freedom: int

    @classmethod
    def of(cls, part: Part, marks: Floats) -> "_Lay":
        length, direction = np.linalg.eigh(marks.T @ part.information @ marks)
        told = length > 1e-8 * length[-1]
        along = direction[:, told].T @ (marks.T @ part.unexplained)
        length = length[told]
        # The common level is off, so that nothing lies along it: there it may be anything.
        size = part.unexplained.size
        whole = part.information + np.trace(part.information) / size**2
        every = float(part.unexplained @ np.linalg.solve(whole, part.unexplained))
        freedom = size - 1 - length.size
        explained = float(np.sum(along**2 / length))
        own = max(every - explained, NEVER_QUITE) / max(freedom, 1)
        return cls(length, along, own, max(freedom, 1))

    @property
    def square(self) -> float:
        return float(np.sum(self.along**2 / self.length))

    @property
    def by_chance(self) -> float:
        """How often observers who write alike would lie as far apart."""
        from scipy.special import fdtrc

        ratio = self.square / self.own / self.length.size
        return float(fdtrc(self.length.size, self.freedom, ratio))

    def spread(self) -> tuple[float, float, float]:
        """Value, low and high: standard deviations in steps."""
        from scipy.special import fdtri

        size = self.length.size
        low, high = (float(fdtri(size, self.freedom, at)) for at in (0.975, 0.025))
        return self._where(1.0), self._where(low), self._where(high)

    def _where(self, ratio: float) -> float:
        """The spread at which squares lie at `ratio` times what they should; they fall with it."""
        from scipy.optimize import brentq

        def off(spread: float) -> float:
            expected = self.length * self.own + spread**2 * self.length**2
            return float(np.mean(self.along**2 / expected)) - ratio

        if off(0.0) <= 0:
            return 0.0
        return float(brentq(off, 0.0, WIDEST)) if off(WIDEST) < 0 else WIDEST


def _squares(part: Part, observer: Integers, observers: int, ways: Integers) -> Floats:
    """What the observers explain, (draws,), once they are shifted along the days."""
    # The last observer is where all others are not: their common level is off already.
    moved = np.eye(observers)[:, :-1][observer[ways]]
    sums = np.einsum("dno,n->do", moved, part.unexplained)
    told = np.matmul(moved.transpose(0, 2, 1), np.matmul(part.information, moved))
    told += 1e-9 * np.trace(part.information) * np.eye(observers - 1)
    explained = np.linalg.solve(told, sums[:, :, None])[:, :, 0]
    found: Floats = np.einsum("do,do->d", sums, explained)
    return found
