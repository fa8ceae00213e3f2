"""Which months are looked at, when there is enough to say something, and how it is said."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MONTHS = 3
"""What one look takes together: shorter is too little to tell, longer forgets that people learn."""
FEWEST_RATINGS, FEWEST_SHARED = 40, 5
"""Ratings of one's own, and people whom colleagues rated too, from which a habit can be told."""
SMALLEST_GROUP = 10
"""Of fewer raters nothing is said as a whole: whoever knows them could tell who is meant."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A habit in steps, with its 95 % interval."""

    habit: float
    low: float
    high: float

    @property
    def is_told(self) -> bool:
        """Whether chance alone would hardly show as much."""
        return self.low > 0 or self.high < 0


def last_whole_month(today: date) -> date:
    """The first day of the month before the one that runs."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def window(month: date) -> tuple[date, date]:
    """First and last day of the three months that end with ``month``."""
    first = month
    for _each in range(MONTHS - 1):
        first = last_whole_month(first)
    return first, (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def enough(ratings: int, shared: int) -> bool:
    return ratings >= FEWEST_RATINGS and shared >= FEWEST_SHARED


def in_words(seen: Seen, *, low: str, high: str) -> str:
    """What a habit says to its rater; ``low`` and ``high`` are the words at the scale's ends."""
    if not seen.is_told:
        return _("You place people where your colleagues do: no difference can be told.")
    size, least, most = _sizes(seen)
    return _("About {size} steps nearer “{end}” than colleagues ({least} to {most}).").format(
        size=size, end=high if seen.habit > 0 else low, least=least, most=most
    )


def moved_in_words(moved: int) -> str:
    """How many raters in a hundred changed their habit, rounded so that nobody can be told."""
    if moved == 0:
        return _("Hardly anybody uses it differently than three months before.")
    return ngettext(
        "About {moved} in 100 uses it differently than three months before.",
        "About {moved} in 100 use it differently than three months before.",
        moved,
    ).format(moved=moved)


def _sizes(seen: Seen) -> tuple[str, str, str]:
    ends = sorted((abs(seen.low), abs(seen.high)))
    size, least, most = (f"{number:.1f}" for number in (abs(seen.habit), *ends))
    return size, least, most
