"""The tables of information, one subject a file."""

from .concerns import Attachment, Concern, ConcernStep, Grading, Levelling
from .context import Account, Asking
from .fairness import FairnessAnswer
from .given import Copy, Use
from .outside import Answer, Enquiry, Feedback
from .reports import Report
from .urgent import Protection, Urging

__all__ = [
    "Account",
    "Answer",
    "Asking",
    "Attachment",
    "Concern",
    "ConcernStep",
    "Copy",
    "Enquiry",
    "FairnessAnswer",
    "Feedback",
    "Grading",
    "Levelling",
    "Protection",
    "Report",
    "Urging",
    "Use",
]
