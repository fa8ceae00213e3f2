"""What is said at a door, when it is looked at again, and who decides that it ends."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybook.foundation.access.roles import GOVERNOR, Compartment, Reach, Right, Role

from ..vocabulary import UnlockKind

LONGEST = timedelta(days=28)
"""After so many days at most, a named person looks at a protection again."""
LATE = timedelta(days=7)
"""A review so long overdue is told to the establishment's leaders, too."""

SAFETY, IDENTITY = Compartment.SAFETY, Compartment.IDENTITY


@dataclass(frozen=True, slots=True)
class Other:
    """From whom somebody is kept apart, and where that person lives; empty where nowhere."""

    id: int
    name: str
    unit_id: int | None
    unit: str
    cell: str


# ---- Who decides ----


def decides(role: Role) -> bool:
    """Whether whoever holds the role says that a protection stands, or ends.

    Those who lead a place, and those who work with somebody on a case or answer for them:
    of everyone who writes what keeps people safe, the ones who have the whole in view.
    """
    writes = Right.WRITE in role.rights.get(SAFETY, ())
    leads = Right.WRITE in role.rights.get(IDENTITY, ())
    return writes and (leads or role.reach in (Reach.CASE, Reach.CASE_ACROSS, Reach.ANSWERING))


def told_of_reviews_after(role: Role) -> timedelta | None:
    """How long a review is overdue before the holder of the role hears of it; None for never."""
    if role is GOVERNOR or (decides(role) and role.reach is Reach.ESTABLISHMENT):
        return LATE
    return timedelta(0) if decides(role) else None


# ---- When ----


def problem_with_review(on: date, *, today: date) -> str:
    """Why a protection can't be looked at again on that day, as a sentence; else nothing."""
    if on <= today:
        return _("Choose a day after today.")
    if on > today + LONGEST:
        return _("Choose a day within four weeks: a protection is looked at again that often.")
    return ""


def review_in_words(review_on: date, today: date) -> str:
    """When a protection is to be looked at again. It stands, whatever the day."""
    days = (review_on - today).days
    if days > 1:
        return ngettext(
            "to be looked at again in {days} day", "to be looked at again in {days} days", days
        ).format(days=days)
    if days == 1:
        return _("to be looked at again tomorrow")
    if days == 0:
        return _("to be looked at again today")
    return ngettext(
        "should have been looked at {days} day ago; it stands",
        "should have been looked at {days} days ago; it stands",
        -days,
    ).format(days=-days)


# ---- What is said at the door ----


def at_the_door(
    kind: str, instruction: str, *, staff_needed: int | None = None, other: Other | None = None
) -> str:
    """One line for whoever stands before the door: what it is, then what staff do."""
    if kind == UnlockKind.KEEP_APART:
        whom = other.name if other else _("somebody")
        where = " ".join(part for part in (other.unit, other.cell) if part) if other else ""
        from_whom = _("{name} ({place})").format(name=whom, place=where) if where else whom
        return _("Keep apart from {whom}: {instruction}").format(
            whom=from_whom, instruction=instruction
        )
    if kind == UnlockKind.STAFF and staff_needed:
        return ngettext(
            "{count} member of staff: {instruction}", "{count} staff: {instruction}", staff_needed
        ).format(count=staff_needed, instruction=instruction)
    beginning = {
        UnlockKind.MEDICAL.value: _("Medical need: {instruction}"),
        UnlockKind.EVACUATION.value: _("Help to get out: {instruction}"),
        UnlockKind.INTERPRETER.value: _("Interpreter: {instruction}"),
    }
    return beginning.get(kind, "{instruction}").format(instruction=instruction)


def in_brief(kind: str, *, staff_needed: int | None = None, other: Other | None = None) -> str:
    """What it is, for a board of sixty; what staff do stands one touch away."""
    if kind == UnlockKind.KEEP_APART:
        return _("apart from {whom}").format(whom=other.name if other else _("somebody"))
    if kind == UnlockKind.STAFF and staff_needed:
        return ngettext("{count} member of staff", "{count} staff", staff_needed).format(
            count=staff_needed
        )
    return str(UnlockKind(kind).label)


def cannot_be_kept_apart(other: Other, *, unit_id: int | None, cell: str) -> str:
    """Where two who are kept apart live side by side, that it can't be done; else nothing."""
    if unit_id is None or other.unit_id != unit_id:
        return ""
    if cell and cell == other.cell:
        return _("Both live in {cell}: cannot be kept apart here.").format(cell=cell)
    return _("Both live on {unit}: cannot be kept apart here.").format(unit=other.unit)
