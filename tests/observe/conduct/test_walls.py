"""The writer and the custodian, and nobody in between: held by the database alone."""

import psycopg
import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction

from daybook.foundation.access.roles import ROLES, Compartment, Right
from daybook.foundation.access.scope import as_author
from daybook.foundation.registry.keys import new_key
from tests.world import World

from .conduct_world import add_observation, add_outcome

pytestmark = pytest.mark.django_db(transaction=True)

EVERY_ROLE = pytest.mark.parametrize("role", ROLES)
ADD = (
    "insert into conduct_observation (id, about_id, about_words, fact, seen_on, place,"
    " establishment_id, person_id, written_by_id, written_at)"
    " values (%s, %s, '', 'Seen.', current_date, 'Here.', %s, %s, %s, now() + %s::interval)"
)


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return cursor.fetchone()[0]


def seen_by(world: World, name: str, table: str) -> tuple[int, int]:
    """How many rows raw SQL shows: to the app, and as the viewer's own."""
    with world.viewing(name) as viewer:
        plain = count(table)
        with as_author(viewer):
            return plain, count(table)


@EVERY_ROLE
def test_the_custodian_sees_it_and_the_writer_sees_their_own(world: World, role: str) -> None:
    person = world.people["Amir Kaya"]
    add_observation(world, by="personal-officer", person_id=person)
    add_observation(world, by="nobody", about_id=world.staff["wing-officer"])
    assert seen_by(world, role, "conduct_observation") == (
        2 if role == "complaints-custodian" else 0,
        1 if role == "personal-officer" else 0,
    )


@EVERY_ROLE
def test_an_outcome_is_for_the_writer_the_governor_and_oversight_once_closed(
    world: World, role: str
) -> None:
    outcome = add_outcome(world, add_observation(world))
    assert seen_by(world, role, "conduct_outcome") == (
        int(role == "complaints-custodian"),
        int(role == "wing-officer"),
    )
    world.owner.execute(
        "update conduct_outcome set words = 'Spoken with.', closed_at = now(), closed_by_id = %s"
        " where id = %s",
        [world.staff["complaints-custodian"], outcome],
    )
    assert seen_by(world, role, "conduct_outcome") == (
        int(role in {"complaints-custodian", "governor", "oversight"}),
        int(role == "wing-officer"),
    )


def test_the_governor_of_another_prison_hears_nothing(world: World) -> None:
    world.add_staff("southern", "governor", establishment="south")
    add_outcome(world, add_observation(world), "Spoken with.")
    assert seen_by(world, "southern", "conduct_outcome") == (0, 0)


@pytest.mark.parametrize("role", ["complaints-custodian", "governor", "oversight"])
def test_nobody_sees_what_is_about_themselves(world: World, role: str) -> None:
    about = add_observation(world, about_id=world.staff[role])
    add_outcome(world, about, "Spoken with.")
    assert seen_by(world, role, "conduct_observation") == (0, 0)
    assert seen_by(world, role, "conduct_outcome") == (0, 0)


def test_a_custodian_who_has_left_the_role_sees_nothing(world: World) -> None:
    add_observation(world)
    world.owner.execute(
        "update access_assignment set until = now() where role = 'complaints-custodian'"
    )
    assert seen_by(world, "complaints-custodian", "conduct_observation") == (0, 0)


def add(world: World, by: str, *, person: str = "", signed_by: str = "", late: str = "0") -> bool:
    """Whether the database takes a row from this viewer."""
    with world.viewing(by):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    ADD,
                    [
                        new_key(), world.staff["b-officer"], world.establishments["north"],
                        world.people.get(person), world.staff[signed_by or by], late,
                    ],
                )  # fmt: skip
        except (ProgrammingError, IntegrityError):
            return False
    return True


@EVERY_ROLE
def test_whoever_the_table_lets_write_may_and_in_their_own_name_only(
    world: World, role: str
) -> None:
    may = Right.WRITE in ROLES[role].rights.get(Compartment.COMPLAINTS, ())
    assert add(world, role) is may
    assert not add(world, role, signed_by="nobody")
    assert not add(world, role, late="-2 hours")


def test_only_somebody_in_reach_is_named_as_harmed(world: World) -> None:
    assert add(world, "wing-officer", person="Amir Kaya")
    assert not add(world, "wing-officer", person="Bao Tran")
    assert add(world, "source-custodian", person="Cem Demir")


def test_a_name_that_was_harmed_is_told_to_those_who_read_it(world: World) -> None:
    key = add_observation(world, person_id=world.people["Amir Kaya"])
    told = set()
    for name in world.staff:
        with world.viewing(name), connection.cursor() as cursor:
            cursor.execute("select family_name from daybook.harmed(%s)", [[key]])
            if cursor.fetchall() == [("Kaya",)]:
                told.add(name)
    assert told == {"wing-officer", "complaints-custodian"}


def test_nobody_changes_or_removes_it_not_even_the_owner(world: World) -> None:
    outcome = add_outcome(world, add_observation(world), "Spoken with.")
    for statement in (
        "update conduct_observation set fact = 'Nothing.'",
        "delete from conduct_observation",
        "truncate conduct_observation cascade",
        f"update conduct_outcome set words = 'Nothing.' where id = '{outcome}'",
        "update conduct_outcome set received_at = now()",
        "delete from conduct_outcome",
    ):
        with pytest.raises(psycopg.Error):
            world.owner.execute(statement)


@EVERY_ROLE
def test_only_the_custodian_says_that_it_arrived_and_answers(world: World, role: str) -> None:
    key = add_observation(world)
    statements = (
        (
            "insert into conduct_outcome (id, observation_id, establishment_id, received_at,"
            " received_by_id, words) values (%s, %s, %s, now(), %s, '')",
            [new_key(), key, world.establishments["north"], world.staff[role]],
        ),
        (
            "update conduct_outcome set words = 'Done.', closed_at = now(), closed_by_id = %s",
            [world.staff[role]],
        ),
    )
    done = 0
    with world.viewing(role), connection.cursor() as cursor:
        for statement, values in statements:
            try:
                with transaction.atomic():
                    cursor.execute(statement, values)
                    done += cursor.rowcount
            except (ProgrammingError, InternalError):
                pass
    assert done == (2 if role == "complaints-custodian" else 0)
