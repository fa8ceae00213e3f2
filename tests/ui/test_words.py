"""Dates as people say them, and names that keep their own direction."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from daybook.ui import words
from daybook.ui.templatetags import daybook_ui

THURSDAY = date(2026, 3, 12)
HERE = ZoneInfo("Europe/Brussels")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (datetime(2026, 3, 12, 14, 10, tzinfo=HERE), "Today 14:10"),
        (datetime(2026, 3, 11, 9, 5, tzinfo=HERE), "Yesterday 09:05"),
        (date(2026, 3, 12), "Today"),
        (date(2026, 3, 13), "Tomorrow"),
        (date(2026, 3, 10), "Tue 10 Mar"),
        (datetime(2026, 3, 10, 9, 0, tzinfo=HERE), "Tue 10 Mar"),
        (date(2024, 3, 10), "10 Mar 2024"),
    ],
)
def test_day_words(value: date, said: str) -> None:
    with timezone.override(HERE):
        assert words.day_words(value, THURSDAY) == said


LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("Amir", "K."), "Amir K."),
        (("", "Kaya"), "Kaya"),
        (("", ""), ""),
        (("سمير", "ح."), f"{RLI}{FSI}سمير{PDI} {FSI}ح.{PDI}{PDI}"),
        (("سمير", "C."), f"{RLI}{FSI}سمير{PDI} {FSI}C.{PDI}{PDI}"),
        (("A.", "לוי"), f"{LRI}{FSI}A.{PDI} {FSI}לוי{PDI}{PDI}"),
    ],
)
def test_a_name_keeps_its_own_direction(parts: tuple[str, ...], said: str) -> None:
    assert words.isolated(*parts) == said


def test_on_a_page_from_right_to_left_every_name_is_kept_together() -> None:
    with translation.override("ar"):
        assert words.isolated("Amir", "K.") == f"{LRI}{FSI}Amir{PDI} {FSI}K.{PDI}{PDI}"


def test_within_a_sentence_days_are_small() -> None:
    written = datetime(2026, 3, 12, 14, 10, tzinfo=HERE)
    with timezone.override(HERE):
        assert words.day_words(written, THURSDAY, within=True) == "today 14:10"
    assert words.day_words(date(2026, 3, 13), THURSDAY, within=True) == "tomorrow"
    assert words.day_words(date(2026, 3, 10), THURSDAY, within=True) == "Tue 10 Mar"


def test_a_day_is_the_day_on_the_wall_not_in_greenwich() -> None:
    late = datetime(2026, 3, 11, 23, 30, tzinfo=ZoneInfo("UTC"))
    with timezone.override(HERE):
        assert words.day_words(late, THURSDAY) == "Today 00:30"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 3, 12), "today"),
        (date(2026, 3, 11), "yesterday"),
        (date(2026, 3, 10), "Tuesday"),
        (date(2026, 3, 6), "Friday"),
        (date(2026, 3, 5), "5 March"),
        (date(2024, 3, 5), "5 March 2024"),
    ],
)
def test_no_entry_since(day: date, said: str) -> None:
    assert words.since(day, THURSDAY) == said


def test_exact_when_hovered_over() -> None:
    html = daybook_ui.day_words(date(2026, 3, 10), THURSDAY)
    assert html == '<time datetime="2026-03-10" title="10 March 2026">Tue 10 Mar</time>'
    assert daybook_ui.day_words(None) == ""


def test_days_are_said_in_the_readers_language() -> None:
    with translation.override("ar"):
        assert "الثلاثاء" in words.since(date(2026, 3, 10), THURSDAY)
