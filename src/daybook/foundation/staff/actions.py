"""Sign-ins: opening and closing the door."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from daybook.foundation.audit.actions import Actor, record
from daybook.foundation.audit.models import Kind

from .models import Desk, Second, SignIn, Staff

BY_MACHINE = {"worker", "command"}


@transaction.atomic
def begin_sign_in(
    *,
    staff: Staff,
    through: str = "web",
    second: Second = Second.NOTHING,
    desk: Desk | None = None,
    locks_after: timedelta | None = None,
) -> SignIn:
    """Open the door for one shift; unused for ``locks_after``, it closes sooner."""
    now = timezone.now()
    longest: timedelta = settings.LONGEST_SIGN_IN
    sign_in = SignIn(
        staff=staff,
        began_at=now,
        expires_at=now + longest,
        seen_at=now,
        locks_after=locks_after or longest,
        desk=desk,
        through=through,
        second=Second.MACHINE if through in BY_MACHINE else second,
    )
    sign_in.save(force_insert=True)
    record(by=At(staff, sign_in), kind=Kind.SIGN_IN, subject="sign-in began", record=staff.username)
    return sign_in


@transaction.atomic
def end_sign_in(*, key: UUID | str, by: Actor | None = None, subject: str = "") -> None:
    """Close the door. Ending one that has ended changes nothing."""
    ended = SignIn.objects.filter(key=key, ended_at__isnull=True).update(ended_at=timezone.now())
    if ended:
        record(by=by, kind=Kind.SIGN_IN, subject=subject or "sign-in ended", record="")


class At:
    """A member of staff at the door, before there is a viewer."""

    def __init__(self, staff: Staff, sign_in: SignIn) -> None:
        self.key = staff.key
        self.sign_in_key = sign_in.key
