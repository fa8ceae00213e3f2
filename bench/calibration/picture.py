"""The promise and what is found, condition by condition, as one picture."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from bench.calibration.cells import CHANGING, NOBODY, REAL, Cell
from bench.calibration.page import PROMISE, Results

PICTURE = Path(__file__).parents[1] / "results" / "calibration.svg"
LEFT, WIDTH, ROW, HEAD = 250, 430, 26, 64
INK, QUIET, NEW, OLD, BAND = "#1d2a2f", "#5c6b70", "#0b6e6e", "#b0562b", "#d9ecea"


def write(cells: Sequence[Cell], lines: Sequence[dict[str, Any]]) -> None:
    PICTURE.write_text(drawn(Results(cells, lines)), encoding="utf-8")


def drawn(results: Results) -> str:
    promise = [cell for cell in NOBODY if results.has(cell.name)]
    found = [cell for cell in [*CHANGING, REAL] if results.has(cell.name)]
    second = HEAD + ROW * len(promise) + 84
    height = second + ROW * len(found) + 78
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 {height}" role="img"'
        ' font-family="system-ui, sans-serif" font-size="13">',
        "<title>Told 5 %: how many unchanged people were named, and how many changes were found"
        "</title>",
        f'<rect width="720" height="{height}" fill="#ffffff"/>',
        *_panel("Named without a change, % (told 5; band: 3 to 7)", 0, 16, HEAD, promise, PROMISE),
    ]
    for at, cell in enumerate(promise):
        y = HEAD + ROW * at + ROW / 2
        if results.has(cell.name, "old"):
            parts.append(_ring(_x(results.named(cell.name, "old")[0], 16), y))
        parts += _dot(*results.named(cell.name), 16, y)
    parts += _panel("Changes of one step found within 30 days, %", 1, 100, second, found, None)
    for at, cell in enumerate(found):
        y = second + ROW * at + ROW / 2
        if results.has(cell.name, "old"):
            parts.append(_ring(_x(results.found(cell.name, "old")[0], 100), y))
        for what, dash in (("sizes", "none"), ("everything", "2 2")):
            wall = results.knowing(cell.name, what)
            if wall is not None:
                x = _x(wall, 100)
                parts.append(
                    f'<path d="M{x:.1f} {y - 8:.1f}V{y + 8:.1f}" stroke="{INK}" stroke-width="1.5"'
                    f' stroke-dasharray="{dash}"/>'
                )
        parts += _dot(*results.found(cell.name), 100, y)
    parts += [*_legend(height - 22), "</svg>"]
    return "\n".join(parts) + "\n"


def _x(value: float, most: float) -> float:
    return LEFT + WIDTH * min(value, most) / most


def _panel(
    title: str,
    nth: int,
    most: int,
    top: float,
    cells: Sequence[Cell],
    band: tuple[float, float] | None,
) -> list[str]:
    bottom = top + ROW * len(cells)
    parts = [f'<text x="16" y="{top - 22}" fill="{INK}" font-weight="600">{title}</text>']
    if band:
        low, high = (_x(end, most) for end in band)
        parts.append(
            f'<rect x="{low:.1f}" y="{top}" width="{high - low:.1f}" height="{bottom - top}"'
            f' fill="{BAND}"/>'
        )
    for tick in range(0, most + 1, 20 if nth else 2):
        x = _x(tick, most)
        parts += [
            f'<path d="M{x:.1f} {top}V{bottom}" stroke="{QUIET}" stroke-opacity=".25"/>',
            f'<text x="{x:.1f}" y="{bottom + 16}" fill="{QUIET}" text-anchor="middle"'
            f' font-size="11">{tick}</text>',
        ]
    for at, cell in enumerate(cells):
        name = escape(cell.name.removeprefix("20 % change: "))
        y = top + ROW * at + ROW / 2 + 4
        parts.append(f'<text x="{LEFT - 12}" y="{y}" fill="{INK}" text-anchor="end">{name}</text>')
    return parts


def _dot(share: float, low: float, high: float, most: float, y: float) -> list[str]:
    return [
        f'<path d="M{_x(low, most):.1f} {y:.1f}H{_x(high, most):.1f}" stroke="{NEW}"'
        ' stroke-width="2.5"/>',
        f'<circle cx="{_x(share, most):.1f}" cy="{y:.1f}" r="5" fill="{NEW}"/>',
    ]


def _ring(x: float, y: float) -> str:
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="none" stroke="{OLD}" stroke-width="2"/>'
    )


def _legend(y: float) -> list[str]:
    said = [
        (16, f'<circle cx="22" cy="{y - 4}" r="5" fill="{NEW}"/>', "now, with 95 % interval"),
        (206, _ring(212, y - 4), "first method"),
        (326, f'<path d="M332 {y - 12}v16" stroke="{INK}" stroke-width="1.5"/>', "sizes known"),
        (
            446,
            f'<path d="M452 {y - 12}v16" stroke="{INK}" stroke-width="1.5"'
            ' stroke-dasharray="2 2"/>',
            "all known but the change",
        ),
    ]
    return [
        part
        for x, mark, words in said
        for part in (mark, f'<text x="{x + 16}" y="{y}" fill="{QUIET}">{words}</text>')
    ]
