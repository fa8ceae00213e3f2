"""Then and now: better as plainly as worse, and a step weighed against how alike colleagues are."""

import json
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
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
from daybook.understand.instruments.definition import Answer, Item
from daybook.understand.instruments.loading import shipped
from daybook.understand.instruments.queries import definition
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


def with_one_more(item: Item) -> Item:
    """The item of a version in which an answer was put in between."""
    more = Answer(key="in-between", label="in between", anchor="Somewhere.")
    return item.model_copy(update={"answers": (item.answers[0], more, *item.answers[1:])})


def test_a_new_version_makes_nothing_better_or_worse_of_what_was_asked_otherwise():
    then = Answered(date(2026, 1, 1), ("thin",), ("thin",), ITEM)
    newer = with_one_more(ITEM)
    again = Answered(date(2026, 2, 1), ("carries",), ("carries",), newer)
    instrument = FULL.model_copy(
        update={"domains": (FULL.domains[0].model_copy(update={"items": (newer,)}),)}
    )
    [found] = then_and_now(instrument, {"ties": [then, again]}, {})
    assert found.way is Way.CANT_SAY
    assert found.words.startswith("Can’t be compared: it was asked otherwise then")
    assert found.sure == ""
    # Other words for the same answers are no other order.
    reworded = ITEM.model_copy(update={"asks": "Who is there?"})
    same = Answered(date(2026, 1, 1), ("thin",), ("thin",), reworded)
    assert way_of(ITEM, [same, *times("carries")]) is Way.BETTER


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


@pytest.mark.django_db(transaction=True)
def test_a_person_s_items_over_two_versions(world: World):
    trained(world)
    made_earlier(world, closed(world, ties="thin", home="thin"), 60)
    newer = FULL.model_dump(mode="json") | {"version": "99"}
    for domain in newer["domains"]:
        domain["items"] = [
            with_one_more(Item.model_validate(each)).model_dump(mode="json")
            if each["key"] == "ties"
            else each
            for each in domain["items"]
        ]
    world.insert(
        "instruments_definition", key=FULL.key, version="99", name=FULL.name,
        protocol=FULL.protocol, specialist=False, whole=json.dumps(newer),
        loaded_at=timezone.now(),
    )  # fmt: skip
    definition.cache_clear()
    closed(world, ties="carries", home="carries")
    page = world.client(LEAD).get(
        reverse("assessments:then-and-now", args=[world.people[AMIR], "needs-and-strengths"])
    )
    definition.cache_clear()
    said = page.content.decode()
    assert "it was asked otherwise then" in said
    # On the page and in the drawing, of the one that was asked alike.
    assert said.count("Better by 2 steps.") == 2
