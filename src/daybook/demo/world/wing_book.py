"""What the shifts of the fictional service keep in their book."""

from dataclasses import dataclass
from datetime import date

from daybook.demo.world.moment import Moment


@dataclass(frozen=True, slots=True)
class Step:
    """What became of a request. A promise has who and by which day."""

    kind: str
    at: Moment
    by: int
    promised_by: int | None = None
    due: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    person: int
    of: int
    at: Moment
    words: str
    steps: tuple[Step, ...]

    @property
    def ended(self) -> Moment | None:
        last = self.steps[-1] if self.steps else None
        return last.at if last and last.kind in ("kept", "told") else None


@dataclass(frozen=True, slots=True)
class Together:
    """A shared event; `parts` are who took part and how, `tested` a colleague put to the test."""

    unit: int
    kind: str
    place: str
    at: Moment
    written: Moment
    by: int
    fact: str
    responses: tuple[str, ...]
    response: str
    opening: str
    parts: tuple[tuple[int, str], ...]
    tested: int | None


@dataclass(frozen=True, slots=True)
class Note:
    unit: int
    by: int
    at: Moment
    words: str


@dataclass(frozen=True, slots=True)
class Signed:
    """That somebody read the log of a shift."""

    unit: int
    by: int
    day: date
    shift: str
    at: Moment


@dataclass(frozen=True, slots=True)
class Book:
    asked: tuple[Asked, ...]
    together: tuple[Together, ...]
    notes: tuple[Note, ...]
    signed: tuple[Signed, ...]
