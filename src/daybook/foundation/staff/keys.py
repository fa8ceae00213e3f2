"""Security keys and staff cards: touched, and opened by a PIN that only the key itself knows.

allauth and the fido2 library beneath it keep and check them (WebAuthn). What is added here: a
question is answered once, within minutes, on this very site; and a key that counts backwards is
taken for a copy.
"""

import json
import time
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from fido2.utils import websafe_decode
from fido2.webauthn import AuthenticationResponse, CollectedClientData

from daybook.foundation.registry.cannot import Cannot

from .models import Staff

ANSWERED_WITHIN = 5 * 60
LONGEST_ANSWER = 20_000
ASKED_AT = "asked_at"
MALFORMED = (ValidationError, ValueError, TypeError, KeyError, AttributeError, LookupError)
"""What the libraries raise over an answer that is not one."""


def work_at(request: HttpRequest) -> bool:
    """Whether keys work here: they belong to a site's name, and not to its number."""
    try:
        ip_address(urlsplit(request.build_absolute_uri()).hostname or "")
    except ValueError:
        return True
    return False


def ask_for_key(request: HttpRequest, staff: Staff | None = None) -> dict[str, Any]:
    """What the browser asks a key: one of these staff's, or any, which then says whose it is."""
    return _asked(request, auth.begin_authentication(staff))


def ask_for_new_key(request: HttpRequest, staff: Staff) -> dict[str, Any]:
    """What the browser asks a key that is to be added: to remember whose it is, behind a PIN."""
    return _asked(request, auth.begin_registration(staff, passwordless=True))


def whose_key(request: HttpRequest, said: str, staff: Staff | None = None) -> Staff | None:
    """Whose key answered what it was asked just now; with ``staff`` only theirs will do."""
    try:
        answer = _answer(request, said)
        theirs: Staff = staff or auth.extract_user_from_response(answer)
        with transaction.atomic():
            key = auth.complete_authentication(theirs, answer)
            return theirs if _counts_on(key.pk, answer) else None
    except MALFORMED:
        return None
    finally:
        auth.clear_state()


def new_key(request: HttpRequest, staff: Staff, *, name: str, said: str) -> Authenticator:
    """Keep the key that answered. Raises ``Cannot`` where it can't be used."""
    try:
        answer = _answer(request, said)
        binding = auth.complete_registration(answer)
        if binding.credential_data is None or auth.get_authenticator_by_credential_id(
            staff, binding.credential_data.credential_id
        ):
            raise ValueError
        kept: Authenticator = auth.WebAuthn.add(staff, name, answer).instance
    except MALFORMED:
        raise Cannot(
            _("The key did not answer as it should. Touch it again, or try another.")
        ) from None
    finally:
        auth.clear_state()
    return kept


def _asked(request: HttpRequest, options: dict[str, Any]) -> dict[str, Any]:
    request.session[auth.STATE_SESSION_KEY] |= {ASKED_AT: time.time()}
    request.session.modified = True
    return options


def _answer(request: HttpRequest, said: str) -> dict[str, Any]:
    """What the key said, if it was asked here and just now."""
    asked = auth.get_state() or {}
    if time.time() - asked.get(ASKED_AT, 0) > ANSWERED_WITHIN or len(said) > LONGEST_ANSWER:
        raise ValueError
    answer: dict[str, Any] = json.loads(said)
    told = CollectedClientData(websafe_decode(answer["response"]["clientDataJSON"]))
    # The library takes any site beneath this name for this one.
    if told.cross_origin or told.origin != request.build_absolute_uri("/").rstrip("/"):
        raise ValueError
    return answer


def _counts_on(pk: int, answer: dict[str, Any]) -> bool:
    """Note that the key was used. A key that counts must count on, or it is a copy of one."""
    key = Authenticator.objects.select_for_update().get(pk=pk)
    counter = AuthenticationResponse.from_dict(answer).response.authenticator_data.counter
    before = key.data.get("counter", 0)
    if (counter or before) and counter <= before:
        return False
    key.data["counter"], key.last_used_at = counter, timezone.now()
    key.save(update_fields=["data", "last_used_at"])
    return True
