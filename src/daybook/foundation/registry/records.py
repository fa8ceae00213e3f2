"""What is kept about people: each kind of record, how long, and what belongs to it.

An app says so in its ``records.py`` and registers it in ``apps.py``. Three things go by it:
when a record is due to be erased, what an erasure takes with it, and what somebody is given
who asks for everything about them. A test holds that every table about people is named.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Model


class Begins(StrEnum):
    """From when a period runs. A record is never due before its own day and the period."""

    ENTRY = "entry"
    """The day of the record, wherever the person is."""
    END = "end"
    """The day it ended: a case closed, a request answered. What goes on is never due."""
    RELEASE = "release"
    """The day the person left custody for good, for a record of before; its own day after."""
    LAST = "last"
    """The day the person left, once nothing else about them is left."""


class Then(StrEnum):
    """What happens on the day."""

    ERASE = "erase"
    """It stands on the destruction list, to be erased once two people have said so."""
    REVIEW = "review"
    """The same, and somebody looks at it first: it may be kept for a reason, until a day."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How long records of a kind are kept, in months; shorter where the law is stricter.

    ``unconvicted``: about people whom no court has sentenced. ``child``: about somebody who was
    not yet eighteen on the day of the record. The shortest that fits holds.
    """

    months: int
    unconvicted: int
    child: int
    begins: Begins
    then: Then = Then.ERASE

    def __post_init__(self) -> None:
        if not 0 < self.child <= self.months or not 0 < self.unconvicted <= self.months:
            raise ValueError("A period is a month or longer, and never longer for the protected.")


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that share the fate of a record; ``by`` is the column with its key.

    ``of_anybody``: they may be about somebody else, and hold no word about them. ``own_lock``
    and ``settles``: as with the record.
    """

    model: type[Model]
    by: str
    parts: tuple["Part", ...] = ()
    settles: tuple[str, ...] = ()
    own_lock: bool = False
    of_anybody: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """What several people's records are parts of: it goes with the last of them."""

    model: type[Model]
    key: str
    """The column of the record with its key."""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of record about people.

    ``day`` is the column with its day, ``ends`` the one that says when it ended. ``settles``:
    columns that are set after it was signed, such as when it ended; None for what nobody signs.
    ``own_lock``: the app's own trigger lets more through, under a condition of its own.
    ``drawn``: pictures drawn from it, which go with it and are drawn anew without it.
    ``withheld``: why the person is not given it, as a rule; empty for what they are.
    """

    kind: str
    name: object
    model: type[Model]
    limit: Limit
    day: str
    compartment: str
    person: str = "person_id"
    ends: str = ""
    settles: tuple[str, ...] | None = ()
    own_lock: bool = False
    parts: tuple[Part, ...] = ()
    whole: Whole | None = None
    drawn: tuple[type[Model], ...] = ()
    withheld: object = ""

    def models(self) -> Iterator[type[Model]]:
        """Every table that holds a piece of it."""
        yield self.model
        yield from (part.model for part in every_part(self.parts))
        yield from self.drawn
        if self.whole:
            yield self.whole.model
            yield from (part.model for part in every_part(self.whole.parts))


def every_part(parts: Iterable[Part]) -> Iterator[Part]:
    for part in parts:
        yield part
        yield from every_part(part.parts)


@dataclass(frozen=True, slots=True)
class Trace:
    """A table that may name any record by its key, and holds no word of it.

    ``by``: columns that hold the key. ``within``: columns whose text has the key in it.
    ``says``: the column with what the person says about the record, given to them beside it.
    """

    model: type[Model]
    by: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    says: str = ""


@dataclass
class Records:
    """Every kind of record about people, and the traces that records leave."""

    known: dict[str, Kept] = field(default_factory=dict)
    traces: list[Trace] = field(default_factory=list)
    nobody: dict[type[Model], str] = field(default_factory=dict)
    """Tables that name somebody in custody and need no limit of their own, and why."""

    def register(self, *kinds: Kept) -> None:
        for kept in kinds:
            if self.known.setdefault(kept.kind, kept) is not kept:
                raise ValueError(f"{kept.kind} is a kind of record already.")

    def leaves(self, *traces: Trace) -> None:
        """Say where keys of records stand beside them."""
        self.traces += [trace for trace in traces if trace not in self.traces]

    def spare(self, model: type[Model], because: str) -> None:
        """Say why a table needs no limit."""
        self.nobody[model] = because

    def __iter__(self) -> Iterator[Kept]:
        return iter(self.known.values())


records = Records()
