"""Keys made before the row exists, so that a repeated save finds itself."""

import os
import time
import uuid


def new_key() -> uuid.UUID:
    """A version 7 UUID (RFC 9562): random, and growing with time so that indexes stay compact."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | int.from_bytes(os.urandom(10), "big")
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return uuid.UUID(int=value)
