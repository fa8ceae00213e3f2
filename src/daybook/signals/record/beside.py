"""The same test for everybody else of the wing: what is usual there."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from daybook.signals.errors import NotSeparable, NoVariation
from daybook.signals.record.apart import Apart
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


def beside(found: Apart, person: int, test: Callable[[Own], Found | None]) -> Beside | None:
    """Ask the same of everybody but `person`; None where fewer than `FEWEST_PEOPLE` can be."""
    values = []
    for other in found.people.tolist():
        if other == person:
            continue
        try:
            said = test(found.of(other))
        except (NotSeparable, NoVariation):
            continue
        if said is not None:
            values.append(said.value)
    if len(values) < FEWEST_PEOPLE:
        return None
    low, middle, high = np.quantile(values, [0.25, 0.5, 0.75]).tolist()
    return Beside(len(values), low, middle, high)
