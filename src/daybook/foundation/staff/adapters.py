"""What allauth asks of us: how its secrets are kept, and what a key is told of whose it is."""

import base64
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.utils.crypto import salted_hmac

from .models import Staff

SALT = "daybook.staff.factors"
SERVICE = "Daybook"


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors are named after the staff number, and opened by the service's key alone."""

    def encrypt(self, text: str) -> str:
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _seal().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: Staff) -> str:
        return user.username

    def get_totp_issuer(self) -> str:
        return SERVICE

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": context.request.get_host().partition(":")[0], "name": SERVICE}

    def get_public_key_credential_user_entity(self, user: Staff) -> dict[str, Any]:
        # A key may be read by whoever finds it: it names nobody but by their number.
        return {
            "id": user_pk_to_url_str(user).encode(),
            "name": user.username,
            "display_name": user.username,
        }


def _seal() -> Fernet:
    key = salted_hmac(SALT, "", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
