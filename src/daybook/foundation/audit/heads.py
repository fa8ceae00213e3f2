"""Signed tree heads: a few bytes that pin down the whole log, for somebody outside to keep.

A head is one line of JSON, hexadecimal throughout. What is signed is the text of a checkpoint:
the log's name, its size, its root and the moment, a line each.
"""

import json
import os
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.crypto import salted_hmac


@dataclass(frozen=True, slots=True)
class TreeHead:
    size: int
    root: bytes
    at: datetime
    key: bytes
    signature: bytes

    @property
    def text(self) -> bytes:
        """What is signed."""
        moment = self.at.astimezone(UTC).isoformat()
        return f"daybook log\n{self.size}\n{b64encode(self.root).decode()}\n{moment}\n".encode()

    @property
    def is_signed(self) -> bool:
        """Whether the signature is that of the key it names."""
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(self.signature, self.text)
        except (InvalidSignature, ValueError):
            return False
        return True

    def as_line(self) -> str:
        return json.dumps(
            {
                "size": self.size,
                "root": self.root.hex(),
                "at": self.at.astimezone(UTC).isoformat(),
                "key": self.key.hex(),
                "signature": self.signature.hex(),
            }
        )

    @classmethod
    def from_line(cls, line: str) -> "TreeHead":
        """Raises ``ValueError`` for a line that is no head, or half of one."""
        try:
            held = json.loads(line)
            return cls(
                size=int(held["size"]),
                root=bytes.fromhex(held["root"]),
                at=datetime.fromisoformat(held["at"]),
                key=bytes.fromhex(held["key"]),
                signature=bytes.fromhex(held["signature"]),
            )
        except (KeyError, TypeError) as wrong:
            raise ValueError("This line is no tree head.") from wrong


def sign(size: int, root: bytes, at: datetime) -> TreeHead:
    key = private_key()
    unsigned = TreeHead(size, root, at, _raw(key.public_key()), b"")
    return TreeHead(size, root, at, unsigned.key, key.sign(unsigned.text))


# ---- Keys ----


@cache
def private_key() -> Ed25519PrivateKey:
    """The key given in the settings, or one that comes from the secret key."""
    given = settings.TREE_HEAD_KEY
    if not given:
        bits = salted_hmac("daybook.audit.heads", "", algorithm="sha256").digest()
        return Ed25519PrivateKey.from_private_bytes(bits)
    pem = given if given.lstrip().startswith("-----BEGIN") else Path(given).read_text()
    key = load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ImproperlyConfigured("DAYBOOK_TREE_HEAD_KEY is no Ed25519 private key.")
    return key


def public_pem() -> str:
    """The public half of the key that signs now, to be kept outside."""
    public = private_key().public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def read_public_key(pem: bytes) -> bytes:
    """The key in a PEM file, as heads name it. Raises ``ValueError``."""
    key = load_pem_public_key(pem)
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("This is no Ed25519 public key.")
    return _raw(key)


def own_key() -> bytes:
    return _raw(private_key().public_key())


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


# ---- The file outside ----


def append(file: Path, heads: Iterable[TreeHead]) -> int:
    """Write the heads at the end of the file, each whole and safe on the disk; how many."""
    written = 0
    with file.open("a+b") as opened:
        if opened.tell() and not _ends_a_line(opened.fileno()):
            # The machine went down within a line: what is there stays, a new line begins.
            opened.write(b"\n")
        for head in heads:
            opened.write(head.as_line().encode() + b"\n")
            written += 1
        opened.flush()
        os.fsync(opened.fileno())
    return written


def read(file: Path) -> Iterator[TreeHead]:
    """The heads in a file; half a line, left by a machine that went down, is passed over."""
    with file.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                yield TreeHead.from_line(line)
            except ValueError:
                continue


def last_size(file: Path) -> int:
    """The size that the last whole line of the file tells of; 0 where there is none."""
    if not file.exists():
        return 0
    with file.open("rb") as opened:
        opened.seek(max(0, opened.seek(0, os.SEEK_END) - 4096))
        for line in reversed(opened.read().split(b"\n")):
            try:
                return TreeHead.from_line(line.decode(errors="replace")).size
            except ValueError:
                continue
    return 0


def _ends_a_line(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    return size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"
