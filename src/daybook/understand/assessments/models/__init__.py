"""Tables of assessments, one subject a file."""

from .assessments import Assessment
from .sheets import LONGEST, Account, Basis, Draft, Sheet, SheetAnswer
from .together import Closing, Talk

__all__ = [
    "LONGEST",
    "Account",
    "Assessment",
    "Basis",
    "Closing",
    "Draft",
    "Sheet",
    "SheetAnswer",
    "Talk",
]
