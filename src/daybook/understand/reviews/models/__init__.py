"""The tables of the joint review, one subject a file."""

from .closing import Closing, SaidSince
from .evidence import Evidence
from .hypotheses import Hypothesis, HypothesisTest
from .rating import MemberMarks, Note
from .record import RecordQuality, RecordReading
from .review import Member, Review

__all__ = [
    "Closing",
    "Evidence",
    "Hypothesis",
    "HypothesisTest",
    "Member",
    "MemberMarks",
    "Note",
    "RecordQuality",
    "RecordReading",
    "Review",
    "SaidSince",
]
