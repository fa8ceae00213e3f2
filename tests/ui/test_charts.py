"""What a chart says, drawn and read aloud."""

import re
from datetime import date
from typing import Any

from daybook.ui.charts import Change, Chart, Event, change_chart, change_table, sparkline, unit_line


def chart(**more: Any) -> Chart:
    given: dict[str, Any] = {
        "key": "mood",
        "title": "Mood",
        "sentence": "Lower than his usual since 20 January.",
        "first_day": date(2026, 1, 1),
        "days": 40,
        "low_word": "low",
        "high_word": "bright",
        "line": [(day, 3.0 if day < 20 else 2.0) for day in range(40)],
    }
    return Chart(**(given | more))


def coordinates(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", path)]


def paths(html: str, kind: str) -> list[str]:
    return re.findall(rf'<path class="{kind}" d="([^"]*)"', html)


def test_a_sparkline_is_read_aloud_and_escapes_its_words() -> None:
    html = sparkline([(0, 3)], span=7, label='Amir "A" <K>')
    assert 'role="img" aria-label="Amir &quot;A&quot; &lt;K&gt;"' in html


def test_a_day_without_entry_is_a_dot_below_and_never_a_value() -> None:
    html = sparkline([(0, 3), (1, None), (2, 3)], span=3, label="x")
    assert len(coordinates(paths(html, "line")[0])) == 2
    assert paths(html, "dots unseen") == ["M500 94h0"]


def test_the_changed_part_joins_the_part_before_it() -> None:
    html = sparkline(
        [(day, 3.0) for day in range(10)], span=10, label="x", changed=(6, "lower"), band=(2.5, 3.5)
    )
    before, after = coordinates(paths(html, "line")[0]), coordinates(paths(html, "line lower")[0])
    assert len(before) == 6
    assert after[0] == before[-1]
    assert len(after) == 5


def test_a_sparkline_is_centred_on_the_own_usual() -> None:
    low = sparkline([(0, 1.5), (1, 1.5)], span=2, label="x", band=(1.0, 2.0))
    high = sparkline([(0, 4.5), (1, 4.5)], span=2, label="x", band=(4.0, 5.0))
    assert low == high


def test_an_empty_or_single_day_can_be_drawn() -> None:
    assert "<path" not in sparkline([], span=28, label="x")
    assert "<path" in sparkline([(0, 3)], span=1, label="x")
    assert "<path" in unit_line([], span=0, label="x")


def test_better_is_drawn_as_strongly_as_worse() -> None:
    points = [(day, 3.0) for day in range(10)]
    lower = sparkline(points, span=10, label="x", changed=(5, "lower"))
    higher = sparkline(points, span=10, label="x", changed=(5, "higher"))
    assert lower.replace("lower", "higher") == higher


def test_a_chart_reads_out_as_a_sentence() -> None:
    html = change_chart(chart(state="is lower than his usual", direction="lower"))
    assert 'role="img" aria-labelledby="mood-title mood-says"' in html
    assert '<title id="mood-title">Mood is lower than his usual</title>' in html
    assert '<desc id="mood-says">Lower than his usual since 20 January.</desc>' in html


def test_a_change_carries_its_mark_and_words() -> None:
    html = change_chart(chart(changes=[Change(20, "since 21 January", "lower")]))
    assert "▼ since 21 January</text>" in html
    assert len(coordinates(paths(html, "line lower")[0])) == 20


def test_a_change_that_ended_gives_the_line_back_to_ink() -> None:
    html = change_chart(chart(changes=[Change(10, "for ten days", "higher", until=19)]))
    assert [len(coordinates(p)) for p in paths(html, "line higher")] == [10]
    assert sum(len(coordinates(p)) for p in paths(html, "line ")) == 11 + 21


def test_words_on_a_chart_are_escaped() -> None:
    html = change_chart(chart(events=[Event(3, "<b>court</b>")], title="<i>"))
    assert "<b>" not in html
    assert "<i>" not in html


def test_neighbouring_events_stand_in_rows_of_their_own() -> None:
    html = change_chart(chart(events=[Event(20, "lock-down"), Event(21, "visit cancelled")]))
    rows = re.findall(r'<text class="event" x="[^"]*" y="(\d+)"', html)
    assert len(set(rows)) == 2


def test_the_table_says_what_the_drawing_shows_newest_first() -> None:
    html = change_table(
        chart(
            line=[(0, 3.0), (5, 2.25)],
            raw=[(0, 3), (0, 4), (5, 2), (6, None)],
            events=[Event(3, "court")],
            changes=[Change(5, "since Tuesday", "lower")],
        )
    )
    days = re.findall(r'<th scope="row">(\d+) [A-Z][a-z]+ 2026</th>', html)
    assert days == ["6", "4", "1"]
    assert "<td>3, 4</td>" in html
    assert "▼ since Tuesday" in html
