"""Giving and ending roles. Run as the owner: the app can't widen its own reach."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.audit.actions import Actor, record
from daybook.foundation.audit.models import Kind
from daybook.foundation.places.models import Establishment, Unit
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.staff.accounts import account, close_account
from daybook.foundation.staff.actions import begin_sign_in, end_sign_in
from daybook.foundation.staff.badges import withdraw_badge
from daybook.foundation.staff.models import SignIn, Staff

from .models import Assignment
from .roles import ADMINISTRATOR, CLERK
from .rules import Term, why_not


class AtTheCommand:
    """An administrator who types a command: what is done is logged under this sign-in."""

    def __init__(self, staff: Staff, sign_in: SignIn) -> None:
        self.key = staff.key
        self.sign_in_key = sign_in.key


@contextmanager
def administrating(username: str) -> Iterator[Actor | None]:
    """All or nothing, as the administrator with this staff number.

    Without a number only until the service has its first administrator, because until
    then there is nobody to name. Raises ``Cannot`` for anyone else.
    """
    with transaction.atomic():
        if not username:
            if _in_force().filter(role=ADMINISTRATOR.key, staff__is_active=True).exists():
                raise Cannot(_("Say which administrator does this, with --by STAFF-NUMBER."))
            yield None
            return
        staff = account(username)
        holds = _in_force().filter(role=ADMINISTRATOR.key, staff=staff).exists()
        if not (holds and staff.is_active):
            raise Cannot(_("{username} is not an administrator.").format(username=username))
        sign_in = begin_sign_in(staff=staff, through="command")
        by = AtTheCommand(staff, sign_in)
        yield by
        end_sign_in(key=sign_in.key, by=by)


@transaction.atomic
def give_role(
    *,
    by: Actor | None,
    staff: Staff,
    role: str,
    unit: Unit | None = None,
    establishment: Establishment | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> None:
    """Let ``staff`` hold ``role`` there from ``since`` (now) until ``until`` (until ended).

    Raises ``Cannot``, as ``rules.why_not`` says.
    """
    # One at a time for each person: two roles given at once must not miss one another.
    staff = Staff.objects.select_for_update().get(pk=staff.pk)
    _must_be_open(staff)
    now = timezone.localtime()
    wanted = Term(
        role=role,
        unit_id=unit.pk if unit else None,
        establishment_id=establishment.pk if establishment else None,
        since=since or now,
        until=until,
    )
    if problem := why_not(wanted, map(_term, Assignment.objects.filter(staff=staff)), now=now):
        raise Cannot(problem)
    given = Assignment.objects.create(
        staff=staff,
        role=role,
        unit=unit,
        establishment=establishment,
        since=wanted.since,
        until=until,
    )
    record(by=by, kind=Kind.COLLECTION, subject=f"role given: {role}", record=given.pk)


@transaction.atomic
def end_role(
    *,
    by: Actor | None,
    staff: Staff,
    role: str,
    unit: Unit | None = None,
    establishment: Establishment | None = None,
    at: datetime | None = None,
) -> None:
    """End ``role`` at ``at`` (now). A place need be named only where it is held for several.

    Raises ``Cannot`` if it is not held, or held for several places and none was named.
    """
    held = _not_over(at or timezone.now()).filter(staff=staff, role=role)
    if unit:
        held = held.filter(unit=unit)
    if establishment:
        held = held.filter(establishment=establishment)
    found = list(held.select_for_update(of=("self",)))
    if not found:
        raise Cannot(
            _("{username} does not hold {role} there.").format(username=staff.username, role=role)
        )
    if len({(term.unit_id, term.establishment_id) for term in found}) > 1:
        raise Cannot(
            _(
                "{role} is held for several places: say which, with --unit or --establishment."
            ).format(role=role)
        )
    for assignment in found:
        _end(assignment, by=by, at=at)


@transaction.atomic
def leave(*, by: Actor | None, staff: Staff) -> None:
    """Somebody leaves: every role ends, badge and account close, at once."""
    if Assignment.objects.filter(staff=staff, role=CLERK.key).exists():
        raise Cannot(_("Daybook needs this account to draw its charts."))
    for assignment in _not_over(timezone.now()).filter(staff=staff).select_for_update():
        _end(assignment, by=by, at=None)
    withdraw_badge(by=by, staff=staff)
    close_account(by=by, staff=staff)


def _end(assignment: Assignment, *, by: Actor | None, at: datetime | None) -> None:
    # One that has not begun is over before it begins.
    assignment.until = max(at or timezone.now(), assignment.since)
    assignment.save(update_fields=["until"])
    record(
        by=by,
        kind=Kind.ALTERATION,
        subject=f"role ended: {assignment.role}",
        record=assignment.pk,
    )


def _must_be_open(staff: Staff) -> None:
    if not staff.is_active:
        raise Cannot(_("The account {username} is closed.").format(username=staff.username))
    if not staff.has_usable_password():
        raise Cannot(_("Nobody signs in as {username}.").format(username=staff.username))


def _term(held: Assignment) -> Term:
    return Term(held.role, held.unit_id, held.establishment_id, held.since, held.until)


def _not_over(at: datetime) -> models.QuerySet[Assignment]:
    return Assignment.objects.filter(Q(until__isnull=True) | Q(until__gt=at))


def _in_force() -> models.QuerySet[Assignment]:
    now = timezone.now()
    return _not_over(now).filter(since__lte=now)
