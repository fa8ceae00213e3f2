"""Columns as they come in, checked: numbers that are numbers, labels that are there."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from daybook.signals.errors import BadColumn, BadRating

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def numbers(name: str, given: ArrayLike) -> Floats:
    """One dimension of finite numbers, as a copy. Raises BadColumn, BadRating."""
    array = np.asarray(given)
    if array.ndim != 1:
        raise BadColumn(f"{name} must have one dimension, not {array.ndim}.")
    if array.dtype.kind in "iufb" or array.size == 0:
        found = array.astype(np.float64)
    else:
        found = np.array([_number(name, row, cell) for row, cell in enumerate(array.tolist())])
    bad = np.flatnonzero(~np.isfinite(found))
    if bad.size:
        row = int(bad[0])
        raise BadRating(row, f"{name} is {found[row]}, which is not a number to chart.")
    return found


def _number(name: str, row: int, cell: object) -> float:
    try:
        return float(cell)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise BadRating(row, f"{name} is {cell!r}, which is not a number.") from None


def codes(name: str, given: ArrayLike) -> tuple[NDArray[np.int32], NDArray[np.generic]]:
    """Which label each row has, and the labels in their own order.

    Whole numbers and text identify; a label that is missing (None, NaN, "") is refused with its
    row. O(n) for whole numbers that lie close together, O(n log n) otherwise.
    Raises BadColumn, BadRating.
    """
    array = np.asarray(given)
    if array.ndim != 1:
        raise BadColumn(f"{name} must have one dimension, not {array.ndim}.")
    if array.dtype.kind not in "iubU":
        array = _labels(name, array)
    if array.dtype.kind == "U":
        empty = np.flatnonzero(array == "")
        if empty.size:
            raise BadRating(int(empty[0]), f"{name} is empty.")
    if array.dtype.kind in "iu" and array.size:
        low, high = int(array.min()), int(array.max())
        if high - low < 4 * array.size + 1000:
            return _close_together(array, low, high)
    labels, code = np.unique(array, return_inverse=True)
    return code.astype(np.int32), labels


def _labels(name: str, array: NDArray[np.generic]) -> NDArray[np.generic]:
    cells = array.tolist()
    for row, cell in enumerate(cells):
        if cell is None or cell != cell or cell == "":
            raise BadRating(row, f"{name} is empty.")
        if isinstance(cell, float) and not cell.is_integer():
            raise BadRating(row, f"{name} is {cell}, which is not a label.")
    whole = all(isinstance(cell, int | float) for cell in cells)
    return np.array(cells, dtype=np.int64 if whole else np.str_)


def _close_together(
    array: NDArray[np.generic], low: int, high: int
) -> tuple[NDArray[np.int32], NDArray[np.generic]]:
    present = np.zeros(high - low + 1, dtype=np.bool_)
    shifted = array if low == 0 else array - np.asarray(low, dtype=array.dtype)
    present[shifted] = True
    labels = np.flatnonzero(present)
    if labels.size == present.size:
        return shifted.astype(np.int32, copy=False), (labels + low).astype(array.dtype)
    place = np.cumsum(present, dtype=np.int32) - np.int32(1)
    return place[shifted], (labels + low).astype(array.dtype)
