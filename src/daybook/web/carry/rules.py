"""When an entry was written, whatever the clock of its device says; and what needs a look."""

from datetime import datetime, timedelta

from .vocabulary import Outcome

LATEST = timedelta(hours=48)
"""What arrives later is looked at by its author before it stands."""
LEEWAY = timedelta(minutes=5)
KEPT = timedelta(days=30)
"""So long an entry waits for its author's look. Then its words go: they were never signed."""


def written_at(*, stamped_at: datetime, loaded_at: datetime, device_at: datetime) -> datetime:
    """The server's time when the page was made, and the time that has gone by on the device.

    A clock that is wrong by hours is wrong by them at both ends.
    """
    return stamped_at + (device_at - loaded_at)


def first_a_look(
    written: datetime, *, stamped_at: datetime, arrived: datetime, half: bool
) -> Outcome | None:
    """Why its author looks at an entry before anything is saved; mostly nothing."""
    if half:
        return Outcome.HALF
    if not stamped_at - LEEWAY <= written <= arrived + LEEWAY:
        return Outcome.CLOCK
    return Outcome.LATE if arrived - written > LATEST else None
