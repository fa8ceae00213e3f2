"""What is charted with between two fits, and how ratings are turned before anything is computed."""

import io
from dataclasses import astuple, dataclass
from zipfile import BadZipFile

import numpy as np

from daybook.signals.answers import Parameters, Sizes
from daybook.signals.errors import StateUnreadable
from daybook.signals.fit import Fit, Steps
from daybook.signals.limits import Limit
from daybook.signals.ratings import Floats

USUAL_LIMITS = (4.5, 8.0)
MOST_STEPS = 11
"""A scale of more steps is read as one without."""


@dataclass(frozen=True)
class Turned:
    """How ratings are turned before anything is computed, and turned back.

    Zero at a point of the scale, and the longer tail upwards: a scale that is shifted or
    reversed then gives the same numbers, replays included.
    """

    sign: float = 1.0
    zero: float = 0.0

    def there(self, value: Floats) -> Floats:
        return self.sign * value - self.zero

    def back(self, x: Floats) -> Floats:
        return self.sign * (x + self.zero)


def turned(baseline: Floats, parameters: Parameters) -> tuple[Turned, Steps | None]:
    """How to turn ratings like those of the `baseline`, and their steps then, if they have any."""
    around = baseline - baseline.mean()
    sign = -1.0 if np.sum(around**3) < -1e-9 * np.sum(np.abs(around) ** 3) else 1.0
    x = sign * baseline
    levels = np.unique(x)
    if levels.size > MOST_STEPS or np.any(levels != np.rint(levels)):
        return Turned(sign, float(x.mean())), None
    ends = [end for end in (parameters.low, parameters.high) if end is not None]
    low, high = (
        (min, max)[side]([float(levels[(0, -1)[side]]), *(sign * end for end in ends)])
        for side in (0, 1)
    )
    return Turned(sign, low), Steps(0.0, high - low)


@dataclass(frozen=True, eq=False)
class Fitted:
    """What is charted with from the day after `until`; sizes in rating points."""

    fit: Fit
    limit: Limit
    until: int
    sizes: Sizes

    def to_bytes(self) -> bytes:
        """In numpy's own format, without objects: safe to read anywhere."""
        fit, buffer = self.fit, io.BytesIO()
        np.savez_compressed(
            buffer,
            fit=np.stack([fit.theta, fit.free]),
            covariance=fit.covariance,
            moments=[fit.mean, fit.person, self.limit.height],
            peaks=self.limit.peaks,
            until=self.until,
            sizes=list(astuple(self.sizes)),
        )
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, kept: bytes) -> "Fitted":
        """Raises StateUnreadable where nothing of ours wrote it."""
        try:
            with np.load(io.BytesIO(kept), allow_pickle=False) as file:
                theta, free = file["fit"]
                mean, person, height = file["moments"].tolist()
                return cls(
                    Fit(theta, file["covariance"], free, mean, person),
                    Limit(height, file["peaks"]),
                    int(file["until"]),
                    Sizes(*file["sizes"].tolist()),
                )
        except (ValueError, KeyError, OSError, EOFError, TypeError, BadZipFile) as error:
            raise StateUnreadable from error

    @property
    def autocorrelation(self) -> float:
        model = self.fit.model
        return round(model.keeps * model.mood / (model.mood + model.rating), 6)

    @property
    def usual_limit(self) -> bool:
        low, high = USUAL_LIMITS
        return low <= self.limit.height <= high
