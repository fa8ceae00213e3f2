"""Accounts and sign-ins."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from daybook.foundation.audit.actions import Actor, record
from daybook.foundation.audit.models import Kind

from .models import SignIn, Staff

LONGEST_SIGN_IN = timedelta(hours=10)
"""A long shift; after it, everyone signs in again."""


@transaction.atomic
def begin_sign_in(*, staff: Staff, through: str = "web") -> SignIn:
    """Open the door for one shift."""
    now = timezone.now()
    sign_in = SignIn(staff=staff, began_at=now, expires_at=now + LONGEST_SIGN_IN, through=through)
    sign_in.save(force_insert=True)
    record(
        by=_At(staff, sign_in), kind=Kind.SIGN_IN, subject="sign-in began", record=staff.username
    )
    return sign_in


@transaction.atomic
def end_sign_in(*, key: UUID | str, by: Actor | None = None) -> None:
    """Close the door. Ending one that has ended changes nothing."""
    ended = SignIn.objects.filter(key=key, ended_at__isnull=True).update(ended_at=timezone.now())
    if ended:
        record(by=by, kind=Kind.SIGN_IN, subject="sign-in ended", record="")


class _At:
    """A member of staff at the door, before there is a viewer."""

    def __init__(self, staff: Staff, sign_in: SignIn) -> None:
        self.key = staff.key
        self.sign_in_key = sign_in.key
