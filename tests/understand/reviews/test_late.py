"""Whoever is overtaken while they write finds their words again, and why they were not kept."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from daybook.understand.reviews.actions import closing, gathering, opening, rating
from tests.understand.reviews import furnished
from tests.understand.reviews.furnished import CLOSING, LEAD, OFFICER, PSYCHOLOGIST
from tests.understand.reviews.test_walk import AMIR, ITEM, does
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def sent(client, name: str, args: list, said: dict) -> str:
    answer = client.post(reverse(f"reviews:{name}", args=args), {"key": new_key()} | said)
    page = answer.content.decode()
    assert answer.status_code == 422, name
    assert "What you wrote is still here" in page, name
    return page


@pytest.mark.parametrize("step", [rating.begin, opening.give_up])
def test_words_typed_for_the_board_come_back_when_it_has_gone_on(world: World, step) -> None:
    made = furnished.gathering(world, world.people[AMIR])
    record = world.add_reflection(AMIR, OFFICER, seen_heard="Swept the stairs.")
    does(world, LEAD, step, review=made.review,
         **({"because": "It fell away."} if step is opening.give_up else {}))  # fmt: skip
    client, habit = world.client(LEAD), made.explanations["habit"]
    for name, args, said in (
        ("lay", [], ITEM | {"words": "A quetzal."}),
        ("lay-record", ["reflection", record], ITEM | {"words": "A quetzal."}),
        ("explanations", [], {"words": "A quetzal.", "against": "If not."}),
        ("explanation", [habit], {"against": "A quetzal.", "seen": ""}),
        ("drop", [habit], {"because": "A quetzal."}),
        ("take-back", [made.items[0]], {"because": "A quetzal."}),
    ):
        page = sent(client, name, [made.review, *args], said)
        assert "A quetzal." in page, name
    for name in ("lay", "explanations"):
        page = client.get(reverse(f"reviews:{name}", args=[made.review]))
        assert page.status_code == 200
        assert 'data-draft="review-' in page.content.decode()
        assert "save-bar" not in page.content.decode()


def test_an_answer_typed_while_a_colleague_closed_comes_back(world: World) -> None:
    made = furnished.opened(world, world.people[AMIR])
    on = timezone.localdate() + timedelta(days=30)
    said = {"key": new_key(), "least": ["unknown"], "nobody_differs": "on",
            "next_on": on.isoformat()}  # fmt: skip
    said |= {name: words for name, words in CLOSING.items() if words not in ("", True)}
    address = reverse("reviews:close", args=[made.review])
    assert world.client(PSYCHOLOGIST).post(address, said).status_code == 302
    # A second tap is no second answer.
    assert world.client(PSYCHOLOGIST).post(address, said).status_code == 302
    page = sent(world.client(LEAD), "close", [made.review], said | {
        "key": new_key(), "because": "A quetzal.",
    })  # fmt: skip
    assert "A quetzal." in page


def test_what_was_said_to_a_difference_comes_back_when_it_ended(world: World) -> None:
    made = furnished.opened(world, world.people[AMIR])
    does(world, PSYCHOLOGIST, closing.close, review=made.review, key=new_key(), least=["unknown"],
         next_on=timezone.localdate() + timedelta(days=30), **CLOSING)  # fmt: skip
    page = sent(
        world.client(OFFICER), "note",
        [made.review, made.items[0], made.explanations["genuine"]], {"words": "A quetzal."},
    )  # fmt: skip
    assert "A quetzal." in page


def test_of_two_who_write_to_one_explanation_the_second_sees_both(world: World) -> None:
    made = furnished.gathering(world, world.people[AMIR])
    habit = made.explanations["habit"]
    does(world, OFFICER, gathering.say_against, review=made.review, hypothesis=habit,
         against="If it went on outside.", seen="")  # fmt: skip
    address = reverse("reviews:explanation", args=[made.review, habit])
    client = world.client(LEAD)
    answer = client.post(address, {"against": "If he moved.", "seen": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "If it went on outside." in page
    assert "If he moved." in page
    both = {"against": "If it went on outside, or he moved.", "seen": "If it went on outside."}
    assert f'value="{both["seen"]}"' in page
    assert client.post(address, both).status_code == 302


def test_long_lists_say_that_they_are_not_whole(world: World) -> None:
    made = furnished.gathering(world, world.people[AMIR])
    lay = reverse("reviews:lay", args=[made.review])
    test = reverse("reviews:explanation", args=[made.review, made.explanations["habit"]])
    client = world.client(LEAD)
    for address in (lay, test):
        assert "and not all" not in client.get(address).content.decode()
    for at in range(200):
        furnished.item(world, made, world.staff[LEAD], words=f"Item {at}.", told_by=f"Voice {at}")
    for address in (lay, test):
        page = client.get(address).content.decode()
        assert "and not all" in page
        assert "Item 199." in page


def test_that_demeanour_is_no_evidence_stands_beside_the_fact(world: World) -> None:
    made = furnished.gathering(world, world.people[AMIR])
    record = world.add_reflection(AMIR, OFFICER, seen_heard="Swept the stairs.")
    for name, args in (("lay", []), ("lay-record", ["reflection", record])):
        page = world.client(LEAD).get(reverse(f"reviews:{name}", args=[made.review, *args]))
        assert "sounded or seemed is no evidence" in page.content.decode()
