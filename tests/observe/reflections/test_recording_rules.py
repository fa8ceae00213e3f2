"""What can't be signed, and the sentence that says so."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from daybook.observe.reflections.models.reflection import LONGEST_NOTE
from daybook.observe.reflections.rules.recording import (
    Entry,
    earlier_ratings_hidden,
    may_take_back,
    problems,
    settled,
)

TODAY = date(2026, 3, 12)


def entry(**said) -> Entry:
    plain = {"key": uuid.uuid4(), "person_id": 1, "day": TODAY, "form": "full", "contact": "talk"}
    return Entry(**(plain | said))


def test_nothing_but_contact_is_needed():
    assert problems(entry(), today=TODAY) == {}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"contact": "not-seen", "steps": {1: 3}}, "contact"),
        ({"contact": "not-seen", "difference": "as-usual"}, "contact"),
        ({"day": TODAY + timedelta(days=1)}, "day"),
        ({"day": TODAY - timedelta(days=8)}, "day"),
        ({"difference": "as-usual", "of_what": "laughing"}, "of_what"),
        ({"seen_heard": "x" * (LONGEST_NOTE + 1)}, "seen_heard"),
        ({"opening": "x" * 1_000_000}, "opening"),
        ({"noted_at": datetime(2026, 3, 11, 22, 59, tzinfo=UTC)}, "noted_at"),
        ({"noted_at": datetime(2026, 3, 12, 23, 0, tzinfo=UTC)}, "noted_at"),
    ],
)
def test_what_cannot_be_right_comes_back_with_a_sentence(said, field):
    found = problems(entry(**said), today=TODAY)
    assert list(found) == [field]
    assert found[field].endswith(".")


@pytest.mark.parametrize(
    "said",
    [
        {"contact": "not-seen"},
        {"contact": "not-seen", "steps": {1: None}},
        {"contact": "not-seen", "difference": "clearly", "of_what": "staying in bed"},
        {"day": TODAY - timedelta(days=7)},
        {"seen_heard": "x" * LONGEST_NOTE},
        {"difference": "dont-know"},
        {"noted_at": datetime(2026, 3, 11, 23, 0, tzinfo=UTC)},
        {"noted_at": datetime(2026, 3, 12, 22, 59, tzinfo=UTC)},
    ],
)
def test_what_an_honest_officer_may_say_is_taken(said):
    assert problems(entry(**said), today=TODAY) == {}


def test_a_note_that_is_too_long_says_how_long_it_is():
    sentence = problems(entry(reading="é" * 1_000_000), today=TODAY)["reading"]
    assert "1,000,000" in sentence
    assert "20,000" in sentence


def test_what_only_a_difference_raises_goes_with_it():
    said = {"way": "more", "leaning": "worries"}
    assert settled(entry(difference="as-usual", **said)).leaning == ""
    assert settled(entry(difference="clearly", **said)).leaning == "worries"


@pytest.mark.parametrize(("minutes", "may"), [(0, True), (15, True), (15.1, False)])
def test_it_can_be_taken_back_for_a_quarter_of_an_hour(minutes, may):
    saved = datetime(2026, 3, 12, 14, 0, tzinfo=UTC)
    assert may_take_back(saved_at=saved, now=saved + timedelta(minutes=minutes)) is may


@pytest.mark.parametrize(
    ("day", "own", "own_saved", "hidden"),
    [
        (TODAY, False, False, True),
        (TODAY, False, True, False),
        (TODAY, True, False, False),
        (TODAY - timedelta(days=1), False, False, False),
    ],
)
def test_a_colleagues_judgement_of_today_waits_for_ones_own(day, own, own_saved, hidden):
    assert earlier_ratings_hidden(day=day, today=TODAY, own=own, own_saved=own_saved) is hidden
