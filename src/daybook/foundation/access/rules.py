"""May this role be given to this person, here, from then until then?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from .roles import AT_AN_ESTABLISHMENT, CLERK, ROLES, Reach

FURTHEST_AHEAD = timedelta(days=366)
"""A beginning beyond it is more likely a slip of the keyboard than a plan."""


@dataclass(frozen=True, slots=True)
class Term:
    """A role for a place and a time. ``until`` is the first moment at which it is over."""

    role: str
    unit_id: int | None
    establishment_id: int | None
    since: datetime
    until: datetime | None

    def meets(self, other: "Term") -> bool:
        """Whether there is a moment at which both are held."""
        begins_before_other_ends = other.until is None or self.since < other.until
        ends_after_other_begins = self.until is None or self.until > other.since
        return begins_before_other_ends and ends_after_other_begins

    def is_same_as(self, other: "Term") -> bool:
        mine = (self.role, self.unit_id, self.establishment_id)
        return mine == (other.role, other.unit_id, other.establishment_id)


def why_not(wanted: Term, held: Iterable[Term], *, now: datetime) -> str:
    """Why somebody who holds ``held`` can't be given ``wanted``; empty if they can."""
    return (
        _role_problem(wanted.role)
        or _place_problem(wanted)
        or _time_problem(wanted, now)
        or _company_problem(wanted, [term for term in held if term.meets(wanted)])
    )


def _role_problem(role: str) -> str:
    if role == CLERK.key:
        return _("The role {role} is Daybook's own; nobody else can hold it.").format(role=role)
    if role not in ROLES:
        known = ", ".join(key for key in ROLES if key != CLERK.key)
        return _("There is no role {role}. There are: {known}.").format(role=role, known=known)
    return ""


def _place_problem(wanted: Term) -> str:
    reach = ROLES[wanted.role].reach
    given = (wanted.unit_id is not None, wanted.establishment_id is not None)
    if reach is Reach.UNIT and given != (True, False):
        return _("{role} is held for a unit: say which, with --unit.").format(role=wanted.role)
    if reach in AT_AN_ESTABLISHMENT and given != (False, True):
        return _("{role} is held for an establishment: say which, with --establishment.").format(
            role=wanted.role
        )
    if reach not in AT_AN_ESTABLISHMENT | {Reach.UNIT} and any(given):
        return _("{role} is not held for a place: leave out --unit and --establishment.").format(
            role=wanted.role
        )
    return ""


def _time_problem(wanted: Term, now: datetime) -> str:
    if wanted.since.date() < now.date():
        return _("A role begins today or later: what was reached before can't be changed.")
    if wanted.since > now + FURTHEST_AHEAD:
        return _("A role begins within a year from now.")
    if wanted.until is not None and wanted.until <= max(wanted.since, now):
        return _("The last day is before the first, or has passed.")
    return ""


def _company_problem(wanted: Term, held: list[Term]) -> str:
    if any(term.is_same_as(wanted) for term in held):
        return _("{role} is held there at that time already.").format(role=wanted.role)
    others = sorted({term.role for term in held})
    if others and ROLES[wanted.role].alone:
        return _("{role} is held by itself: end {others} first.").format(
            role=wanted.role, others=", ".join(others)
        )
    for other in others:
        if other in ROLES and ROLES[other].alone:
            return _("{other} is held by itself: end it first.").format(other=other)
    return ""
