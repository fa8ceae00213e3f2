"""Days apart with little meaningful contact, and how many there may be on end.

The Nelson Mandela Rules (General Assembly resolution 70/175): solitary confinement is 22 hours
or more a day without meaningful human contact, and prolonged beyond 15 days on end (rule 44);
prolonged is prohibited (rule 43); it is a last resort, as short as can be, and open to
independent review (rule 45). On whose wish somebody is apart makes no difference to the count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

ENOUGH = 120
"""Minutes of meaningful contact with which a day is not at the level of solitary confinement."""
WARNED_FROM = 10
LONGEST = 15
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """One separation: its first day, and its last one or None while nobody has ended it."""

    began_on: date
    ended_on: date | None


def run(spans: Iterable[Span], minutes: Mapping[date, int], on: date) -> int:
    """How many days on end, up to and with ``on``, were apart with under two hours of contact.

    Separations with no full day between them are one. The day on which one begins or ends
    counts, and so does a day that is not over yet, until it has its two hours.
    """
    spans = [*spans]
    days = 0
    while minutes.get(on, 0) < ENOUGH and _covered(spans, on):
        days += 1
        on -= DAY
    return days


def longest_run(
    spans: Iterable[Span], minutes: Mapping[date, int], *, since: date, until: date
) -> int:
    """The longest run that ended on one of these days: what once passed does not vanish."""
    spans = [*spans]
    days = ((since + DAY * each) for each in range((until - since).days + 1))
    return max((run(spans, minutes, day) for day in days), default=0)


def latest_end(spans: Iterable[Span], minutes: Mapping[date, int], *, began_on: date) -> date:
    """The last day a separation beginning then may have; the day before it where none may be."""
    count, last = run(spans, minutes, began_on - DAY), began_on - DAY
    for each in range(LONGEST):
        day = began_on + DAY * each
        count = 0 if minutes.get(day, 0) >= ENOUGH else count + 1
        if count > LONGEST:
            break
        last = day
    return last


def in_words(*, days: int, longest: int, until_on: date, today: date) -> str:
    """What those who lead must know of a separation that nobody has ended; mostly nothing."""
    if longest > LONGEST:
        return _(
            "Day {days} apart with under two hours of contact a day: more than 15 on end are "
            "prohibited. End it now."
        ).format(days=max(longest, days))
    if days == LONGEST:
        return _("Day 15 apart with under two hours of contact a day: it ends today.")
    if until_on < today:
        return _("Apart, and should have ended on {day}: somebody must end it.").format(
            day=date_format(until_on, "j F")
        )
    if until_on == today:
        return _("Last day apart: it ends today.")
    if days >= WARNED_FROM:
        return _(
            "Day {days} apart with under two hours of contact a day. It can’t pass 15: "
            "plan how it ends."
        ).format(days=days)
    return ""


def hours(minutes: int) -> str:
    """Hours and minutes as on a clock: 1:30."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def _covered(spans: Iterable[Span], day: date) -> bool:
    return any(
        span.began_on <= day and (span.ended_on is None or day <= span.ended_on) for span in spans
    )
