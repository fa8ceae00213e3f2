"""Who is to answer a concern by when, who may, and what is said of it meanwhile."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import DUTY_MANAGER, ON_CALL_CARE, Compartment, Right, Role
from daybook.ui.words import exact

from ..vocabulary import Duty, Step

EVERYBODY_AGAIN = timedelta(minutes=10)
"""Once everybody has been called, they are called again so often, until somebody answers."""
LONGEST_WORDS = 1000
FAR_OFF = timedelta(minutes=10)
"""A clock so far from ours is shown beside it."""
NO_CLOCK = timedelta(days=36_500)
"""A time so far from ours is no clock's."""

ANSWERS = {Duty.CARE: ON_CALL_CARE, Duty.MANAGER: DUTY_MANAGER}
"""Who answers where nobody has been set down for the duty."""


# ---- When ----


def step_due(raised_at: datetime, *, now: datetime, within: timedelta) -> Step:
    """How far the call for an answer should have gone by now."""
    waited = now - raised_at
    if waited >= 2 * within:
        return Step.EVERYBODY
    return Step.AGAIN if waited >= within else Step.CALLED


def times_again(raised_at: datetime, *, now: datetime, within: timedelta) -> int:
    """How often everybody should have been called again by now, after the first time."""
    return max(0, (now - raised_at - 2 * within) // EVERYBODY_AGAIN)


def name_of_call(concern: UUID, step: Step, number: int = 0) -> str:
    """What the notices of one step stand for, so that each is told once."""
    return f"concern:{concern}:{step}" + (f":{number}" if number else "")


def names_of_calls(
    concern: UUID, raised_at: datetime, *, now: datetime, within: timedelta
) -> list[str]:
    """Every name under which somebody may have been told of the concern until now."""
    names = [name_of_call(concern, step) for step in Step]
    last = times_again(raised_at, now=now, within=within)
    return names + [name_of_call(concern, Step.EVERYBODY, n) for n in range(1, last + 1)]


# ---- Who ----


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody who answers now. ``until`` is None where they were not set down for a turn."""

    staff_id: int
    duty: Duty
    name: str
    post: str
    until: datetime | None

    @property
    def is_set(self) -> bool:
        return self.until is not None


def off_duty(staff_id: int, roles: Iterable[Role], on_duty: Collection[OnDuty]) -> bool:
    """Whether somebody who answers by duty alone has gone off, and others are on now.

    Whoever also works with the person, as an officer does, may always take a concern up; and
    where nobody is set down, whoever holds the role may: no concern waits for a roster.
    """
    writing = [role for role in roles if Right.WRITE in role.rights.get(Compartment.SAFETY, ())]
    turns = [each for each in on_duty if each.is_set]
    return (
        all(role in ANSWERS.values() for role in writing)
        and bool(turns)
        and staff_id not in {each.staff_id for each in turns}
    )


def on_duty_in_words(on_duty: Iterable[OnDuty]) -> str:
    """ "A. Novak (on-call care), B. Ilić (duty manager)"."""
    who = _("{name} ({duty})")
    return ", ".join(
        who.format(name=each.name, duty=each.duty.label) for each in on_duty if each.is_set
    )


# ---- What is said ----


def clock(at: datetime) -> str:
    return time_format(localtime(at), "H:i")


def concern_first(kind: str, taken_up_by: str) -> str:
    """What stands above everything else about somebody for whom a concern is open."""
    if taken_up_by:
        return _("Concern for safety: {kind}. {who} is on it.").format(kind=kind, who=taken_up_by)
    return _("Concern for safety: {kind}. Nobody has taken it up yet.").format(kind=kind)


def concern_in_brief(taken_up_by: str) -> str:
    """The same for a board of sixty."""
    if taken_up_by:
        return _("concern: {who} is on it").format(who=taken_up_by)
    return _("concern: nobody on it yet")


def how_far_in_words(steps: Collection[Step]) -> str:
    """How far the call for an answer has gone; nothing where that can't be seen."""
    if Step.EVERYBODY in steps:
        return _("Everybody who can answer has been called, and is called again.")
    if Step.AGAIN in steps:
        return _("They have been called again, and the head of unit.")
    return _("On-call care and the duty manager have been called.") if steps else ""


def noticed_by_clock(said: datetime | None, *, now: datetime) -> datetime:
    """The device's time, however wrong; the server's where there is none that could be one."""
    return said if said is not None and abs(said - now) < NO_CLOCK else now


def clock_in_words(noticed_at: datetime, raised_at: datetime) -> str:
    """Where the device's clock is far from ours, what it said; else nothing."""
    if abs(noticed_at - raised_at) <= FAR_OFF:
        return ""
    return _("The device it was raised on said {at}.").format(at=exact(noticed_at))


def waited_in_words(written_at: datetime | None, raised_at: datetime) -> str:
    """That it was touched without the network and has only arrived now; mostly nothing."""
    if written_at is None:
        return ""
    return _(
        "It was touched without the network at {written}, and arrived here at {raised}."
    ).format(
        written=clock(written_at) if _same_day(written_at, raised_at) else exact(written_at),
        raised=clock(raised_at),
    )


def _same_day(one: datetime, other: datetime) -> bool:
    return localtime(one).date() == localtime(other).date()
