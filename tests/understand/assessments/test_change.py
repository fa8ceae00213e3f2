"""Then and now: better as plainly as worse, and a step weighed against how alike colleagues are."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from daybook.understand.assessments.rules.change import (
    Answered,
    Reliability,
    Way,
    then_and_now,
    way_of,
)
from daybook.understand.assessments.rules.reliability import from_pairs, steps
from daybook.understand.instruments.loading import shipped
from tests.world import World

from .assessed import AMIR, LEAD, closed, made_earlier, trained

FULL = next(each for each in shipped() if each.key == "needs-and-strengths")
ITEM = FULL.item("ties")
assert ITEM is not None
KEYS = [each.key for each in ITEM.answers]
answers = st.sampled_from(KEYS)


def times(*keys: str) -> list[Answered]:
    return [Answered(date(2026, 1 + at, 1), (key,)) for at, key in enumerate(keys)]


@given(answers, answers)
def test_there_and_back_say_the_opposite(before: str, now: str):
    there, back = way_of(ITEM, times(before, now)), way_of(ITEM, times(now, before))
    opposite = {Way.BETTER: Way.WORSE, Way.WORSE: Way.BETTER}
    assert back is opposite.get(there, there)


@given(answers, st.sampled_from(KEYS))
def test_what_could_not_be_said_or_was_seen_apart_is_no_change(one: str, other: str):
    assert way_of(ITEM, times("unknown", one)) is Way.CANT_SAY
    if one != other:
        apart = [Answered(date(2026, 1, 1), (one, other)), *times(one)]
        assert way_of(ITEM, apart) is Way.CANT_SAY


@given(st.integers(1, 3))
def test_better_is_said_in_the_words_in_which_worse_is(size: int):
    ordered = [each.key for each in ITEM.answers if not each.apart]
    up = then_and_now(FULL, {"ties": times(ordered[size], ordered[0])}, {})[0].words
    down = then_and_now(FULL, {"ties": times(ordered[0], ordered[size])}, {})[0].words
    assert up.replace("Better", "Worse") == down


def test_a_step_is_weighed_where_it_is_known_how_alike_colleagues_answer():
    ordered = [each.key for each in ITEM.answers if not each.apart]
    course = {"ties": times(ordered[3], ordered[0])}
    [unknown] = then_and_now(FULL, course, {})
    assert "not known yet" in unknown.sure
    # Jacobson and Truax: 3 steps over 1.0 * sqrt(2 * (1 - 0.5)) is 3.0; over sqrt(2) it is 2.1.
    [sure] = then_and_now(FULL, course, {"ties": Reliability(0.5, 1.0, "a study")})
    assert "would seldom differ by as much" in sure.sure
    [unsure] = then_and_now(FULL, course, {"ties": Reliability(0.05, 1.3, "a study")})
    assert "now and then" in unsure.sure


def test_how_alike_colleagues_are_is_worked_out_from_pairs():
    pairs = [("ties", "carries", "carries", 20), ("ties", "thin", "thin", 18),
             ("ties", "carries", "grows", 3), ("ties", "unknown", "thin", 9)]  # fmt: skip
    assert steps(ITEM, [each[1:] for each in pairs]).shape == (41, 2)
    found = from_pairs(FULL, pairs)["ties"]
    assert 0.8 < found.value < 1
    assert "41 pairs" in found.source
    assert from_pairs(FULL, [("ties", "thin", "thin", 50)]) == {}


@pytest.mark.django_db(transaction=True)
def test_a_person_s_items_then_and_now(world: World):
    trained(world)
    made_earlier(world, closed(world, ties="thin", home="grows"), 60)
    closed(world, ties="carries", home="absent")
    page = world.client(LEAD).get(
        reverse("assessments:then-and-now", args=[world.people[AMIR], "needs-and-strengths"])
    )
    said = page.content.decode()
    assert page.status_code == 200
    assert "Better by 2 steps." in said
    assert "Worse by 2 steps." in said
    # Each in words and in its drawing, read aloud.
    assert said.count("As it was.") == 2 * 11
