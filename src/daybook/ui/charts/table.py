"""A chart as a table, for ears and for those who want the numbers."""

from __future__ import annotations

from functools import lru_cache

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from daybook.ui.charts.series import Chart
from daybook.ui.parts import MARKS
from daybook.ui.words import plain_date


def change_table(chart: Chart) -> SafeString:
    """The chart as a table, newest first: every day on which something is known."""
    words = chart.words()
    raw: dict[int, list[str]] = {}
    for day, value in chart.raw:
        if value is not None:
            raw.setdefault(day, []).append(_figure(value))
    line = {day: _figure(value) for day, value in chart.line if value is not None}
    unit = {day: _figure(value) for day, value in chart.unit if value is not None}
    notes: dict[int, list[str]] = {}
    for change in chart.changes:
        notes.setdefault(change.day, []).append(f"{MARKS[change.direction]} {change.words}")
    for event in chart.events:
        notes.setdefault(event.day, []).append(event.words)
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>',
        (
            (
                plain_date(chart.date(day)),
                ", ".join(raw.get(day, ["–"])),
                line.get(day, "–"),
                unit.get(day, "–"),
                "; ".join(notes.get(day, [])),
            )
            for day in sorted(raw.keys() | line.keys() | notes.keys(), reverse=True)
        ),
    )
    return format_html(
        '<div class="table-wrap" tabindex="0" role="region" aria-label="{caption}"><table>'
        "<caption>{caption}</caption><thead><tr>"
        '<th scope="col">{day}</th><th scope="col">{raw}</th><th scope="col">{line}</th>'
        '<th scope="col">{unit}</th><th scope="col">{notes}</th></tr></thead>'
        "<tbody>{rows}</tbody></table></div>",
        caption=_("%(title)s, from %(low)s %(low_word)s to %(high)s %(high_word)s")
        % {
            "title": chart.title,
            "low": f"{chart.low:g}",
            "low_word": chart.low_word,
            "high": f"{chart.high:g}",
            "high_word": chart.high_word,
        },
        day=_("Day"),
        **words,
        notes=_("What happened"),
        rows=rows,
    )


def _figure(value: float) -> str:
    return _said(round(value, 1), get_language())


@lru_cache(maxsize=1024)
def _said(value: float, language: str | None) -> str:
    return number_format(value, 0 if value == int(value) else 1)
