"""Ways out of Daybook, by which somebody hears that something waits, and nothing else.

A channel of a service's own follows ``Channel`` and is registered in an app's ``apps.py``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from daybook.foundation.duties.kinds import Words


@dataclass(frozen=True, slots=True)
class Word:
    """All that ever leaves: for whom, how much waits, and whether it can wait.

    ``id`` names the attempt's delivery, so that a receiver can tell a repetition.
    """

    id: str
    staff_key: UUID
    email: str
    waiting: int
    urgent: bool


class NotSent(Exception):
    """It did not go; the message says why, without naming anybody. It will be tried again."""


class Channel(Protocol):
    """A way out."""

    @property
    def slug(self) -> str: ...
    @property
    def label(self) -> Words:
        """As somebody chooses it: "also by e-mail"."""
        ...

    def is_open(self) -> bool:
        """Whether the service has set it up."""
        ...

    def knows(self, word: Word) -> bool:
        """Whether there is somewhere to send it to."""
        ...

    def send(self, word: Word) -> None:
        """Send it, within seconds, or raise ``NotSent``."""
        ...


@dataclass
class Channels:
    known: dict[str, Channel] = field(default_factory=dict)

    def register(self, channel: Channel) -> None:
        """Add a way out. A second one of the same name is a mistake, and is refused."""
        if self.known.setdefault(channel.slug, channel) is not channel:
            raise ValueError(f"There is another channel called {channel.slug}.")

    def get(self, slug: str) -> Channel | None:
        """The channel, or None where the service has closed it meanwhile."""
        channel = self.known.get(slug)
        return channel if channel and channel.is_open() else None

    def __iter__(self) -> Iterator[Channel]:
        return (channel for channel in self.known.values() if channel.is_open())


channels = Channels()
