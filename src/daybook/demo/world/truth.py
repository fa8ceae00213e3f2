"""What only the maker of the world knows. Tests read it; no loader may."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

ChangeKind = Literal[
    "low spell",
    "withdraws from others",
    "wound up",
    "shuts out staff",
    "opens up",
    "settles",
    "joins in",
    "brightens after a low spell",
]


@dataclass(frozen=True, slots=True)
class PlantedChange:
    """A lasting change of one person's level from `day` on.

    `sizes` are steps of the five-step scale in the order of CHANNELS. A
    brightening has `low_from`, the day the low spell before it began.
    """

    person: int
    kind: ChangeKind
    day: int  # days after World.first_day
    sizes: tuple[float, float, float, float]
    for_the_better: bool
    low_from: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    name_bank: tuple[str, ...]  # per person, so that a test can show it explains nothing
    changes: tuple[PlantedChange, ...]
    habits: NDArray[np.float64]  # (staff, channel): added by each rater
    weather: NDArray[np.float64]  # (unit, day, channel): shared by a wing that day
    usual: NDArray[np.float64]  # (person, channel)
    level: NDArray[np.float64]  # (person, day, channel): usual, changes and ordinary life
