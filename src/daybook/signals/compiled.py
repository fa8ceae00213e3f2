"""Compiling the inner loops, once a machine where its disk can be written."""

from collections.abc import Callable
from typing import Any

from numba import njit


def compiled(**options: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """numba's njit without the interpreter's lock; what was compiled is kept where it can be."""

    def compile_(function: Callable[..., Any]) -> Callable[..., Any]:
        try:
            return njit(cache=True, nogil=True, **options)(function)  # type: ignore[no-any-return]
        except RuntimeError:
            # Nowhere to keep it: a read-only installation without a home.
            return njit(nogil=True, **options)(function)  # type: ignore[no-any-return]

    return compile_
