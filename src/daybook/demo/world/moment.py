"""A moment of the fictional service: day and minute, by the clock on the wall."""

from datetime import date, datetime, time, tzinfo
from typing import NamedTuple


class Moment(NamedTuple):
    """A local wall-clock time. Compares in time order."""

    day: date
    minute: int  # after midnight, 0..1439

    def at(self, zone: tzinfo) -> datetime:
        return datetime.combine(self.day, time(*divmod(self.minute, 60)), tzinfo=zone)
