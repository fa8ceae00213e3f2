"""The tables of safety, one subject a file."""

from .apart import ContactDay, Separation
from .concerns import Call, Concern, Turn
from .early_days import CheckIn
from .plans import Check, Plan
from .unlock import Review, UnlockNote

__all__ = [
    "Call",
    "Check",
    "CheckIn",
    "Concern",
    "ContactDay",
    "Plan",
    "Review",
    "Separation",
    "Turn",
    "UnlockNote",
]
