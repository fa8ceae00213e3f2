"""Charts as SVG, built as text: no chart library, no script, colours from the stylesheet.

Time runs from left to right in every language, as on wards and in control rooms that write
Arabic or Hebrew; the words around a chart mirror. A drawing stretches to the width it is given
while its text and strokes keep their size: lines live in a stretched inner drawing, words in an
outer one that places them by per cent.
"""

from daybook.ui.charts.apart import apart
from daybook.ui.charts.drawing import change_chart, chart_drawing
from daybook.ui.charts.intervals import Interval, intervals
from daybook.ui.charts.ladder import ladder
from daybook.ui.charts.rates import Bar, bar
from daybook.ui.charts.series import Change, Chart, Event, Point
from daybook.ui.charts.small import sparkline, unit_line
from daybook.ui.charts.table import change_table

__all__ = [
    "Bar",
    "Change",
    "Chart",
    "Event",
    "Interval",
    "Point",
    "apart",
    "bar",
    "change_chart",
    "change_table",
    "chart_drawing",
    "intervals",
    "ladder",
    "sparkline",
    "unit_line",
]
