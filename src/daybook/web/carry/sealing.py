"""The service's key that browsers seal entries to, and opening them again.

An envelope is a JWE in compact form (RFC 7516): ECDH-ES on P-256 with a key pair of its own,
then A256GCM. A browser throws its half away at once, so not even it opens what it has sealed.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.core import signing
from django.utils import timezone
from django.utils.crypto import salted_hmac
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from daybook.foundation.access.viewer import Viewer

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
ALGORITHMS = ["ECDH-ES", "A256GCM"]
STAMP = "daybook.carry.stamp"


class CannotOpen(Exception):
    """Sealed to another key, changed on the way, or not made on a page of ours."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What an envelope holds. ``device_at`` and ``loaded_at`` are the device's own times."""

    key: UUID
    staff: UUID
    stamped_at: datetime
    loaded_at: datetime
    device_at: datetime
    form: str
    person_id: int
    said: tuple[tuple[str, str], ...]
    half: bool


# ---- Keys ----


@cache
def keys() -> KeySet:
    """The key that is sealed to now, and earlier ones that still open what waits."""
    return KeySet([_key(pem) for pem in _pems()])


def public_key() -> dict[str, Any]:
    """The half that browsers get, with its fingerprint as ``kid``."""
    key = keys().keys[0]
    return {**key.as_dict(private=False), "kid": key.thumbprint()}


def _pems() -> Iterator[str]:
    yield _given(settings.SEAL_KEY) if settings.SEAL_KEY else _of_the_secret_key()
    yield from map(_given, settings.SEAL_KEYS_OLD)


def _key(pem: str) -> ECKey:
    key = ECKey.import_key(pem)
    return ECKey.import_key({**key.as_dict(private=True), "kid": key.thumbprint()})


def _given(setting: str) -> str:
    return setting if setting.lstrip().startswith("-----BEGIN") else Path(setting).read_text()


def _of_the_secret_key() -> str:
    """A key that comes from the secret key, so that every web process has the same."""
    bits = salted_hmac("daybook.carry.seal", "", algorithm="sha512").digest()
    number = int.from_bytes(bits) % (ORDER - 1) + 1
    private = ec.derive_private_key(number, CURVE)
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


# ---- Stamp ----


def stamp(viewer: Viewer) -> str:
    """Goes with a page into what is sealed on it: whose page it was, and the server's time.

    Everybody has the public key; without the stamp whoever else comes to the device could
    leave an envelope in a colleague's name.
    """
    return signing.dumps([str(viewer.key), timezone.now().isoformat()], salt=STAMP)


# ---- Opening ----


def opened(envelope: str) -> Sealed:
    """What is in it, or ``CannotOpen``."""
    try:
        plain = jwe.decrypt_compact(envelope, keys(), algorithms=ALGORITHMS).plaintext
        held = json.loads(plain or b"")
        staff, stamped_at = signing.loads(held["stamp"], salt=STAMP)
        return Sealed(
            key=UUID(held["key"]),
            staff=UUID(staff),
            stamped_at=datetime.fromisoformat(stamped_at),
            loaded_at=_moment(held["loaded"]),
            device_at=_moment(held["written"]),
            form=str(held["form"]),
            person_id=int(held["person"]),
            said=tuple((str(name), str(words)) for name, words in held["said"]),
            half=bool(held["half"]),
        )
    except (JoseError, signing.BadSignature) as refusal:
        raise CannotOpen from refusal
    except (ValueError, KeyError, TypeError, OverflowError, OSError, RecursionError) as nonsense:
        raise CannotOpen from nonsense


def _moment(milliseconds: Any) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, tz=timezone.get_current_timezone())
