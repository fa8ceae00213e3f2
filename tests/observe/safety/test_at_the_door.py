"""What must be known first stands above everything else, wherever somebody is written about."""

from typing import Any

import pytest
from django.urls import reverse

from daybook.foundation.registry.keys import new_key
from tests.world import World

from .safety_world import add_note, in_days, keep_apart, move

pytestmark = pytest.mark.django_db(transaction=True)
KNOWN = "Help to get out: needs an arm on the stairs"


def page(world: World, name: str, *keys: Any, by: str = "wing-officer") -> str:
    answer = world.client(by).get(reverse(f"reflections:{name}", args=keys))
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_stands_above_everything_on_board_person_reflection_and_round(world: World) -> None:
    add_note(world, "Amir Kaya", "evacuation")
    add_note(world, "Jonas Petit", "evacuation")
    amir = world.people["Amir Kaya"]
    board = page(world, "board", "a")
    assert f'<p class="door whole-door" dir="auto">{KNOWN}</p>' in board
    assert reverse("safety:unlock-sheet", args=["a"]) in board
    person = page(world, "person", amir)
    assert person.index(KNOWN) < person.index('id="timeline"')
    reflect = page(world, "reflect", amir)
    assert reflect.index(KNOWN) < reflect.index("How much contact?")
    assert KNOWN in page(world, "round", "a")


def test_it_stands_above_the_discussion_of_a_meeting(world: World) -> None:
    add_note(world, "Amir Kaya", "evacuation")
    client = world.client("wing-officer")
    begun = client.post(reverse("reflections:begin-meeting", args=["a"]), {"shift": "late"})
    meeting = begun["Location"].rstrip("/").rpartition("/")[2]
    html = page(world, "discuss", meeting, world.people["Amir Kaya"])
    assert html.index(KNOWN) < html.index("What we know")


def test_where_two_cannot_be_kept_apart_both_tiles_say_so(world: World) -> None:
    keep_apart(world, "Amir Kaya", "Bao Tran")
    assert "cannot be kept apart" not in page(world, "board", "a")
    move(world, "Bao Tran", "a")
    assert page(world, "board", "a").count("Both live on A wing: cannot be kept apart here.") == 2


def test_activity_staff_are_told_and_a_case_team_too(world: World) -> None:
    add_note(world, "Amir Kaya", "evacuation")
    for who in ("activity-staff", "case-lead", "governor"):
        assert KNOWN in page(world, "person", world.people["Amir Kaya"], by=who)


def test_beside_the_timeline_stands_until_when_and_the_way_to_add(world: World) -> None:
    html = page(world, "person", world.people["Amir Kaya"])
    assert "Nothing that staff must know before they open the door." in html
    add_note(world, "Amir Kaya", "evacuation")
    html = page(world, "person", world.people["Amir Kaya"])
    assert "Help to get out: to be looked at again in 7 days" in html
    assert reverse("safety:notes", args=[world.people["Amir Kaya"]]) in html


def test_a_save_with_something_to_know_is_as_few_statements(
    world: World, django_assert_num_queries: Any
) -> None:
    add_note(world, "Amir Kaya", "evacuation")
    entry = {"key": new_key(), "contact": "talk", "difference": "as-usual", "setting": "wing"}
    client = world.client("wing-officer")
    with django_assert_num_queries(8):
        answer = client.post(
            reverse("reflections:reflect", args=[world.people["Amir Kaya"]]), entry
        )
    assert answer.status_code == 302


def test_what_is_to_be_looked_at_again_is_due_at_home_and_on_the_board(world: World) -> None:
    add_note(world, "Amir Kaya", "evacuation", review_on=in_days(-2))
    home = world.client("head-of-unit").get("/").content.decode()
    assert "Look again before unlock: help to get out" in home
    assert "Due: Look again before unlock" in page(world, "board", "a", by="head-of-unit")
    assert "Look again" not in world.client("governor").get("/").content.decode()
    add_note(world, "Jonas Petit", "evacuation", review_on=in_days(-8))
    assert "Look again" in world.client("governor").get("/").content.decode()
