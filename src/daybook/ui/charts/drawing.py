"""One channel of one person: the figure with its drawing, key, sentence and table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from daybook.ui.charts.series import MARGIN, WIDE, Chart, Event, Point, path_through
from daybook.ui.charts.table import change_table
from daybook.ui.parts import MARKS

# Heights of the rows of a chart, from above: words of changes, the upper word, the plot, the
# lower word, days without entry, dates, and as many rows of events as are needed.
CHANGE_WORDS, UPPER_WORD, PLOT, TALL = 16, 40, 50, 150
LOWER_WORD = PLOT + TALL + 18
UNSEEN = LOWER_WORD + 12
DATES = UNSEEN + 22
EVENTS = DATES + 22
ROW = 19


def change_chart(chart: Chart) -> SafeString:
    """The chart as a figure: drawing, key, sentence, and the same as a table, folded."""
    state = ""
    if chart.state:
        state = format_html(' <span class="{}">{}</span>', chart.direction or "quiet", chart.state)
    return format_html(
        '<figure class="chart card"><h2>{title}{state}</h2>{drawing}{key}'
        '<figcaption class="quiet small">{sentence}</figcaption>'
        '<details class="as-table"><summary>{open}</summary>{table}</details></figure>',
        title=chart.title,
        state=state,
        drawing=_drawing(chart),
        key=_key(chart),
        sentence=chart.sentence,
        open=_("As a table"),
        table=change_table(chart),
    )


def chart_drawing(chart: Chart) -> SafeString:
    """The drawing with its key alone, for a page that says the rest itself."""
    return format_html('<figure class="chart card">{}{}</figure>', _drawing(chart), _key(chart))


def _percent(chart: Chart, day: float) -> str:
    share = (MARGIN + day * (WIDE - 2 * MARGIN) / max(chart.days - 1, 1)) / WIDE
    return f"{100 * share:.2f}%"


def _drawing(chart: Chart) -> SafeString:
    lanes = _lanes(chart)
    tall = EVENTS + ROW * max(lanes.values(), default=-1) + 8
    return format_html(
        '<svg role="img" aria-labelledby="{key}-title {key}-says" width="100%" height="{tall}">'
        '<title id="{key}-title">{title}</title><desc id="{key}-says">{sentence}</desc>'
        '<svg y="{plot}" width="100%" height="{inner}" viewBox="0 0 {wide} {inner}"'
        ' preserveAspectRatio="none" overflow="visible">{lines}</svg>{marks}{words}</svg>',
        key=chart.key,
        tall=tall,
        title=f"{chart.title} {chart.state}".strip(),
        sentence=chart.sentence,
        plot=PLOT,
        inner=TALL,
        wide=WIDE,
        marks=_marks(chart, lanes),
        lines=_lines(chart),
        words=_words(chart, lanes),
    )


def _lines(chart: Chart) -> SafeString:
    """All that stretches with the width: band, the unit, entries, the line and its changes."""
    parts = []
    path = (TALL, chart.low, chart.high)
    if chart.band:
        rise = TALL / (chart.high - chart.low)
        top = (chart.high - chart.band[1]) * rise
        height = (chart.band[1] - chart.band[0]) * rise
        parts.append(f'<rect class="own" y="{top:.1f}" width="{WIDE}" height="{height:.1f}"/>')
    if chart.unit:
        parts.append(f'<path class="unit" d="{path_through(chart.unit, chart.days, *path)}"/>')
    seen = [point for point in chart.raw if point[1] is not None]
    if seen:
        dots = "".join(f"{path_through([point], chart.days, *path)}h0" for point in seen)
        parts.append(f'<path class="raw" d="{dots}"/><path class="raw inner" d="{dots}"/>')
    unseen = sorted({day for day, value in chart.raw if value is None})
    if unseen:
        step = (WIDE - 2 * MARGIN) / max(chart.days - 1, 1)
        dots = "".join(f"M{MARGIN + day * step:.0f} {UNSEEN - PLOT}h0" for day in unseen)
        parts.append(f'<path class="unseen" d="{dots}"/>')
    for kind, points in _stretches(chart):
        parts.append(f'<path class="line {kind}" d="{path_through(points, chart.days, *path)}"/>')
    return mark_safe("".join(parts))


def _stretches(chart: Chart) -> Iterable[tuple[str, Sequence[Point]]]:
    """The line cut where changes begin and end; neighbours share a point so that it stays whole."""
    usual: list[Point] = list(chart.line)
    for change in sorted(chart.changes, key=lambda change: change.day, reverse=True):
        end = change.until if change.until is not None else chart.days
        first = next((i for i, (day, _v) in enumerate(usual) if day >= change.day), len(usual))
        last = next((i for i, (day, _v) in enumerate(usual) if day > end), len(usual))
        yield change.direction, usual[first:last]
        if last < len(usual):
            yield "", usual[max(last - 1, 0) :]
        usual = usual[: first + 1]
    yield "", usual


def _marks(chart: Chart, lanes: dict[Event, int]) -> SafeString:
    """What runs from top to bottom: the day of an event, the day a change began."""
    events = format_html_join(
        "",
        '<line class="event" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>',
        (
            (_percent(chart, event.day), PLOT, EVENTS + ROW * lane - 13)
            for event, lane in lanes.items()
        ),
    )
    changes = format_html_join(
        "",
        '<line class="change {0}" x1="{1}" x2="{1}" y1="{2}" y2="{3}"/>',
        (
            (change.direction, _percent(chart, change.day), CHANGE_WORDS - 10, PLOT + TALL)
            for change in chart.changes
        ),
    )
    return events + changes


def _words(chart: Chart, lanes: dict[Event, int]) -> SafeString:
    parts = [
        format_html('<text x="1%" y="{}">{}</text>', UPPER_WORD, chart.high_word),
        format_html('<text x="1%" y="{}">{}</text>', LOWER_WORD, chart.low_word),
    ]
    for change in chart.changes:
        late = change.day > chart.days / 2
        parts.append(
            format_html(
                '<text class="{}" x="{}" dx="{}" y="{}" text-anchor="{}">{} {}</text>',
                change.direction,
                _percent(chart, change.day),
                -6 if late else 6,
                CHANGE_WORDS,
                "end" if late else "start",
                MARKS[change.direction],
                change.words,
            )
        )
    for day, said in _date_marks(chart):
        parts.append(
            format_html(
                '<text class="date" x="{}" y="{}" text-anchor="middle">{}</text>',
                _percent(chart, day),
                DATES,
                said,
            )
        )
    for event, lane in lanes.items():
        anchor, _start, _end = _span(chart, event)
        parts.append(
            format_html(
                '<text class="event" x="{}" y="{}" text-anchor="{}">{}</text>',
                _percent(chart, event.day),
                EVENTS + ROW * lane,
                anchor,
                event.words,
            )
        )
    return mark_safe("".join(parts))


def _date_marks(chart: Chart) -> Iterable[tuple[int, str]]:
    """Five or so dates, whole weeks apart, clear of both edges."""
    apart = max(7, 7 * round(chart.days / 35))
    said = pgettext("date format on a chart, as in 6 Mar", "j M")
    first = (chart.days - 1) % apart or apart
    first = first if first >= chart.days * 0.06 else first + apart
    for day in range(first, int(chart.days * 0.96), apart):
        yield day, date_format(chart.date(day), said)


def _lanes(chart: Chart) -> dict[Event, int]:
    """A row for each event's words, so that neighbours don't write over each other on a phone."""
    ends: list[float] = []
    lanes: dict[Event, int] = {}
    for event in sorted(chart.events, key=lambda event: event.day):
        _anchor, start, end = _span(chart, event)
        lane = next((i for i, taken in enumerate(ends) if start >= taken), len(ends))
        ends[lane : lane + 1] = [end]
        lanes[event] = lane
    return lanes


def _span(chart: Chart, event: Event) -> tuple[str, float, float]:
    """How an event's words hang at their day so that a phone cuts nothing off, and from where to
    where they then reach, as shares of the width."""
    here = event.day / max(chart.days - 1, 1)
    wide = (len(event.words) + 2) * 7 / 330
    if here < wide / 2:
        return "start", here, here + wide
    if here > 1 - wide / 2:
        return "end", here - wide, here
    return "middle", here - wide / 2, here + wide / 2


def _key(chart: Chart) -> SafeString:
    """What the shapes mean, each beside its words."""
    words = chart.words()
    shapes = [
        (bool(chart.raw), '<path class="raw" d="M9 8h0"/><path class="raw inner" d="M9 8h0"/>',
         words["raw"]),
        (bool(chart.line), '<path class="line" d="M1 8H17"/>', words["line"]),
        (chart.band is not None, '<rect class="own" y="2" width="18" height="12"/>',
         words["band"]),
        (bool(chart.unit), '<path class="unit" d="M1 8H17"/>', words["unit"]),
        (any(v is None for _d, v in chart.raw), '<path class="unseen" d="M5 8h0M9 8h0M13 8h0"/>',
         _("no entry")),
    ]  # fmt: skip
    items = format_html_join(
        "",
        '<li><svg width="18" height="16" aria-hidden="true">{}</svg> {}</li>',
        ((mark_safe(shape), said) for drawn, shape, said in shapes if drawn),
    )
    return format_html('<ul class="chart-key quiet small">{}</ul>', items)
