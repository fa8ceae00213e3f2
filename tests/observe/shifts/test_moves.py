"""A last note after a move: by those who sent, for those who receive, for three days."""

import psycopg
import pytest
from django.db import DatabaseError, connection
from django.urls import reverse

from daybook.foundation.registry.keys import new_key
from daybook.foundation.registry.providers import aside
from daybook.observe.shifts.queries.moves import sent_away

from .shift_world import move

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Talks best while walking."


def left(world, by="wing-officer", unit="a"):
    return world.client(by).get(reverse("shifts:left-us", args=[unit]))


def note_page(world, by="wing-officer", person="Amir Kaya"):
    return world.client(by).get(reverse("shifts:last-note", args=[world.people[person]]))


def send(world, by="wing-officer", person="Amir Kaya", **said):
    return world.client(by).post(
        reverse("shifts:last-note", args=[world.people[person]]),
        {"key": str(new_key()), "words": WORDS} | said,
    )


def beside(world, by, person="Amir Kaya"):
    with world.viewing(by) as viewer:
        return [
            line
            for each in aside.known["last notes"](viewer=viewer, person_id=world.people[person])
            for line in each.lines
        ]


def person_page(world, by, person="Amir Kaya"):
    answer = world.client(by).get(reverse("reflections:person", args=[world.people[person]]))
    return answer.content.decode()


def test_who_left_is_named_with_the_time_and_nothing_else(world):
    move(world, "Amir Kaya", "b", hours=2)
    html = left(world).content.decode()
    assert "Amir K." in html
    for word in ("B wing", "North", "b-0", "Kaya"):
        assert word not in html
    with world.viewing("wing-officer"), connection.cursor() as cursor:
        cursor.execute("select * from daybook.sent()")
        assert [column.name for column in cursor.description] == [
            "person_id", "unit_id", "given_name", "family_name", "known_as", "left_at",
        ]  # fmt: skip
        assert [row[:2] for row in cursor] == [(world.people["Amir Kaya"], world.units["a"])]


def test_the_note_goes_to_whoever_receives_and_its_author_reads_it_back(world):
    move(world, "Amir Kaya", "b")
    assert send(world).status_code == 302
    assert WORDS in note_page(world).content.decode()
    assert WORDS not in note_page(world, "head-of-unit").content.decode()
    assert WORDS in person_page(world, "b-officer")
    assert beside(world, "b-officer")[0] == WORDS
    assert beside(world, "wing-officer") == []
    assert person_page(world, "wing-officer") != WORDS


def test_it_stands_first_for_a_week_and_then_in_the_column_of_time(world):
    move(world, "Amir Kaya", "b")
    at = "now() - interval '8 days'"
    world.owner.execute(
        "insert into shifts_lastnote (id, person_id, unit_id, words, written_by_id, written_at)"
        f" values (%s, %s, %s, %s, %s, {at})",
        [
            new_key(),
            world.people["Amir Kaya"],
            world.units["a"],
            WORDS,
            world.staff["wing-officer"],
        ],
    )
    assert beside(world, "b-officer") == []
    assert WORDS in person_page(world, "b-officer")


@pytest.mark.parametrize("hours", [71, 73])
def test_after_72_hours_it_is_over(world, hours):
    move(world, "Amir Kaya", "b", hours=hours)
    assert ("Amir" in left(world).content.decode()) is (hours < 72)
    assert send(world).status_code == (302 if hours < 72 else 404)


def test_a_release_ends_it_at_once(world):
    move(world, "Amir Kaya", "", to_nobody=True)
    assert "Amir" not in left(world).content.decode()
    assert send(world).status_code == 404


def test_nobody_else_may_and_nobody_who_still_reads_needs_to(world):
    move(world, "Amir Kaya", "b")
    for by in ("b-officer", "duty-manager", "case-lead", "governor", "nobody"):
        assert note_page(world, by).status_code == 404, by
        assert send(world, by).status_code == 404, by
    assert send(world, person="Jonas Petit").status_code == 404
    with world.viewing("duty-manager") as viewer:
        assert sent_away(viewer=viewer) == []


def test_raw_sql_lets_nobody_else_write_one(world):
    move(world, "Amir Kaya", "b")
    for by, allowed in (("wing-officer", True), ("b-officer", False), ("personal-officer", False)):
        with world.viewing(by), connection.cursor() as cursor:
            insert = (
                "insert into shifts_lastnote"
                " (id, person_id, unit_id, words, written_by_id, written_at)"
                " values (%s, %s, %s, 'x', %s, now())"
            )
            values = [new_key(), world.people["Amir Kaya"], world.units["a"], world.staff[by]]
            if allowed:
                cursor.execute(insert, values)
            else:
                with pytest.raises(DatabaseError):
                    cursor.execute(insert, values)
            connection.set_rollback(True)


def test_nothing_typed_is_lost_a_second_tap_is_one_note_and_none_changes(world):
    move(world, "Amir Kaya", "b")
    assert send(world, words="").status_code == 422
    key = str(new_key())
    for _tap in range(2):
        assert send(world, key=key).status_code == 302
    assert world.owner.execute("select count(*) from shifts_lastnote").fetchone() == (1,)
    with pytest.raises(psycopg.Error):
        world.owner.execute("update shifts_lastnote set words = 'x'")
