"""Pure numerics: arrays in, frozen results out. No Django, no database, no clock."""

from daybook.signals.answers import (
    Alarm,
    Answer,
    Band,
    Because,
    Chance,
    Change,
    Method,
    Parameters,
    State,
    Taken,
    Weather,
)
from daybook.signals.change import change
from daybook.signals.errors import (
    BadColumn,
    BadParameter,
    BadRating,
    LengthMismatch,
    NoRatings,
    SignalsError,
)
from daybook.signals.ratings import Ratings

__all__ = [
    "Alarm",
    "Answer",
    "BadColumn",
    "BadParameter",
    "BadRating",
    "Band",
    "Because",
    "Chance",
    "Change",
    "LengthMismatch",
    "Method",
    "NoRatings",
    "Parameters",
    "Ratings",
    "SignalsError",
    "State",
    "Taken",
    "Weather",
    "change",
]
