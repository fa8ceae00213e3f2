"""How good a record is. Flat, thin or one-sided is what was written, never what a person is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from daybook.signals.columns import numbers
from daybook.signals.errors import LengthMismatch, NoRatings


@dataclass(frozen=True)
class Quality:
    """Of one person over some days.

    `entries` were written on `days` of a `span` of days; `two_touches` of them say *contact* and
    *as usual* and nothing else; `longest_gap`: days in a row without an entry, between the first
    day and the last. `observers` and `settings`: how many. `one_value`: for each channel that
    was rated, how many of its ratings are that of its commonest value, and of how many.
    """

    entries: int
    two_touches: int
    days: int
    span: int
    longest_gap: int
    observers: int
    settings: int
    one_value: Mapping[str, tuple[int, int]] = field(default_factory=lambda: MappingProxyType({}))


def quality(
    *,
    day: ArrayLike,
    two_touches: ArrayLike,
    observer: ArrayLike,
    setting: ArrayLike,
    values: Mapping[str, Sequence[float]],
    since: int,
    until: int,
) -> Quality:
    """Columns of shape (entries,), days whole numbers from `since` to `until`; `values` by
    channel. Raises NoRatings without an entry, LengthMismatch, BadRating."""
    days = numbers("day", day).astype(np.int64)
    if days.size == 0:
        raise NoRatings
    columns = {
        "two_touches": np.asarray(two_touches),
        "observer": np.asarray(observer),
        "setting": np.asarray(setting),
    }
    for name, column in columns.items():
        if column.size != days.size:
            raise LengthMismatch(name, column.size, days.size)
    covered = np.unique(days)
    ends = np.concatenate([[since - 1], covered, [until + 1]])
    return Quality(
        entries=int(days.size),
        two_touches=int(columns["two_touches"].sum()),
        days=int(covered.size),
        span=until - since + 1,
        longest_gap=max(0, int(np.diff(ends).max()) - 1),
        observers=int(np.unique(columns["observer"]).size),
        settings=int(np.unique(columns["setting"]).size),
        one_value=MappingProxyType({
            channel: _commonest(given) for channel, given in values.items() if len(given)
        }),
    )  # fmt: skip


def _commonest(given: Sequence[float]) -> tuple[int, int]:
    _, count = np.unique(numbers("value", given), return_counts=True)
    return int(count.max()), int(count.sum())
