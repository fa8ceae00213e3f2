"""Compiling the inner loops, once a machine where its disk can be written.

numba keeps what it compiled until the file of the function changes. A function that calls one of
another file, or takes a constant from there, has both within it: so here it is kept until any of
these files changes, and an upgrade can't go on with what was compiled before.
"""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from numba import njit

HERE = Path(__file__).parent
CONSTANTS = HERE / "arrays.py"


def compiled(**options: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """numba's njit without the interpreter's lock; what was compiled is kept where it can be."""

    def compile_(function: Callable[..., Any]) -> Callable[..., Any]:
        try:
            kept = njit(cache=True, nogil=True, **options)(function)
        except RuntimeError:
            # Nowhere to keep it: a read-only installation without a home.
            return njit(nogil=True, **options)(function)  # type: ignore[no-any-return]
        # numba has no word for this; a test holds that it does what it says.
        file = kept._cache._cache_file
        file._source_stamp = (file._source_stamp, sources())
        return kept  # type: ignore[no-any-return]

    return compile_


@cache
def sources() -> str:
    """Digest of every file that compiled code comes from."""
    told = sha256()
    for file in sorted(HERE.rglob("*.py")):
        text = file.read_bytes()
        if file == CONSTANTS or b"@compiled(" in text:
            told.update(text)
    return told.hexdigest()
