"""One rate as a dot with its interval, on a line from nought to what the page reaches."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

WIDE, TALL, MARGIN = 160, 24, 8
LEAST = 10.0
"""The line is never shorter than this: a small difference must not look large."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A value between `low` and `high`."""

    value: float
    low: float
    high: float


def bar(shown: Bar, *, line: float | None, reach: float) -> SafeString:
    """The picture beside its numbers, which say all it says: nothing of it is read aloud.

    `line` is where everybody together stands, `reach` the value at the far end. The look is the
    same wherever the dot lies.
    """

    def at(value: float) -> int:
        return round(MARGIN + (WIDE - 2 * MARGIN) * min(1.0, value / reach))

    middle = TALL // 2
    everybody = (
        format_html('<path class="everybody" d="M{} 2V{}"/>', at(line), TALL - 2)
        if line is not None
        else ""
    )
    return format_html(
        '<svg class="rate" viewBox="0 0 {wide} {tall}" width="{wide}" height="{tall}"'
        ' aria-hidden="true"><path class="ground" d="M{start} {middle}H{end}"/>{everybody}'
        '<path class="bar" d="M{low} {middle}H{high}"/>'
        '<circle cx="{value}" cy="{middle}" r="4"/></svg>',
        wide=WIDE,
        tall=TALL,
        start=MARGIN,
        end=WIDE - MARGIN,
        middle=middle,
        everybody=everybody,
        low=at(shown.low),
        high=at(shown.high),
        value=at(shown.value),
    )
