"""Badges: a code on a card and a PIN in the head open a sign-in quickly, at a known desk only.

Neither is kept. The code is looked up by a hash with a key of the service, so that it is found
without being readable; the PIN, which has few digits, goes through that key and Argon2.
"""

import secrets
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from daybook.foundation.audit.actions import Actor, record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot

from .accounts import EASY_TO_READ
from .models import Badge, Staff
from .rules import why_not_this_pin

CODE_SALT, PIN_SALT = "daybook.staff.badge", "daybook.staff.pin"
WRONG_PINS = 5
"""After so many wrong PINs, a badge opens nothing until its holder has used the password."""


@transaction.atomic
def give_badge(*, by: Actor | None, staff: Staff) -> str:
    """Give somebody a badge and tell its code, once; a badge they had is withdrawn.

    Run as the owner. Raises ``Cannot`` for an account that is closed or that nobody opens.
    """
    staff = Staff.objects.select_for_update().get(pk=staff.pk)
    if not staff.is_active:
        raise Cannot(_("The account {username} is closed.").format(username=staff.username))
    if not staff.has_usable_password():
        raise Cannot(_("Nobody signs in as {username}.").format(username=staff.username))
    withdraw_badge(by=by, staff=staff)
    code = "-".join("".join(secrets.choice(EASY_TO_READ) for _ in range(5)) for _ in range(2))
    badge = Badge.objects.create(
        staff=staff,
        code=hidden_code(code),
        given_at=timezone.now(),
        given_by=Staff.objects.filter(key=by.key).first() if by else None,
    )
    record(by=by, kind=Kind.COLLECTION, subject="badge given", record=badge.pk)
    return code


@transaction.atomic
def withdraw_badge(*, by: Actor | None, staff: Staff) -> bool:
    """The badge opens nothing any more. Whether there was one."""
    badge = Badge.objects.filter(staff=staff, withdrawn_at__isnull=True).first()
    if badge is None:
        return False
    badge.withdrawn_at = timezone.now()
    badge.save(update_fields=["withdrawn_at"])
    record(by=by, kind=Kind.ALTERATION, subject="badge withdrawn", record=badge.pk)
    return True


@transaction.atomic
def set_pin(*, by: Actor, pin: str) -> None:
    """The holder of a badge chooses its PIN. Raises ``Cannot`` for one that is easy to guess."""
    badge = badge_of(by.key)
    if badge is None:
        raise Cannot(_("No badge was given to you. Whoever looks after accounts gives them out."))
    if problem := why_not_this_pin(pin, staff_number=badge.staff.username):
        raise Cannot(problem)
    badge.pin, badge.pin_set_at, badge.wrong_pins = hidden_pin(pin), timezone.now(), 0
    badge.save(update_fields=["pin", "pin_set_at", "wrong_pins"])
    record(by=by, kind=Kind.ALTERATION, subject="PIN of a badge set", record=badge.pk)


def badge_of(staff_key: UUID) -> Badge | None:
    """The badge somebody has now, with whose it is."""
    return (
        Badge.objects.select_related("staff")
        .filter(staff__key=staff_key, withdrawn_at__isnull=True)
        .first()
    )


def badge_with(code: str) -> Badge | None:
    """The badge with this code, as it was scanned or typed."""
    return (
        Badge.objects.select_related("staff")
        .filter(code=hidden_code(code), withdrawn_at__isnull=True)
        .first()
    )


def opens(badge: Badge | None, pin: str) -> bool:
    """Whether the PIN is the badge's. A wrong one is counted, and takes as long, without one.

    Needs no open transaction: a try is counted before it is looked at, and stays counted.
    """
    may_be_tried = bool(
        badge is not None
        and badge.pin
        and badge.staff.is_active
        and Badge.objects.filter(pk=badge.pk, wrong_pins__lt=WRONG_PINS).update(
            wrong_pins=F("wrong_pins") + 1
        )
    )
    if badge is None or not may_be_tried:
        hidden_pin(pin)
        return False
    if not check_password(_keyed(pin), badge.pin):
        return False
    forgive(badge.staff)
    return True


def forgive(staff: Staff) -> None:
    """Whoever has shown who they are may try their PIN anew."""
    Badge.objects.filter(staff=staff, wrong_pins__gt=0).update(wrong_pins=0)


def hidden_code(code: str) -> str:
    """What is kept of a code: capitals, hyphens and spaces make no difference."""
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return salted_hmac(CODE_SALT, plain, algorithm="sha256").hexdigest()


def hidden_pin(pin: str) -> str:
    """What is kept of a PIN."""
    return make_password(_keyed(pin))


def _keyed(pin: str) -> str:
    return salted_hmac(PIN_SALT, pin, algorithm="sha256").hexdigest()
