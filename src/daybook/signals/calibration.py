"""What the baseline says of days that hang together, and of how wide a day spreads."""

from dataclasses import dataclass

import numpy as np

from daybook.signals.ratings import Floats, Integers

FEW_PEOPLE = 5
PRIOR_AUTOCORRELATION = 0.3
PRIOR_ENTRIES = 100
LEARNING_ENTRIES = 2
LAGS = 3


@dataclass(frozen=True)
class Calibration:
    """`autocorrelation` from one rated day to the next; `scale` of z, 1 where the components
    are right; `alone`: too few people to lean on for one's own scale."""

    autocorrelation: float
    scale: float
    alone: bool


def calibrate(z: Floats, person: Integers, stated: float | None) -> Calibration:
    """Pool autocorrelation and scale over the people of the baseline days.

    Because one person's month tells little, the correlation is joined with 100 entries' worth
    of 0.3. Source: Marriott and Pope 1954 and Kendall 1954 on its bias in short series.
    """
    order = np.argsort(person, kind="stable")
    z, person = z[order], person[order]
    _, start, code, count = np.unique(
        person, return_index=True, return_inverse=True, return_counts=True
    )
    # The first entries of a person show the breadth of the prior, not of a day.
    seasoned = np.arange(z.size) - start[code] >= LEARNING_ENTRIES
    z, code = z[seasoned], code[seasoned]
    people = int(np.sum(count > LEARNING_ENTRIES))
    if z.size == 0 or not np.any(z):
        return Calibration(PRIOR_AUTOCORRELATION if stated is None else stated, 1.0, True)
    scale = float(np.sqrt(np.mean(z**2)))

    alone = people < FEW_PEOPLE
    autocorrelation = stated
    if autocorrelation is None:
        pooled = _autocorrelation(z, code, z.size / people, 1 if alone else LAGS)
        autocorrelation = (z.size * pooled + PRIOR_ENTRIES * PRIOR_AUTOCORRELATION) / (
            z.size + PRIOR_ENTRIES
        )
    return Calibration(autocorrelation, scale, alone)


def _autocorrelation(z: Floats, code: Integers, length: float, lags: int) -> float:
    """The first-order autoregression whose first `lags` correlations sum to those of z.

    Three rather than one, because noise on top of a lasting mood hides most of it at lag one;
    one where few people were pooled, whose further lags are mostly chance.

    Taking out each person's own mean lowers every covariance by that mean's variance, about
    (1 + phi) / (1 - phi) / length.
    """
    around = z - (np.bincount(code, z) / np.maximum(np.bincount(code), 1))[code]
    squares = float(np.mean(around**2))
    found = []
    for lag in range(1, lags + 1):
        together = code[lag:] == code[:-lag]
        if squares == 0 or not together.any():
            return PRIOR_AUTOCORRELATION
        found.append(float(np.mean((around[lag:] * around[:-lag])[together])) / squares)
    phi = np.linspace(0, 0.9, 181)
    lost = np.minimum((1 + phi) / (1 - phi) / length, 0.5)
    expected = sum((phi**lag - lost) / (1 - lost) for lag in range(1, lags + 1))
    return float(phi[np.argmin(np.abs(expected - sum(found)))])
