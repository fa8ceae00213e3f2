"""Codes: from a device that counts time, and from a paper printed beforehand.

allauth makes and keeps them. What is added: a code of the device opens once, at all processes,
because the row remembers it.
"""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt, encrypt
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from daybook.foundation.registry.cannot import Cannot

from .models import Second, Staff

DEVICE, PAPER = Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES
LAST = "last_counter"
LONGEST = 40


def secret_for_device(request: HttpRequest) -> str:
    """The secret that a new device is to hold, the same until it is added."""
    secret: str = totp.get_totp_secret()
    return secret


def picture_for_device(staff: Staff, secret: str) -> SafeString:
    """The secret as a picture that a device reads: an SVG, to stand in a page."""
    adapter = get_adapter()
    drawn: str = adapter.build_totp_svg(adapter.build_totp_url(staff, secret))
    # Squares that were worked out: nobody's words are in it.
    return mark_safe(drawn.partition("?>")[2])


@transaction.atomic
def new_device(request: HttpRequest, staff: Staff, *, code: str) -> Authenticator:
    """Keep the device that shows this code; one before it ends. Raises ``Cannot``."""
    secret = secret_for_device(request)
    counter = _counter_of(code, secret, after=-1)
    if counter is None:
        raise Cannot(
            _("That is not what the device should show now. Wait for its next code, and type that.")
        )
    totp.clear_totp_secret(request)
    kept, _created = Authenticator.objects.update_or_create(
        user=staff,
        type=DEVICE,
        defaults={"data": {"secret": encrypt(secret), LAST: counter}, "last_used_at": None},
    )
    return kept


@transaction.atomic
def new_paper(staff: Staff) -> tuple[Authenticator, list[str]]:
    """Ten codes to be printed, each of which opens once; those before them open nothing more."""
    kept, _created = Authenticator.objects.update_or_create(
        user=staff,
        type=PAPER,
        defaults={
            "data": {"seed": encrypt(RecoveryCodes.generate_seed()), "used_mask": 0},
            "created_at": timezone.now(),
            "last_used_at": None,
        },
    )
    return kept, RecoveryCodes(kept).generate_codes()


def left_on_paper(paper: Authenticator) -> int:
    """How many printed codes were not used yet."""
    return len(RecoveryCodes(paper).get_unused_codes())


@transaction.atomic
def which_code(staff: Staff, code: str) -> Second:
    """Of which kind the code is that somebody typed; it opens nothing a second time."""
    if len(code) > LONGEST:
        return Second.NOTHING
    # Locked: the same code at two desks in one moment opens one of them.
    held = {each.type: each for each in _held(staff).select_for_update()}
    device, paper = held.get(DEVICE), held.get(PAPER)
    if device and _device_shows(device, code):
        return Second.CODE
    if paper and RecoveryCodes(paper).validate_code(code):
        Authenticator.objects.filter(pk=paper.pk).update(last_used_at=timezone.now())
        return Second.PRINTED
    return Second.NOTHING


def _held(staff: Staff) -> "models.QuerySet[Authenticator]":
    held: models.QuerySet[Authenticator] = Authenticator.objects.filter(
        user=staff, type__in=(DEVICE, PAPER)
    )
    return held


def _device_shows(device: Authenticator, code: str) -> bool:
    counter = _counter_of(code, decrypt(device.data["secret"]), after=device.data[LAST])
    if counter is None:
        return False
    device.data[LAST], device.last_used_at = counter, timezone.now()
    device.save(update_fields=["data", "last_used_at"])
    return True


def _counter_of(code: str, secret: str, *, after: int) -> int | None:
    """The step of time whose code this is, if it comes after the last one that opened."""
    for counter in totp.yield_hotp_counters_from_time():
        shown = totp.format_hotp_value(totp.hotp_value(secret, counter))
        if counter > after and compare_user_code(actual=code, expected=shown):
            return int(counter)
    return None
