"""A few answers one after the other on a ladder of words: the best rung on top."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

APART, RUNG, EDGE = 56, 16, 10


def ladder(times: Sequence[Sequence[int]], *, rungs: int, way: str, label: str) -> SafeString:
    """Each time stands at the rungs (0 on top) that were found then: none where it could not be
    said, several where it was seen apart. ``way``, higher or lower or nothing, is the direction of
    the last step; the whole is read aloud as ``label``."""
    wide, tall = APART * len(times), RUNG * (rungs - 1) + 2 * EDGE
    return format_html(
        '<svg class="ladder {way}" viewBox="0 0 {wide} {tall}" width="{wide}" height="{tall}" '
        'role="img" aria-label="{label}">{rungs}{steps}{marks}</svg>',
        way=way,
        wide=wide,
        tall=tall,
        label=label,
        rungs=format_html_join(
            "", '<path class="rung" d="M0 {}H{}"/>', ((_y(rung), wide) for rung in range(rungs))
        ),
        steps=_steps(times),
        marks=_marks(times),
    )


def _steps(times: Sequence[Sequence[int]]) -> SafeString:
    """Lines between neighbours that were each found at one rung."""
    pairs = [
        (at, before[0], now[0])
        for at, (before, now) in enumerate(pairwise(times))
        if len(before) == 1 and len(now) == 1
    ]
    last = len(times) - 2
    return format_html_join(
        "",
        '<path class="step{}" d="M{} {}L{} {}"/>',
        (
            (" last" if at == last else "", _x(at), _y(before), _x(at + 1), _y(now))
            for at, before, now in pairs
        ),
    )


def _marks(times: Sequence[Sequence[int]]) -> SafeString:
    apart = format_html_join(
        "",
        '<path class="differ" d="M{} {}V{}"/>',
        ((_x(at), _y(min(found)), _y(max(found))) for at, found in enumerate(times) if found),
    )
    last = len(times) - 1
    dots = format_html_join(
        "",
        '<circle class="{}" cx="{}" cy="{}" r="5"/>',
        (
            ("now" if at == last else "then", _x(at), _y(rung))
            for at, found in enumerate(times)
            for rung in sorted(set(found))
        ),
    )
    return apart + dots


def _x(at: int) -> int:
    return APART // 2 + APART * at


def _y(rung: int) -> int:
    return EDGE + RUNG * rung
