"""What somebody may show beside the password: adding it, taking it away, and seeing what is there.

Each change is in the log, and needs a proof of who one is that is a few minutes old.
"""

import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from daybook.foundation.audit.actions import Actor, record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot

from . import codes, keys
from .models import Staff

KEY, DEVICE, PAPER = Authenticator.Type.WEBAUTHN, codes.DEVICE, codes.PAPER
MOST_KEYS = 10
PROVED_AT = "daybook_proved_at"
PROOF_HOLDS = 10 * 60
CALLED = {KEY: "security key", DEVICE: "code device", PAPER: "printed codes"}
"""What the log calls them."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One second factor that somebody has."""

    id: int
    kind: str
    name: str
    added_at: datetime
    used_at: datetime | None
    left: int = 0
    """Of printed codes, how many were not used yet."""


def factors_of(staff_id: int) -> list[Factor]:
    """All that somebody has, in the order it was added."""
    held = Authenticator.objects.filter(user_id=staff_id).order_by("created_at", "id")
    return [
        Factor(
            id=each.pk,
            kind=each.type,
            name=each.data.get("name", ""),
            added_at=each.created_at,
            used_at=each.last_used_at,
            left=codes.left_on_paper(each) if each.type == PAPER else 0,
        )
        for each in held
    ]


def kinds_of(staff_id: int) -> set[str]:
    """Which kinds somebody has."""
    return set(Authenticator.objects.filter(user_id=staff_id).values_list("type", flat=True))


@transaction.atomic
def add_key(request: HttpRequest, staff: Staff, *, by: Actor | None, name: str, said: str) -> None:
    """Keep the key that was touched. Raises ``Cannot``."""
    if Authenticator.objects.filter(user=staff, type=KEY).count() >= MOST_KEYS:
        raise Cannot(_("You have ten keys. Take one away first."))
    _added(by, staff, keys.new_key(request, staff, name=name.strip() or _("Key"), said=said))


@transaction.atomic
def add_device(request: HttpRequest, staff: Staff, *, by: Actor | None, code: str) -> None:
    """Keep the device that shows this code. Raises ``Cannot``."""
    _added(by, staff, codes.new_device(request, staff, code=code))


@transaction.atomic
def print_codes(staff: Staff, *, by: Actor) -> list[str]:
    """Codes to be printed, shown this once. Raises ``Cannot`` for whoever has nothing else."""
    if not kinds_of(staff.pk) - {PAPER}:
        raise Cannot(_("Add a security key or a code device first: printed codes stand in for it."))
    paper, printed = codes.new_paper(staff)
    _added(by, staff, paper)
    return printed


@transaction.atomic
def remove_factor(*, by: Actor, staff_id: int, factor: int, asked_for: bool) -> None:
    """Take one's own away; 404 for what is not. Raises ``Cannot`` for the last that is asked."""
    held = {each.pk: each for each in Authenticator.objects.filter(user_id=staff_id)}
    if factor not in held:
        raise Http404
    left = [each for each in held.values() if each.pk != factor and each.type != PAPER]
    gone = held[factor]
    if gone.type != PAPER and not left:
        if asked_for:
            raise Cannot(_("Your roles need a second factor. Add another before this one goes."))
        # Codes on paper stand in for something that is not there any more.
        _remove([each for each in held.values() if each.type == PAPER], by=by)
    _remove([gone], by=by)


@transaction.atomic
def forget_factors(*, by: Actor | None, staff: Staff, kinds: Collection[str], reason: str) -> int:
    """Whoever lost theirs begins anew. Run as the owner; gives how many there were."""
    if not reason.strip():
        raise Cannot(_("Say why: the log keeps it."))
    held = list(Authenticator.objects.filter(user=staff, type__in=kinds))
    for each in held:
        record(
            by=by,
            kind=Kind.ALTERATION,
            subject=f"second factor reset: {CALLED[each.type]}",
            record=staff.key,
            reason=reason,
        )
        each.delete()
    return len(held)


def proved(request: HttpRequest) -> None:
    """Whoever sits here has just shown who they are, by more than a badge."""
    request.session[PROVED_AT] = time.time()


def not_proved(request: HttpRequest) -> None:
    request.session.pop(PROVED_AT, None)


def is_proved(request: HttpRequest) -> bool:
    at: float = request.session.get(PROVED_AT, 0)
    return time.time() - at < PROOF_HOLDS


def _added(by: Actor | None, staff: Staff, factor: Authenticator) -> None:
    record(
        by=by,
        kind=Kind.COLLECTION,
        subject=f"second factor added: {CALLED[factor.type]}",
        record=staff.key,
    )


def _remove(factors: list[Authenticator], *, by: Actor) -> None:
    with connection.cursor() as cursor:
        for each in factors:
            cursor.execute("select daybook.remove_factor(%s)", [each.pk])
            record(
                by=by,
                kind=Kind.ALTERATION,
                subject=f"second factor removed: {CALLED[each.type]}",
                record=by.key,
            )
