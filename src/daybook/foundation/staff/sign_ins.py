"""Where somebody is signed in, for them to see and to end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.http import Http404
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from daybook.foundation.audit.actions import Actor, record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot

from .actions import end_sign_in
from .models import SignIn, Staff

SALT = "daybook.staff.sign-in"


@dataclass(frozen=True, slots=True)
class OpenSignIn:
    """One that would still open a page, and a handle to end it by."""

    handle: str
    through: str
    second: str
    desk: str
    began_at: datetime
    seen_at: datetime
    here: bool


def open_sign_ins(*, staff_id: int, here: UUID) -> list[OpenSignIn]:
    """Those of this member of staff, the latest first."""
    now = timezone.now()
    rows = (
        SignIn.objects.filter(staff_id=staff_id, ended_at__isnull=True, expires_at__gt=now)
        # As ``daybook.viewer()`` has it.
        .filter(seen_at__gt=now - F("locks_after") - timedelta(minutes=1))
        .order_by("-began_at")
        .values_list("key", "through", "second", "desk__name", "began_at", "seen_at")
    )
    return [
        OpenSignIn(handle_of(key), through, second, desk or "", began, seen, key == here)
        for key, through, second, desk, began, seen in rows
    ]


def end_one(*, by: Actor, staff_id: int, handle: str) -> None:
    """End one's own; 404 for what is not. The next request there finds the door shut."""
    keys = SignIn.objects.filter(staff_id=staff_id, ended_at__isnull=True)
    for key in keys.values_list("key", flat=True):
        if handle_of(key) == handle:
            end_sign_in(key=key, by=by, subject="sign-in ended from elsewhere")
            return
    raise Http404


def end_others(*, by: Actor, staff_id: int, but: UUID) -> int:
    """End all but the one that asks; how many there were."""
    others = SignIn.objects.filter(staff_id=staff_id, ended_at__isnull=True).exclude(key=but)
    keys = list(others.values_list("key", flat=True))
    for key in keys:
        end_sign_in(key=key, by=by, subject="sign-in ended from elsewhere")
    return len(keys)


@transaction.atomic
def end_all(*, by: Actor | None, staff: Staff, reason: str) -> int:
    """End every sign-in of somebody, as the administrator; how many there were."""
    if not reason.strip():
        raise Cannot(_("Say why: the log keeps it."))
    ended = SignIn.objects.filter(staff=staff, ended_at__isnull=True).update(
        ended_at=timezone.now()
    )
    record(
        by=by,
        kind=Kind.SIGN_IN,
        subject="every sign-in ended",
        record=staff.key,
        reason=reason,
    )
    return ended


def handle_of(key: UUID) -> str:
    """What a page may hold instead of the key: it opens nothing."""
    return salted_hmac(SALT, str(key), algorithm="sha256").hexdigest()[:32]
