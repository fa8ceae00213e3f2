"""The key that wraps the keys of sealed words, as settings give it."""

import base64
import hashlib
from collections.abc import Iterable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

BYTES = 32
HINT = (
    "Give 32 random bytes in base64, or the name of a file with them; 'daybook vault new-key' "
    "makes some. Keep a copy apart from every backup: without it nobody reads what is told in "
    "confidence."
)


def service_keys(given: str, earlier: Iterable[str], *, invented: str = "") -> list[bytes]:
    """Today's key, then earlier ones. ``invented``: what to make one from, for invented people."""
    if not given and not invented:
        raise ImproperlyConfigured(f"DAYBOOK_VAULT_KEY is not set. {HINT}")
    today = (
        _key("DAYBOOK_VAULT_KEY", given) if given else hashlib.sha256(invented.encode()).digest()
    )
    return [today, *(_key("DAYBOOK_VAULT_KEYS_OLD", each) for each in earlier)]


def _key(name: str, given: str) -> bytes:
    if key := _bytes(given):
        return key
    try:
        key = _bytes(Path(given).read_text())
    except (OSError, ValueError):
        raise ImproperlyConfigured(
            f"{name} is neither a key nor a file that opens. {HINT}"
        ) from None
    if not key:
        raise ImproperlyConfigured(f"{name} names a file that holds no such key. {HINT}")
    return key


def _bytes(text: str) -> bytes:
    """Thirty-two bytes, or nothing."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except ValueError:
        return b""
    return key if len(key) == BYTES else b""
