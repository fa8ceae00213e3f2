"""The tables of the shift's book, one subject a file."""

from .events import EventPart, SharedEvent, StaffPart
from .handover import HandoverNote, Signature
from .moves import LastNote
from .requests import Request, RequestStep

__all__ = [
    "EventPart",
    "HandoverNote",
    "LastNote",
    "Request",
    "RequestStep",
    "SharedEvent",
    "Signature",
    "StaffPart",
]
