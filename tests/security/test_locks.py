"""Signed means locked: for the app, and for the owner of the tables."""

from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from daybook.foundation.access.scope import as_author
from daybook.foundation.registry.keys import new_key

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def old(world):
    """An entry that the personal officer signed an hour ago."""
    return world.add_reflection(
        "Amir Kaya",
        "personal-officer",
        steps={"mood": 2},
        seen_heard="Ate with two others.",
        saved_at=timezone.now() - timedelta(hours=1),
    )


@pytest.fixture
def fresh(world):
    return world.add_reflection(
        "Amir Kaya", "personal-officer", steps={"mood": 2}, saved_at=timezone.now()
    )


def as_app(world, name, statement, values, author=False):
    with world.viewing(name) as viewer, connection.cursor() as cursor:
        if author:
            with as_author(viewer):
                cursor.execute(statement, values)
        else:
            cursor.execute(statement, values)
        return cursor.rowcount


REWRITES = [
    "update reflections_reflection set seen_heard = 'Shouted at staff.' where id = %s",
    "update reflections_reflection set day = day - 1 where id = %s",
    "update reflections_reflection set author_id = author_id + 1 where id = %s",
    "update reflections_reflection set withdrawn_at = now() where id = %s",
    "delete from reflections_reflection where id = %s",
    "update reflections_rating set step = 5 where reflection_id = %s",
    "update reflections_rating set counts = false where reflection_id = %s",
    "delete from reflections_rating where reflection_id = %s",
]


@pytest.mark.parametrize("rewrite", REWRITES)
def test_a_signed_entry_is_not_rewritten_by_the_app_or_its_owner(world, old, rewrite):
    before = world.owner.execute("select r::text from reflections_reflection r").fetchall()
    for name in ("personal-officer", "duty-manager", "oversight"):
        try:
            changed = as_app(world, name, rewrite, [old])
        except DatabaseError:
            changed = 0
        assert not changed, name
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        world.owner.execute(rewrite, [old])
    assert world.owner.execute("select r::text from reflections_reflection r").fetchall() == before


def test_its_author_takes_a_fresh_entry_back_and_nobody_else_does(world, fresh):
    take_back = "update reflections_reflection set withdrawn_at = now() where id = %s"
    with pytest.raises(DatabaseError), transaction.atomic():
        as_app(world, "wing-officer", take_back, [fresh])
    assert as_app(world, "personal-officer", take_back, [fresh], author=True) == 1
    set_aside = "update reflections_rating set counts = false where reflection_id = %s"
    assert as_app(world, "personal-officer", set_aside, [fresh], author=True) == 1


def test_nobody_signs_for_another_or_dates_a_signature(world):
    row = (
        "insert into reflections_reflection (id, person_id, author_id, day, saved_at, form,"
        " setting, contact, difference, way, of_what, leaning, circumstances, seen_heard,"
        " reading, own_words, response, opening) values (%s, %s, %s, current_date, %s, 'full',"
        " '', 'talk', '', '', '', '', '{}', '', '', '', '', '')"
    )
    amir, me = world.people["Amir Kaya"], world.staff["wing-officer"]
    now = timezone.now()
    assert as_app(world, "wing-officer", row, [new_key(), amir, me, now]) == 1
    for author, when in (
        (world.staff["personal-officer"], now),
        (me, now - timedelta(hours=2)),
        (me, now + timedelta(hours=2)),
    ):
        with pytest.raises(DatabaseError):
            as_app(world, "wing-officer", row, [new_key(), amir, author, when])
    with pytest.raises(DatabaseError):
        as_app(world, "wing-officer", row, [new_key(), world.people["Bao Tran"], me, now])


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("reflections_addition", {"text": "Later it was clear why.", "added_at": "2026-01-01"}),
        ("reflections_strength", {"words": "Patient with newcomers.", "written_on": "2026-01-01"}),
    ],
)
def test_what_is_added_stays(world, old, table, values):
    amir, officer = world.people["Amir Kaya"], world.staff["personal-officer"]
    if table == "reflections_addition":
        values = values | {"reflection_id": old, "author_id": officer}
    else:
        values = values | {"written_by_id": officer}
    key = world.insert(table, id=new_key(), person_id=amir, **values)
    for statement in (f"delete from {table} where id = %s",
                      f"update {table} set person_id = person_id where id = %s"):  # fmt: skip
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            world.owner.execute(statement, [key])
