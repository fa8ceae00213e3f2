"""After a review has ended: what the person says to it then, and the trust that it gave."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key
from daybook.understand.reviews.actions import closing, since
from tests.understand.reviews import furnished
from tests.understand.reviews.furnished import CLOSING, LEAD, NOT_YET, OFFICER, PSYCHOLOGIST
from tests.understand.reviews.test_walk import AMIR, does
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

ASK = "Ask what they say to the joint review"
WORDS = "I’d have said so at once."


def waits(world: World, name: str) -> bool:
    return ASK in world.client(name).get(reverse("home")).content.decode()


def test_who_could_not_be_asked_is_asked_later_and_it_stands_with_the_end(world: World) -> None:
    made = furnished.closed(world, world.people[AMIR], **NOT_YET)
    review = reverse("reviews:review", args=[made.review])
    said = reverse("reviews:said", args=[made.review])
    assert {name for name in world.staff if waits(world, name)} == {
        LEAD, PSYCHOLOGIST, "probation-officer",
    }  # fmt: skip
    client = world.client(OFFICER)
    assert said in client.get(review).content.decode()
    assert "They were at court." in client.get(said).content.decode()
    for nothing in ({}, {"words": WORDS, "rather_not": "on"}):
        assert client.post(said, {"key": new_key()} | nothing).status_code == 422
    sent = {"key": new_key(), "words": WORDS}
    for _tap in range(2):
        assert client.post(said, sent).status_code == 302
    assert not waits(world, LEAD)
    lead = world.client(LEAD)
    person = lead.get(reverse("reflections:person", args=[made.person])).content.decode()
    for page in (lead.get(review).content.decode(), person):
        assert page.count(WORDS) == 1
    assert "could not be asked yet" not in person


def test_rather_not_is_an_answer_too(world: World) -> None:
    made = furnished.closed(world, world.people[AMIR], **NOT_YET)
    does(world, LEAD, since.say_since, review=made.review, key=new_key(), words="", rather_not=True)
    assert not waits(world, LEAD)
    page = world.client(LEAD).get(reverse("reviews:review", args=[made.review]))
    assert "nothing is held against them" in page.content.decode()


def test_who_has_answered_is_not_asked_again_and_strangers_do_not_ask(world: World) -> None:
    made = furnished.closed(world, world.people[AMIR])
    said = {"review": made.review, "words": WORDS, "rather_not": False}
    with pytest.raises(Cannot, match="stands with how it ended"):
        does(world, LEAD, since.say_since, key=new_key(), **said)
    assert world.client(LEAD).get(reverse("reviews:said", args=[made.review])).status_code == 404
    other = furnished.closed(world, world.people["Jonas Petit"], {LEAD: LEAD}, **NOT_YET)
    for name in ("governor", "oversight", "wing-officer"):
        with pytest.raises(Http404):
            does(world, name, since.say_since, key=new_key(), **said | {"review": other.review})


def test_the_database_takes_it_from_nobody_else_and_keeps_it_as_it_was_said(world: World) -> None:
    made = furnished.closed(world, world.people[AMIR], **NOT_YET)
    adds = (
        "insert into reviews_saidsince (id, review_id, person_id, words, rather_not,"
        " written_by_id, written_at) values (gen_random_uuid(), %s, %s, 'No.', false, %s, now())"
    )
    for name in ("governor", "head-of-unit", "duty-manager"):
        with pytest.raises(DatabaseError), world.viewing(name), connection.cursor() as cursor:
            cursor.execute(adds, [made.review, made.person, world.staff[name]])
    with world.viewing(LEAD), connection.cursor() as cursor:
        cursor.execute(adds, [made.review, made.person, world.staff[LEAD]])
    with pytest.raises(DatabaseError), world.viewing(LEAD), connection.cursor() as cursor:
        cursor.execute("update reviews_saidsince set words = 'Yes.'")


@pytest.mark.parametrize(("support", "offered"), [("trust", True), ("help", False)])
def test_trust_that_is_given_stands_on_the_line_as_offered(
    world: World, support: str, offered: bool
) -> None:
    made = furnished.opened(world, world.people[AMIR])
    does(world, LEAD, closing.close, review=made.review, key=new_key(), least=["unknown"],
         next_on=timezone.localdate() + timedelta(days=30),
         **CLOSING | {"support": support})  # fmt: skip
    page = world.client(OFFICER).get(reverse("reviews:review", args=[made.review]))
    assert ("Offered: A place in the kitchen." in page.content.decode()) is offered
    rows = world.owner.execute(
        "select offered_by_id, offered_on from reflections_truststep"
    ).fetchall()
    assert rows == ([(world.staff[LEAD], timezone.localdate())] if offered else [])


def test_long_words_are_offered_short(world: World) -> None:
    made = furnished.opened(world, world.people[AMIR])
    does(world, LEAD, closing.close, review=made.review, key=new_key(), least=["unknown"],
         next_on=timezone.localdate() + timedelta(days=30),
         **CLOSING | {"support_words": "A key. " * 70})  # fmt: skip
    [(what,)] = world.owner.execute("select what from reflections_truststep").fetchall()
    assert len(what) == 300
