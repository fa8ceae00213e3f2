"""A tile of a board, written out: sixty of them make a page, so it is plain text building."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from daybook.ui.parts import Line, Tile


def tile_in_html(tile: Tile) -> SafeString:
    """One tile as an item of the list of tiles. Every word in it is escaped here."""
    strong = " strong" if tile.strong else ""
    parts = [
        f'<li class="tile{strong}"><div class="tile-body">'
        f'<a class="tile-name" href="{escape(tile.url)}">'
        f'<span class="cell">{escape(tile.cell)}</span> <bdi>{escape(tile.name)}</bdi></a>'
    ]
    if tile.dot:
        parts.append(f'<span class="dot" role="img" aria-label="{escape(tile.dot)}"></span>')
    if tile.strong:
        parts.append(f'<span class="spoken">{escape(tile.strong)}</span>')
    if tile.brief:
        brief = escape(tile.brief)
        parts.append(f'<p class="door brief-door" dir="auto" aria-hidden="true">{brief}</p>')
    parts += [f'<p class="door whole-door" dir="auto">{escape(words)}</p>' for words in tile.before]
    parts.append(tile.spark)
    if tile.lines:
        said = "".join(_line(line) for line in tile.lines)
        more = "".join(
            f'<p class="more">{escape(line.more)}</p>' for line in tile.lines if line.more
        )
        parts.append(f'<div class="words">{said}{more}</div>')
    parts.append("</div></li>")
    return mark_safe("".join(parts))


def _line(line: Line) -> str:
    if line.direction is None:
        return f'<p class="said">{escape(line.text)}</p>'
    mark = f'<span aria-hidden="true">{line.mark}</span> '
    return f'<p class="{line.direction}">{mark}{escape(line.text)}</p>'
