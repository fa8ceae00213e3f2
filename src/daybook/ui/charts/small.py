"""Lines the size of a word, for tiles and headings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from daybook.ui.charts.series import MARGIN, WIDE, Point, path_through
from daybook.ui.parts import Direction

REACH = 1.4
"""Steps that a small line shows above and below its middle; what lies beyond stays on the edge."""


def sparkline(
    points: Iterable[Point],
    *,
    span: int,
    label: str,
    band: tuple[float, float] | None = None,
    changed: tuple[int, Direction] | None = None,
) -> SafeString:
    """A line the size of a word: `points` over `span` days, read aloud as `label`.

    `band` is the usual range; the drawing is centred on it, for it compares a person with nobody
    else. `changed` gives the day from which the line differs, and its direction. Days with None
    become a row of dots underneath. Sixty of these make a board, so it is plain text building.
    """
    low, high = _window(band)
    across = _across(span)
    rise = 80 / (high - low)
    since = changed[0] if changed else span
    before: list[str] = []
    after: list[str] = []
    unseen: list[str] = []
    for day, value in points:
        x = across[day]
        if value is None:
            unseen.append(f"M{x} 94h0")
            continue
        y = int(4 + (high - min(max(value, low), high)) * rise)
        (after if day >= since else before).append(f"{x} {y}")
    parts = [
        f'<svg class="spark" viewBox="0 0 {WIDE} 100" preserveAspectRatio="none"'
        f' role="img" aria-label="{escape(label)}">'
    ]
    if band:
        top, bottom = (int(4 + (high - edge) * rise) for edge in (band[1], band[0]))
        parts.append(
            f'<rect class="own" y="{top}" width="{WIDE}" height="{max(bottom - top, 2)}"/>'
        )
    if unseen:
        parts.append(f'<path class="dots unseen" d="{"".join(unseen)}"/>')
    if before:
        parts.append(_line_with_dots(before, ""))
    if after and changed:
        parts.append(_line_with_dots(before[-1:] + after, f" {changed[1]}"))
    parts.append("</svg>")
    return mark_safe("".join(parts))


@lru_cache(maxsize=8)
def _across(span: int) -> list[int]:
    """Where each day stands, from the side on which the line begins."""
    step = (WIDE - 2 * MARGIN) / max(span - 1, 1)
    return [int(MARGIN + day * step) for day in range(span)]


def _window(band: tuple[float, float] | None) -> tuple[float, float]:
    middle = (band[0] + band[1]) / 2 if band else 3
    return middle - REACH, middle + REACH


def _line_with_dots(places: Sequence[str], kind: str) -> str:
    """A dot is a stroke of no length with round ends: it stays round when the drawing stretches."""
    return (
        f'<path class="line{kind}" d="M{"L".join(places)}"/>'
        f'<path class="dots{kind}" d="M{"h0M".join(places)}h0"/>'
    )


def unit_line(points: Sequence[Point], *, span: int, label: str) -> SafeString:
    """The unit's own days as one dashed line, centred on its mean: its weather."""
    values = [value for _day, value in points if value is not None]
    mean = sum(values) / len(values) if values else 3
    return format_html(
        '<svg class="weather" viewBox="0 0 {wide} 100" preserveAspectRatio="none"'
        ' role="img" aria-label="{label}"><path d="{path}"/></svg>',
        wide=WIDE,
        label=label,
        path=path_through(points, span, 100, mean - REACH, mean + REACH),
    )
