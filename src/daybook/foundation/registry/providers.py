"""What an app offers to pages that know nothing of it.

An app registers its provider in ``apps.py``; the person page, the wing board and
search ask the registry and never import upwards. A provider takes ``viewer=`` and
gives only what that viewer may see.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar


@dataclass(frozen=True, slots=True)
class Voice:
    """One statement on a timeline. ``kind`` keeps fact, reading and own words apart."""

    kind: str
    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What the person says is wrong about a record: it stands beside it for good.

    ``state`` is one sentence; while it is ``open``, the record is used in no chart.
    """

    words: str
    taken: str
    state: str
    open: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened, as the person page shows it."""

    at: datetime
    who: str
    where: str
    voices: tuple[Voice, ...]
    kind: str
    key: str
    url: str = ""
    day_only: bool = False
    additions: tuple["TimelineEntry", ...] = ()
    statements: tuple[Statement, ...] = ()
    contest_url: str = ""
    """Where it is taken down that the person says it is wrong; empty for who can't."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is owed on a day."""

    on: date
    words: str
    url: str = ""
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class First:
    """What must be known before a door is opened: an instruction, never an offence or a label."""

    words: str
    url: str = ""
    brief: str = ""
    """The same in two or three words, for a board of sixty."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A section beside a person's timeline: a heading, lines of words, and where to go on."""

    title: str
    lines: tuple[str, ...]
    url: str = ""
    link: str = ""
    """What the link at the foot of the section says."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing in the log of a shift, about one person or, where none is named, the unit."""

    at: datetime
    words: str
    who: str = ""
    person_id: int | None = None
    url: str = ""
    wrong_url: str = ""
    """Where whoever leads strikes it; empty for everybody else."""


@dataclass(frozen=True, slots=True)
class FoundWords:
    """One record in which words that were looked for stand."""

    person_id: int
    at: datetime
    kind: str
    said: tuple[str, ...]


class TimelineProvider(Protocol):
    def __call__(
        self, *, viewer: Any, person_id: int, before: datetime | None, limit: int
    ) -> Iterable[TimelineEntry]: ...


class BesideEntriesProvider(Protocol):
    """The same entries of one person, with what stands beside them, whichever app tells them."""

    def __call__(
        self, *, viewer: Any, person_id: int, entries: Sequence[TimelineEntry]
    ) -> list[TimelineEntry]: ...


class FirstProvider(Protocol):
    """For each of these people, what stands above everything else."""

    def __call__(
        self, *, viewer: Any, people: Collection[int]
    ) -> Mapping[int, Sequence[First]]: ...


class DueProvider(Protocol):
    """What is owed to these people up to and on ``until``, overdue first."""

    def __call__(self, *, viewer: Any, people: Collection[int], until: date) -> Iterable[Due]: ...


class AsideProvider(Protocol):
    """What an app shows of one person beside the timeline."""

    def __call__(self, *, viewer: Any, person_id: int) -> Iterable[Aside]: ...


class ShiftProvider(Protocol):
    """What happened on a unit in a span of time, for the log of the shift."""

    def __call__(
        self, *, viewer: Any, unit_id: int, since: datetime, until: datetime
    ) -> Iterable[Happened]: ...


class BeforeMoveProvider(Protocol):
    """What must be known before somebody comes to live there, in plain sentences; mostly nothing.

    ``cell`` is the name on the door, empty where it isn't known yet.
    """

    def __call__(
        self, *, viewer: Any, person_id: int, unit_id: int, cell: str
    ) -> Iterable[str]: ...


class GoesAlongProvider(Protocol):
    """What is under way for somebody: a sentence for each thing that whoever moves them settles
    first, or tells those who receive them."""

    def __call__(self, *, viewer: Any, person_id: int) -> Iterable[str]: ...


class WaitingProvider(Protocol):
    """What waits for the viewer's decision by the roles they hold, whoever it is about."""

    def __call__(self, *, viewer: Any) -> Iterable[Due]: ...


class WrittenProvider(Protocol):
    """Records in which each of these words begins a word; only kinds the viewer reads."""

    def __call__(
        self, *, viewer: Any, words: Sequence[str], limit: int
    ) -> Iterable[FoundWords]: ...


Provider = TypeVar("Provider", bound=Callable[..., object])


@dataclass
class Providers(Generic[Provider]):
    """Providers of one kind, each under the name of the app that offers it."""

    known: dict[str, Provider] = field(default_factory=dict)

    def register(self, name: str, provider: Provider) -> None:
        """Offer ``provider``. A second one under the same name is a mistake, and is refused."""
        if name in self.known and self.known[name] is not provider:
            raise ValueError(f"{name} already offers a provider of this kind.")
        self.known[name] = provider

    def __iter__(self) -> Iterator[Provider]:
        return iter(self.known.values())


timeline: Providers[TimelineProvider] = Providers()
beside_entries: Providers[BesideEntriesProvider] = Providers()
first: Providers[FirstProvider] = Providers()
due: Providers[DueProvider] = Providers()
aside: Providers[AsideProvider] = Providers()
shift: Providers[ShiftProvider] = Providers()
before_move: Providers[BeforeMoveProvider] = Providers()
goes_along: Providers[GoesAlongProvider] = Providers()
waiting: Providers[WaitingProvider] = Providers()
written: Providers[WrittenProvider] = Providers()
