"""AES-256-GCM (NIST SP 800-38D) over plain bytes: no table, no setting, no clock.

A box is a version, the key of the data key that shut it, a nonce, and what came out of the
cipher. What it is bound to is not in it: whoever opens it says that again.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.padding import PKCS7

KEY_BYTES = 32
_NONCE, _TAG = 12, 16
_VERSION = b"\x01"
_HEAD = len(_VERSION) + 16 + _NONCE
# Words are filled up to whole blocks, so that the length of a box doesn't tell yes from no.
BLOCK = 255
SHORTEST = _HEAD + BLOCK + _TAG


class Shut(Exception):
    """It does not open: another key, cut short, changed, or moved from where it belongs."""


@dataclass(frozen=True, slots=True, repr=False)
class Sealed:
    """Words in their box. Printed, logged or shown by mistake, it says nothing."""

    box: bytes

    def __repr__(self) -> str:
        return "<sealed>"

    @property
    def data_key(self) -> UUID:
        """Which data key opens it."""
        if len(self.box) < SHORTEST or self.box[:1] != _VERSION:
            raise Shut
        return UUID(bytes=self.box[1:17])


def new_key() -> bytes:
    return AESGCM.generate_key(bit_length=8 * KEY_BYTES)


def mark(key: bytes) -> str:
    """A short name of a key that tells nothing of it."""
    return hashlib.blake2b(key, digest_size=8, person=b"daybook.vault").hexdigest()


def shut(words: str, *, key: bytes, data_key: UUID, belongs: tuple[str, ...]) -> Sealed:
    """The words in a box that opens with ``key`` and nowhere but where it ``belongs``."""
    padder = PKCS7(8 * BLOCK).padder()
    plain = padder.update(words.encode()) + padder.finalize()
    head = _VERSION + data_key.bytes
    nonce = os.urandom(_NONCE)
    return Sealed(head + nonce + AESGCM(key).encrypt(nonce, plain, _bound(head, belongs)))


def opened(sealed: Sealed, *, key: bytes, belongs: tuple[str, ...]) -> str:
    box = sealed.box
    if len(box) < SHORTEST:
        raise Shut
    head, nonce = box[: _HEAD - _NONCE], box[_HEAD - _NONCE : _HEAD]
    try:
        padded = AESGCM(key).decrypt(nonce, box[_HEAD:], _bound(head, belongs))
    except InvalidTag:
        raise Shut from None
    unpadder = PKCS7(8 * BLOCK).unpadder()
    return (unpadder.update(padded) + unpadder.finalize()).decode()


def wrap(data_key: bytes, *, key: bytes, belongs: tuple[str, ...]) -> bytes:
    """A data key under the service's key, bound to whose it is."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data_key, _bound(b"data key", belongs))


def unwrap(wrapped: bytes, *, key: bytes, belongs: tuple[str, ...]) -> bytes:
    try:
        return AESGCM(key).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], _bound(b"data key", belongs))
    except (InvalidTag, ValueError):
        raise Shut from None


def _bound(head: bytes, belongs: tuple[str, ...]) -> bytes:
    # As a list in JSON: joined by any mark, two different lists could read alike.
    return head + json.dumps(belongs).encode()
