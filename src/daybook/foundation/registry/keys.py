"""Keys made before the row exists, so that a repeated save finds itself."""

import os
import time
import uuid


def new_key() -> uuid.UUID:
    """A version 7 UUID (RFC 9562): random, and growing with time so that indexes stay compact.

    The twelve bits after the version hold the fraction of the millisecond (method 3 there):
    keys made one after the other sort in that order.
    """
    milliseconds, nanoseconds = divmod(time.time_ns(), 1_000_000)
    fraction = nanoseconds * 4096 // 1_000_000
    random = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    return uuid.UUID(int=milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0x2 << 62 | random)
