"""The open matrix is the same for who reads all of it and for who doesn't; and then it fades."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key
from daybook.understand.reviews.actions import closing, gathering
from daybook.understand.reviews.models import Hypothesis
from daybook.understand.reviews.queries.matrix import answers, matrix_of, weighed_for
from daybook.understand.reviews.queries.review import review_file
from tests.observe.information.information_world import confirmed
from tests.understand.reviews import furnished
from tests.understand.reviews.furnished import CLOSING, LEAD, OFFICER, PSYCHOLOGIST, Made
from tests.understand.reviews.test_walk import AMIR, does
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

SECRET = "A list of what three of them owe."


def with_information(world: World) -> Made:
    """An open matrix, in which something confirmed speaks against a real change."""
    made = furnished.opened(world, world.people[AMIR])
    key = furnished.item(
        world, made, world.staff[LEAD], source="information", record_kind="information",
        record=confirmed(world), words=SECRET, innocent="It may be somebody else’s.",
    )  # fmt: skip
    # It was laid before the others.
    world.owner.execute("alter table reviews_evidence disable trigger user")
    world.owner.execute(
        "update reviews_evidence set written_at = written_at - interval '1 day' where id = %s",
        [key],
    )
    made.items.append(key)
    furnished.mark(world, made, LEAD, key, genuine="strongly_against", protest="against")
    return made


def matrix_page(world: World, made: Made, name: str) -> str:
    answer = world.client(name).get(reverse("reviews:matrix", args=[made.review]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_all_are_told_the_same_answers_and_nobody_what_they_do_not_read(world: World) -> None:
    made = with_information(world)
    told, numbered = {}, {}
    for name in (LEAD, PSYCHOLOGIST, OFFICER):
        with world.viewing(name) as viewer:
            file = review_file(made.review, viewer=viewer)
            said = answers(file, weighed_for(file))
            told[name] = [(each.told.slug, each.contradicting, each.may_close) for each in said]
            matrix = matrix_of(file, viewer=viewer, at="")
            assert matrix.unseen == (0 if name == LEAD else 1)
            numbered[name] = {line.item.key: line.item.origin for line in matrix.page.rows}
            words = [line.item.short for line in matrix.page.rows] + matrix.hangs_on
            assert (SECRET in words) == (name == LEAD)
    assert told[LEAD] == told[PSYCHOLOGIST] == told[OFFICER]
    # “Origin 2” is the same in everybody’s mouth.
    assert numbered[OFFICER].items() < numbered[LEAD].items()
    assert {slug: n for slug, n, _may in told[LEAD]}["genuine"] == 1
    assert SECRET in matrix_page(world, made, LEAD)
    page = matrix_page(world, made, OFFICER)
    assert SECRET not in page
    assert "1 item that counts here stands on confirmed information" in page


def test_how_an_item_was_marked_is_read_by_whoever_reads_the_item(world: World) -> None:
    made = with_information(world)
    for name, seen in ((LEAD, True), (PSYCHOLOGIST, False), (OFFICER, False)):
        with world.viewing(name), connection.cursor() as cursor:
            cursor.execute(
                "select count(*) from reviews_membermarks where evidence_id = %s", [made.items[-1]]
            )
            assert cursor.fetchone() == (int(seen),)


def test_before_all_have_signed_no_function_gives_a_mark(world: World) -> None:
    made = furnished.rating(world, world.people[AMIR])
    furnished.mark(world, made, LEAD, made.items[0], genuine="fits")
    for name in (LEAD, PSYCHOLOGIST, "governor"):
        with world.viewing(name), connection.cursor() as cursor:
            for asked in ("items", "marks"):
                cursor.execute(f"select * from daybook.matrix_{asked}(%s)", [made.review])
                assert cursor.fetchall() == []


def test_a_stranger_gets_nothing_of_an_open_matrix(world: World) -> None:
    made = with_information(world)
    with world.viewing("administrator") as viewer, connection.cursor() as cursor:
        assert viewer
        for asked in ("items", "marks"):
            cursor.execute(f"select * from daybook.matrix_{asked}(%s)", [made.review])
            assert cursor.fetchall() == []


def test_what_a_team_calls_hidden_by_words_of_its_own_needs_the_same_evidence(
    world: World,
) -> None:
    made = furnished.gathering(world, world.people[AMIR])
    page = reverse("reviews:explanations", args=[made.review])
    client = world.client(LEAD)
    typed = {"key": str(new_key()), "words": "Goes on with it elsewhere.",
             "against": "If nobody paid."}  # fmt: skip
    refused = client.post(page, typed)
    assert refused.status_code == 422
    assert "Say whether it says that something is kept hidden." in refused.content.decode()
    assert "Goes on with it elsewhere." in refused.content.decode()
    assert client.post(page, typed | {"keeps_hidden": "yes"}).status_code == 302
    with world.viewing(LEAD):
        own = Hypothesis.objects.get(review_id=made.review, kind="own")
    assert own.keeps_hidden
    does(world, LEAD, gathering.lay_test, review=made.review, hypothesis=own.pk,
         evidence=made.items[0], key=new_key())  # fmt: skip
    world.owner.execute(
        "alter table reviews_review disable trigger user;"
        "alter table reviews_member disable trigger user;"
        "update reviews_review set rating_since = now(), matrix_since = now();"
        "update reviews_member set finished_at = now()"
    )
    furnished.mark(world, made, LEAD, made.items[0], **{own.slug: "fits", "genuine": "against"})
    assert "one of them confirmed information" in matrix_page(world, made, LEAD)
    with pytest.raises(Cannot, match="speaks against"):
        does(world, LEAD, closing.close, review=made.review, key=new_key(), least=[own.slug],
             next_on=timezone.localdate() + timedelta(days=30), **CLOSING)  # fmt: skip


def test_what_it_was_closed_with_stays_until_it_fades_and_then_the_matrix_goes_too(
    world: World,
) -> None:
    made = furnished.opened(world, world.people[AMIR])
    does(world, LEAD, closing.close, review=made.review, key=new_key(), least=["unknown"],
         next_on=timezone.localdate() + timedelta(days=30), **CLOSING)  # fmt: skip
    page = matrix_page(world, made, LEAD)
    assert "What it was closed with" in page
    # Closed with “not enough known”: nothing else is called least contradicted, now or later.
    assert 'class="tag">least contradicted' not in page
    world.owner.execute(
        "alter table reviews_closing disable trigger user;"
        "update reviews_closing set next_on = current_date - 40, fades_on = current_date - 2"
    )
    client = world.client(LEAD)
    ended = client.get(reverse("reviews:review", args=[made.review])).content.decode()
    assert "How it ended has faded" in ended
    assert reverse("reviews:matrix", args=[made.review]) not in ended
    assert client.get(reverse("reviews:matrix", args=[made.review])).status_code == 404
