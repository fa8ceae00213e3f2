"""Who rates how: crossed raters, people and days taken apart, by the million.

Not imported by `daybook.signals` itself: it loads a compiler, which no page needs.
"""

from daybook.signals.raters.design import RESIDUAL, Crossed, Factor, checked, crossed
from daybook.signals.raters.fit import Levels, Raters, raters, taken_apart
from daybook.signals.raters.ordinal import Ordinal, ordinal
from daybook.signals.raters.places import Here, Place

__all__ = [
    "RESIDUAL",
    "Crossed",
    "Factor",
    "Here",
    "Levels",
    "Ordinal",
    "Place",
    "Raters",
    "checked",
    "crossed",
    "ordinal",
    "raters",
    "taken_apart",
]
