"""How far two views of the same lie apart: one line, with nought in the middle."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from daybook.ui.charts.intervals import Interval

WIDE, TALL, EDGE = 320, 28, 10


def apart(found: Interval, *, reach: float, label: str) -> SafeString:
    """A dot with its interval on a scale from ``-reach`` to ``reach``, read aloud as ``label``.

    What lies beyond the scale is cut off at its end.
    """

    def at(value: float) -> int:
        inside = max(-reach, min(reach, value))
        return round(WIDE / 2 + inside / reach * (WIDE / 2 - EDGE))

    return format_html(
        '<svg class="views-apart" viewBox="0 0 {wide} {tall}" role="img" aria-label="{label}">'
        '<path class="line" d="M{edge} {y}H{end}"/><path class="nought" d="M{middle} 2V{bottom}"/>'
        '<path class="bar" d="M{low} {y}H{high}"/><circle cx="{x}" cy="{y}" r="6"/></svg>',
        wide=WIDE,
        tall=TALL,
        label=label,
        edge=EDGE,
        end=WIDE - EDGE,
        middle=WIDE // 2,
        bottom=TALL - 2,
        y=TALL // 2,
        low=at(found.low),
        high=at(found.high),
        x=at(found.value),
    )
