"""What happened, told to whoever subscribed, inside the same transaction.

A floor below announces; floors above subscribe in their ``apps.py``. A subscriber
that fails takes the change back with it: half a move is worse than none.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody came to a unit, or left one for another, or left for good (``unit_id`` None)."""

    person_id: int
    unit_id: int | None
    left_unit_id: int | None
    at: datetime


class Turn(StrEnum):
    """A turn in somebody's days after which staff look in on them."""

    ARRIVED = "arrived"
    TRANSFERRED = "transferred"
    BACK_FROM_COURT = "back-from-court"
    SENTENCED = "sentenced"
    BAD_NEWS = "bad-news"


@dataclass(frozen=True, slots=True)
class Turned:
    """A turn that came at a time. ``source`` names the row that told of it, as kind:key."""

    person_id: int
    turn: Turn
    at: datetime
    source: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What a row told of before no longer holds: it was corrected, or taken back."""

    person_id: int
    source: str


@dataclass(frozen=True, slots=True)
class Contested:
    """Somebody says that a record about them is wrong; or that was settled."""

    person_id: int
    kind: str
    record: UUID


Event = TypeVar("Event")


@dataclass
class Announcement(Generic[Event]):
    subscribers: list[Callable[[Event], None]] = field(default_factory=list)

    def subscribe(self, subscriber: Callable[[Event], None]) -> Callable[[Event], None]:
        if subscriber not in self.subscribers:
            self.subscribers.append(subscriber)
        return subscriber

    def announce(self, event: Event) -> None:
        for subscriber in self.subscribers:
            subscriber(event)


moved: Announcement[Moved] = Announcement()
turned: Announcement[Turned] = Announcement()
taken_back: Announcement[TakenBack] = Announcement()
contested: Announcement[Contested] = Announcement()
