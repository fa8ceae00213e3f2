"""What an app offers to pages that know nothing of it.

An app registers its provider in ``apps.py``; the person page, the wing board and
search ask the registry and never import upwards. A provider takes ``viewer=`` and
gives only what that viewer may see.
"""

from collections.abc import Callable, Iterable, Iterator
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


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is owed on a day."""

    on: date
    words: str
    url: str = ""
    person_id: int | None = None


class TimelineProvider(Protocol):
    def __call__(
        self, *, viewer: Any, person_id: int, before: datetime | None, limit: int
    ) -> Iterable[TimelineEntry]: ...


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
