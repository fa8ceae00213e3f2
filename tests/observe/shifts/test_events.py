"""Shared events: written once, told of each with the others unnamed, and support for staff."""

from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from daybook.observe.shifts.queries import events as queries
from daybook.observe.shifts.rules.events import names_somebody, with_others

from .shift_world import add_event, move

pytestmark = pytest.mark.django_db(transaction=True)


def write(world, *people, by="wing-officer", **said):
    now = timezone.localtime()
    return world.client(by).post(
        reverse("shifts:write-event", args=["a"]),
        {
            "key": str(new_key()), "kind": "fight", "place": "the yard",
            "on": (now - timedelta(days=1)).date(), "at": "15:10",
            "fact": "One of them pushed the other.", "part": "pushed",
            "people": [world.people[name] for name in people],
        } | said,
    )  # fmt: skip


def page(world, name, key, by="wing-officer"):
    return world.client(by).get(reverse(name, args=[key]))


def told(world, person, by="wing-officer"):
    return page(world, "reflections:person", world.people[person], by).content.decode()


# ---- Words ----


def test_others_are_counted_in_words_only_where_all_are_reached():
    assert with_others(0, more=False) == ""
    assert with_others(1, more=False) == "With one other."
    assert with_others(2, more=False) == "With two others."
    assert with_others(12, more=False) == "With 12 others."
    assert with_others(2, more=True) == with_others(0, more=True) == "With others."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Then kaya's friend came.", "Kaya"),
        ("KAYA shouted.", "Kaya"),
        ("Amir shouted.", "Amir"),
        ("He is an amir among us.", ""),
        ("They sat on the kayak.", ""),
        ("Nuñez left.", "Núñez"),
        ("Will they play? One of them will.", ""),
        ("One of them sat with the other.", ""),
    ],
)
def test_a_name_among_the_words_is_found_as_a_whole_word(words, found):
    names = [("Amir", "Kaya", ""), ("Luis", "Núñez", ""), ("Ann", "Ng", "Rosie")]
    assert names_somebody(words, names) == found


# ---- Writing ----


def test_it_is_written_once_and_more_parts_are_added(world):
    sent = write(world, "Amir Kaya", responses=["listened", "space"])
    assert sent.status_code == 302
    event = world.owner.execute("select id from shifts_sharedevent").fetchone()[0]
    more = world.client("wing-officer").post(
        reverse("shifts:event", args=[event]),
        {"people": [world.people["Jonas Petit"]], "part": "stepped between"},
    )
    assert more.status_code == 302
    html = page(world, "shifts:event", event).content.decode()
    assert "Amir K." in html
    assert "stepped between" in html
    assert "Gave space and time, listened" in html
    kept = world.owner.execute("select count(*) from shifts_sharedevent").fetchone()
    assert kept == (1,)


def test_words_that_name_somebody_are_refused_and_kept_on_the_form(world):
    for said in (
        {"fact": "Petit pushed first."},
        {"part": "pushed Jonas"},
        {"opening": "a talk about kaya"},
    ):
        sent = write(world, "Amir Kaya", "Jonas Petit", **said)
        assert sent.status_code == 422
        assert "stands in these words" in sent.content.decode()
        assert next(iter(said.values())) in sent.content.decode()
    assert world.owner.execute("select count(*) from shifts_sharedevent").fetchone() == (0,)


def test_an_event_without_anybody_or_still_to_come_is_refused(world):
    assert write(world).status_code == 422
    assert write(world, "Amir Kaya", on="2100-01-01").status_code == 422
    assert write(world, "Amir Kaya", on="9999-12-31").status_code == 422
    assert write(world, "Bao Tran").status_code == 422


def test_what_follows_is_an_action_like_any_other(world):
    event = add_event(world, "Amir Kaya", "Jonas Petit", opening="He asked about the course.")
    sent = world.client("wing-officer").post(
        reverse("shifts:event", args=[event]),
        {"key": str(new_key()), "person_id": world.people["Amir Kaya"], "what": "Ask about it",
         "owner_id": world.staff["wing-officer"], "due_on": timezone.localdate()},
    )  # fmt: skip
    assert sent.status_code == 302
    assert "Ask about it" in page(world, "shifts:event", event).content.decode()
    assert "Ask about it" in told(world, "Amir Kaya")


# ---- The others are not named ----


def test_beside_one_person_the_others_are_counted_and_not_named(world):
    add_event(world, "Amir Kaya", "Jonas Petit")
    html = told(world, "Amir Kaya")
    assert "With one other." in html
    assert "amir part" in html
    for word in ("Jonas", "Petit", "jonas part"):
        assert word not in html


def test_somebody_out_of_reach_is_neither_named_nor_counted(world):
    event = add_event(world, "Amir Kaya", "Jonas Petit", "Bao Tran", "Cem Demir")
    assert "With others." in told(world, "Amir Kaya")
    own = page(world, "shifts:event", event).content.decode()
    assert "And others." in own
    for word in ("Bao", "Tran", "Cem", "bao part"):
        assert word not in own
    whole = page(world, "shifts:event", event, "duty-manager").content.decode()
    assert "Bao" in whole
    assert "Cem" not in whole
    assert "And others." not in page(world, "shifts:event", event, "oversight").content.decode()


def test_each_wing_sees_the_part_of_its_own(world):
    event = add_event(world, "Amir Kaya", "Bao Tran")
    html = page(world, "shifts:event", event, "b-officer").content.decode()
    assert "bao part" in html
    assert "Amir" not in html
    move(world, "Bao Tran", "c")
    assert page(world, "shifts:event", event, "b-officer").status_code == 404


def test_by_raw_sql_too_only_whoever_reaches_somebody_sees_the_event(world):
    add_event(world, "Amir Kaya", "Bao Tran", unit="b")
    sees = set()
    for name in world.staff:
        with world.viewing(name), connection.cursor() as cursor:
            cursor.execute("select count(*) from shifts_sharedevent")
            if cursor.fetchone() == (1,):
                sees.add(name)
    assert sees == {
        "wing-officer", "personal-officer", "duty-manager", "head-of-unit", "case-lead",
        "psychologist", "governor", "probation-officer", "oversight", "b-officer", "clerk",
    }  # fmt: skip


def test_what_was_signed_stays(world):
    event = add_event(world, "Amir Kaya")
    for rewrite in (
        "update shifts_sharedevent set fact = 'x'",
        "update shifts_eventpart set part = 'x'",
        "delete from shifts_eventpart",
    ):
        with pytest.raises(psycopg.Error):
            world.owner.execute(rewrite)
    again = world.client("wing-officer").post(
        reverse("shifts:event", args=[event]),
        {"people": [world.people["Amir Kaya"]], "part": "another part"},
    )
    assert again.status_code == 302
    assert "another part" not in told(world, "Amir Kaya")


def test_as_many_questions_for_sixty_as_for_one(world):
    people = [world.people["Amir Kaya"]]
    add_event(world, "Amir Kaya")

    def questions():
        with world.viewing("wing-officer") as viewer, CaptureQueriesContext(connection) as asked:
            queries.told_of(people, viewer=viewer)
        return len(asked)

    for_one = questions()
    for number in range(60):
        name = f"Person{number:03d} Test"
        people.append(world.add_person(name, "a"))
        add_event(world, "Amir Kaya", name)
    assert questions() == for_one


# ---- Support for staff ----


def test_a_colleague_is_offered_support_and_only_two_know(world):
    sent = write(world, "Amir Kaya", kind="provocation")
    assert sent.status_code == 422, "whom?"
    tested = world.staff["personal-officer"]
    world.assign(tested, "wing-officer", unit="a")
    assert write(world, "Amir Kaya", kind="provocation", tested=[tested]).status_code == 302
    key, event = world.owner.execute("select id, event_id from shifts_staffpart").fetchone()
    knows = {
        name for name in world.staff if page(world, "shifts:support", key, name).status_code == 200
    }
    assert knows == {"personal-officer", "head-of-unit"}
    for name in ("wing-officer", "governor", "oversight", "duty-manager"):
        html = page(world, "shifts:event", event, name).content.decode()
        assert "Support for a colleague" not in html
    leader, colleague = world.client("head-of-unit"), world.client("personal-officer")
    handover = leader.get(reverse("shifts:handover", args=["a"])).content.decode()
    assert "Support to offer" in handover
    assert colleague.post(reverse("shifts:offer-support", args=[key])).status_code == 404
    assert leader.post(reverse("shifts:offer-support", args=[key])).status_code == 302
    answered = colleague.post(reverse("shifts:answer-support", args=[key]), {"wished": "yes"})
    assert answered.status_code == 302
    assert "It was taken up." in page(world, "shifts:support", key, "head-of-unit").content.decode()
    handover = leader.get(reverse("shifts:handover", args=["a"])).content.decode()
    assert "Support to offer" not in handover
    assert "support" not in told(world, "Amir Kaya", "head-of-unit").lower()
    with world.viewing("wing-officer") as viewer, pytest.raises(Http404):
        queries.support_with(key, viewer=viewer)
    with pytest.raises(psycopg.Error):
        world.owner.execute("update shifts_staffpart set offered_at = null, offered_by_id = null")
