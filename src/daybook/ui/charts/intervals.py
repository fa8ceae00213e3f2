"""A few values one after the other, each with how surely it is known, around a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

TALL, APART, LEAST = 120, 60, 1.0


@dataclass(frozen=True, slots=True)
class Interval:
    """A value between `low` and `high`."""

    value: float
    low: float
    high: float


def intervals(values: Sequence[Interval], *, label: str) -> SafeString:
    """Dots with bars around a dashed line at nought, up is more, read aloud as `label`."""
    reach = max(LEAST, *(max(abs(each.low), abs(each.high)) for each in values))
    middle, rise = TALL // 2, (TALL / 2 - 6) / reach
    wide = APART * len(values)
    bars = format_html_join(
        "",
        '<path class="bar" d="M{0} {1}V{2}"/><circle cx="{0}" cy="{3}" r="5"/>',
        (
            (
                APART // 2 + APART * at,
                round(middle - each.high * rise),
                round(middle - each.low * rise),
                round(middle - each.value * rise),
            )
            for at, each in enumerate(values)
        ),
    )
    return format_html(
        '<svg class="intervals" viewBox="0 0 {wide} {tall}" width="{wide}" height="{tall}"'
        ' role="img" aria-label="{label}"><path class="nought" d="M0 {middle}H{wide}"/>'
        "{bars}</svg>",
        wide=wide,
        tall=TALL,
        label=label,
        middle=middle,
        bars=bars,
    )
