"""When staff look in on somebody: in their first days, and after a hard turn."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybook.foundation.registry.events import Turn

from ..vocabulary import Occasion

MORNING, LOCK_UP = time(6), time(22)
"""Between lock-up and morning it is night, and the night belongs to the evening before."""
AT_NIGHT = timedelta(hours=2)
"""Whoever comes at night is seen within it; nobody is given less."""
EARLY = timedelta(days=7)
"""What came longer ago opens nothing."""
JUST_DUE = timedelta(days=1)
"""What was due longer ago than this when an arrival is heard of is not opened any more."""
TOLD_AFTER = timedelta(hours=24)
"""So long after it was due, a check-in that nobody did is told to whoever leads the unit."""

_LATER = {Occasion.DAY_2: 1, Occasion.DAY_3: 2, Occasion.DAY_7: 6}
_HARD = {
    Turn.TRANSFERRED: Occasion.TRANSFER,
    Turn.BACK_FROM_COURT: Occasion.COURT,
    Turn.SENTENCED: Occasion.SENTENCE,
    Turn.BAD_NEWS: Occasion.BAD_NEWS,
}


@dataclass(frozen=True, slots=True)
class Owed:
    """A few minutes that somebody is owed between two moments."""

    occasion: Occasion
    opens_at: datetime
    due_at: datetime


def check_ins(turn: Turn, at: datetime, *, told_at: datetime, zone: tzinfo) -> list[Owed]:
    """What a turn that came ``at`` opens, heard of at ``told_at``; ``zone`` is the house's.

    Of an arrival heard of late, only what is still ahead or was due within the last day. A
    hard turn heard of late is owed from then: hard news does not get easier by being late.
    """
    if told_at - at > EARLY:
        return []
    if turn is not Turn.ARRIVED:
        begins = at if _tonight(at, zone) > told_at else told_at
        return [Owed(_HARD[turn], begins, _tonight(begins, zone))]
    first = Owed(Occasion.FIRST_NIGHT, at, _tonight(at, zone))
    day = _evening_of(at, zone)
    later = [
        Owed(
            occasion,
            _moment(day + timedelta(days=days), MORNING, zone),
            _moment(day + timedelta(days=days), LOCK_UP, zone),
        )
        for occasion, days in _LATER.items()
    ]
    return [owed for owed in (first, *later) if owed.due_at > told_at - JUST_DUE]


def carried_on(now: datetime, *, zone: tzinfo) -> tuple[datetime, datetime]:
    """From when until when somebody who was away is owed it instead: by tomorrow's lock-up."""
    return now, _moment(_evening_of(now, zone) + timedelta(days=1), LOCK_UP, zone)


def source_of_next(source: str) -> str:
    """The name under which a check-in is carried on: the event's, and how often by now."""
    event, _slash, times = source.partition("/")
    return f"{event}/{int(times or 0) + 1}"


def when_in_words(opens_at: datetime, due_at: datetime, *, now: datetime, zone: tzinfo) -> str:
    """How a check-in stands that nobody has done yet."""
    if now < opens_at:
        return _("from %(when)s on") % {"when": _day_and_hour(opens_at, now, zone)}
    if now <= due_at:
        return _("by %(when)s") % {"when": _day_and_hour(due_at, now, zone)}
    days = (now - due_at).days
    if days < 1:
        return _("not done; was due by %(when)s") % {"when": _day_and_hour(due_at, now, zone)}
    return ngettext(
        "not done; was due %(days)d day ago", "not done; was due %(days)d days ago", days
    ) % {"days": days}


def _day_and_hour(moment: datetime, now: datetime, zone: tzinfo) -> str:
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    hour = f"{local:%H:%M}"
    match (local.date() - today).days:
        case 0:
            return hour
        case 1:
            return _("%(hour)s tomorrow") % {"hour": hour}
        case -1:
            return _("%(hour)s yesterday") % {"hour": hour}
    return date_format(local, "j F, H:i")


def _tonight(at: datetime, zone: tzinfo) -> datetime:
    """Lock-up of the day, and two hours at least, by a clock that nobody sets."""
    soonest = at.astimezone(UTC) + AT_NIGHT
    local = at.astimezone(zone)
    if local.time() < MORNING:
        return soonest
    return max(soonest, _moment(local.date(), LOCK_UP, zone))


def _evening_of(at: datetime, zone: tzinfo) -> date:
    local = at.astimezone(zone)
    return local.date() - timedelta(days=local.time() < MORNING)


def _moment(day: date, hour: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, hour, zone).astimezone(UTC)
