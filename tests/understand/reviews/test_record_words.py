"""What the daily record can say, in words: of records, with their interval, and never of people."""

from dataclasses import replace
from datetime import date

import pytest

from daybook.ui.charts import Interval
from daybook.understand.reviews.rules.record import Answer, Counted, Wing, in_words

COUNTED = Counted(date(2026, 1, 1), date(2026, 6, 29), 20, 18, 18, 9, 3, 2, {"Mood": (14, 20)})
AT_WORK = Answer(
    "Mood", "settings", "work", "", Interval(0.9, 0.4, 1.4), 0.3, 24, 66, Wing(23, -0.2, 0.0, 0.3)
)


def finding(answer):
    record = in_words(COUNTED, [answer])
    return next(found for question in record.questions for found in question.findings)


def test_quality_comes_first_and_flat_is_how_it_was_written():
    assert in_words(COUNTED, []).quality == [
        "18 of 20 entries were two touches: contact and as usual, nothing else.",
        "Something was written on 18 of 180 days; the longest gap was 9 days.",
        "3 members of staff wrote, in 2 settings.",
        "Mood: 14 of 20 ratings are the same step.",
    ]


def test_nothing_written_is_said_and_nothing_else():
    record = in_words(replace(COUNTED, entries=0), [])
    assert record.quality == ["Nothing was written in the last half year."]
    assert all(not question.findings for question in record.questions)


@pytest.mark.parametrize(("value", "said"), [(0.9, "about one step higher"), (-0.9, "lower")])
def test_a_difference_has_its_interval_chance_and_the_wing_beside_it(value, said):
    found = finding(replace(AT_WORK, found=Interval(value, value - 0.5, value + 0.5)))
    assert f"Mood. Work: about one step {said.split()[-1]} in the record." == found.sentence
    assert found.chance == "Chance alone would show as much in fewer than 1 of 100."
    assert "24 ratings beside 66." in found.how_sure
    assert "95 are right" in found.how_sure
    assert "23 others of the wing: half lie between −0.2 and +0.3 steps" in found.wing
    assert found.seldom


def test_what_chance_makes_as_well_is_called_no_difference():
    found = finding(replace(AT_WORK, by_chance=33.0))
    assert "no difference that chance could not make as well" in found.sentence
    assert found.chance.endswith("in 33 of 100.")
    assert not found.seldom


def test_observers_are_a_distance_and_nobody():
    answer = replace(AT_WORK, asked="observers", setting="", found=Interval(0.6, 0.3, 1.2), first=5)
    found = finding(answer)
    assert "those who write lie about half a step apart" in found.sentence
    assert "between 0.3 and 1.2 steps" in found.how_sure
    assert found.left == ""


def test_a_wing_of_too_few_is_no_wing():
    assert "too few others" in finding(replace(AT_WORK, wing=None)).wing


def test_what_cant_be_said_is_named_with_its_reason_and_what_is_read_first_stands_first():
    silent = replace(AT_WORK, asked="before", setting="", silent="flat", found=None)
    rather = replace(AT_WORK, channel="Tension", by_chance=60.0)
    settings, _observers, before = in_words(COUNTED, [silent, rather, AT_WORK]).questions
    assert before.silent == "Mood: nothing can be said; one value was written throughout."
    assert [found.channel for found in settings.findings] == ["Mood", "Tension"]
    assert all(question.innocent for question in (settings, before))


def test_with_several_answers_it_is_said_that_one_in_twenty_comes_by_chance():
    record = in_words(COUNTED, [AT_WORK] * 3)
    assert "3 questions were answered" in record.by_chance
    assert in_words(COUNTED, [AT_WORK]).by_chance == ""
