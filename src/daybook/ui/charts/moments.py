"""Moments on one line of time, a lane for each kind: what came before what, and nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from daybook.ui.words import exact

WIDE, LANE, EDGE, FOOT = 480, 46, 8, 22
"""The drawing's width, the height of a lane with its name above, its margin, room for the days."""
MARKS = {
    "offered": '<circle class="moment offered" cx="{x}" cy="{y}" r="6"/>',
    "taken": '<path class="moment taken" d="M{x} {top}a6 6 0 0 1 0 12z"/>'
    '<circle class="moment offered" cx="{x}" cy="{y}" r="6"/>',
    "declined": '<path class="moment declined" d="M{left} {y}h12"/>',
    "kept": '<circle class="moment kept" cx="{x}" cy="{y}" r="6"/>',
    "opening": '<path class="moment opening" d="M{x} {top}l6 6l-6 6l-6 -6z"/>',
    "item": '<path class="moment item" d="M{x} {top}v12"/>',
}


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and which mark stands for it: a key of ``MARKS``."""

    on: date
    mark: str


@dataclass(frozen=True, slots=True)
class Lane:
    name: str
    moments: Sequence[Moment]


def moments(lanes: Sequence[Lane], *, label: str) -> SafeString:
    """An SVG, read aloud as ``label``; empty where nothing happened on two days at least."""
    days = [moment.on for lane in lanes for moment in lane.moments]
    if len(set(days)) < 2:
        return mark_safe("")
    first, last = min(days), max(days)
    span = (last - first).days
    high = LANE * len(lanes) + FOOT
    parts = [
        f'<svg class="moments" viewBox="0 0 {WIDE} {high}" role="img" aria-label="{escape(label)}">'
    ]
    for at, lane in enumerate(lanes):
        y = LANE * at + 30
        parts.append(f'<path class="lane" d="M0 {y}H{WIDE}"/>')
        parts.append(f'<text class="lane-name" x="0" y="{y - 14}">{escape(lane.name)}</text>')
        for moment in lane.moments:
            x = EDGE + (moment.on - first).days * (WIDE - 2 * EDGE) // span
            parts.append(MARKS[moment.mark].format(x=x, y=y, top=y - 6, left=x - 6))
    for x, day, anchor in ((0, first, "start"), (WIDE, last, "end")):
        parts.append(
            f'<text class="day" x="{x}" y="{high - 4}" text-anchor="{anchor}">'
            f"{escape(exact(day))}</text>"
        )
    return mark_safe("".join([*parts, "</svg>"]))
