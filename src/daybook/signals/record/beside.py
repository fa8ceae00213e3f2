"""The same test for everybody else of the wing: what is usual there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from daybook.signals.record.chance import Found
from daybook.signals.record.own import Own

FEWEST_PEOPLE = 5


@dataclass(frozen=True)
class Beside:
    """Of so many `people`, half lie between `low` and `high`, and as many below `middle` as
    above; in steps."""

    people: int
    low: float
    middle: float
    high: float


def beside(others: Iterable[Own], test: Callable[[Own], Found | None]) -> Beside | None:
    """Ask the same of everybody else (`Apart.others`); None where fewer than `FEWEST_PEOPLE`
    have enough written of them."""
    found = [said.value for said in map(test, others) if said is not None]
    if len(found) < FEWEST_PEOPLE:
        return None
    low, middle, high = np.quantile(found, [0.25, 0.5, 0.75]).tolist()
    return Beside(len(found), low, middle, high)
