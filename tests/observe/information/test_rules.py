"""Grades and how schemes correspond, days, levels: as plain functions."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook.observe.information.rules.fading import LONGEST, problems_with_days
from daybook.observe.information.rules.levels import LEVELS, problems_with
from daybook.observe.information.rules.reporting import OLDEST, problem_with_day, regime_in_words
from daybook.observe.information.rules.schemes import (
    SCHEMES,
    beside,
    converted,
    counterparts,
)
from daybook.observe.information.rules.schemes import (
    problems_with as problems_with_grade,
)
from daybook.observe.information.rules.telling import past_in_words
from daybook.observe.information.vocabulary import Said

TODAY = date(2026, 5, 4)
schemes = st.sampled_from(sorted(SCHEMES))


# ---- Schemes ----


@pytest.mark.parametrize(
    ("scheme", "sources", "information", "handling"),
    [("3x5x2", 3, 5, 2), ("5x5x5", 5, 5, 5), ("admiralty", 6, 6, 2)],
)
def test_a_scheme_is_as_wide_as_its_name_says(scheme, sources, information, handling):
    known = SCHEMES[scheme]
    assert (len(known.sources), len(known.information), len(known.handling)) == (
        sources, information, handling,
    )  # fmt: skip


@given(schemes, schemes, st.booleans(), st.data())
def test_correspondence_goes_both_ways_and_a_rough_one_never_reads_as_exact(
    one, other, of_source, data
):
    grades, others = (
        SCHEMES[scheme].sources if of_source else SCHEMES[scheme].information
        for scheme in (one, other)
    )
    grade = data.draw(st.sampled_from(grades))
    for found in counterparts(grade, others):
        assert grade in counterparts(found, grades)
    said = converted(grade, others)
    exact = [each for each in counterparts(grade, others) if each.means == grade.means]
    assert (said == "no counterpart") is (not counterparts(grade, others))
    assert said.startswith("about ") is (bool(counterparts(grade, others)) and not exact)


@given(schemes, st.data())
def test_every_shipped_grade_is_taken_and_no_other(scheme, data):
    known = SCHEMES[scheme]
    source = data.draw(st.sampled_from(known.sources)).code
    information = data.draw(st.sampled_from(known.information)).code
    handled = data.draw(st.sampled_from(known.handling))
    conditions = "Nobody else." if handled.conditions else ""
    said = (scheme, source, information, handled.code, conditions)
    assert problems_with_grade(*said) == {}
    assert len(beside(known, source, information)) == len(SCHEMES) - 1
    wrong = data.draw(st.text(max_size=3).filter(lambda code: known.source(code) is None))
    assert list(problems_with_grade(scheme, wrong, *said[2:])) == ["source_grade"]


def test_what_the_3x5x2_says_less_finely_is_shown_as_such():
    scheme = SCHEMES["3x5x2"]
    assert beside(scheme, "1", "B") == [
        ("5x5x5", "about A or B", "3"), ("Admiralty", "about A or B", "about 1"),
    ]  # fmt: skip
    assert beside(scheme, "2", "A") == [("5x5x5", "E", "2"), ("Admiralty", "F", "2")]
    five = SCHEMES["5x5x5"]
    assert converted(five.sources[2], scheme.sources) == "no counterpart"


def test_in_each_scheme_one_grade_holds_it_to_be_false():
    for scheme in SCHEMES.values():
        assert [each.doubted for each in scheme.information].count(True) == 1


# ---- Days ----


@given(st.integers(-5, 200), st.integers(-5, 200))
def test_a_concern_is_kept_for_days_to_come_within_the_longest(review, last):
    review_on, ends_on = TODAY + timedelta(days=review), TODAY + timedelta(days=last)
    fine = 0 < review <= last <= LONGEST.days
    assert (problems_with_days(review_on, ends_on, today=TODAY) == {}) is fine


@given(st.integers(-400, 400))
def test_what_is_reported_happened_lately(days):
    day = TODAY + timedelta(days=days)
    assert (problem_with_day(day, today=TODAY) == "") is (-OLDEST.days <= days <= 0)


# ---- Levels ----


@given(st.lists(st.sampled_from(Said.values), min_size=3, max_size=3), st.booleans())
def test_every_word_but_unknown_needs_its_evidence_whichever_way_it_moves(words, shown):
    said: dict[str, object] = dict(zip(LEVELS, words, strict=True))
    said |= {f"{level}_evidence": "Seen." if shown else "" for level in LEVELS}
    said |= {"meant_for": ["staff"], "from_others": "no", "influence": "unknown"}
    wanting = {f"{level}_evidence" for level in LEVELS if said[level] != Said.UNKNOWN}
    assert problems_with(said).keys() == (set() if shown else wanting)


# ---- What is told ----


def test_how_often_it_was_nothing_is_said_with_its_figures():
    assert past_in_words(57, 20, 29) == (
        "Of 57 concerns of this kind that ended in two years, 49 were dismissed or explained."
    )
    assert "nobody knows" in past_in_words(0, 0, 0)


def test_a_day_is_told_in_facts_and_nothing_is_made_up():
    known = {
        "unit": "A wing", "usual": "", "staff_present": None, "staff_needed": 4,
        "hours_out": None, "hours_locked_down": 0, "happened": ("", ""),
    }  # fmt: skip
    assert regime_in_words(**known) == ""
    known |= {"staff_present": 3, "hours_locked_down": 4.5, "happened": ("", "No water")}
    assert regime_in_words(**known) == (
        "3 of 4 staff were there. Hours of unplanned lock-down: 4.5. No water."
    )
