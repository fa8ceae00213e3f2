"""No role reads what people say of themselves: not a row, not their own hand's, not by the log."""

import psycopg.errors
import pytest
from django.db import DatabaseError, connection, transaction

from daybook.foundation.access.roles import ROLES
from daybook.foundation.registry.keys import new_key
from tests.foundation.equality.equality_world import all_that_stands, declare, held
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

DATABASE_ROLES = ("daybook_app", "daybook_wide", "daybook_author")
SOME = 'select daybook.declare_of_oneself(%s, %s, \'{"belief": "sikh"}\')'


@pytest.fixture
def said(world: World) -> World:
    for person in world.people.values():
        declare(world, person, belief="muslim", sex="another")
    return world


@pytest.mark.parametrize("role", [*ROLES, "nobody"])
@pytest.mark.parametrize("through", DATABASE_ROLES)
def test_no_role_sees_or_writes_a_row_by_raw_sql(said: World, role: str, through: str) -> None:
    for statement in (
        "select count(*) from equality_declaration",
        "select said from equality_declaration where characteristic = 'sex'",
        "insert into equality_declaration select * from equality_declaration",
        "update equality_declaration set said = ''",
        "delete from equality_declaration",
    ):
        with said.viewing(role), connection.cursor() as cursor:
            cursor.execute(f"set local role {through}")
            with pytest.raises(DatabaseError) as refused, transaction.atomic():
                cursor.execute(statement)
            assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_no_policy_lets_anybody_in_but_the_eraser(said: World) -> None:
    policies = said.owner.execute(
        "select roles::text from pg_policies where tablename = 'equality_declaration'"
    ).fetchall()
    assert {roles for (roles,) in policies} == {"{daybook_eraser}"}


@pytest.mark.parametrize("role", [*ROLES, "nobody"])
def test_who_takes_it_down_is_who_knows_the_person_and_gets_nothing_back(
    said: World, role: str
) -> None:
    amir, may = said.people["Amir Kaya"], said.staff
    hands = {
        "wing-officer", "personal-officer", "activity-staff", "duty-manager", "head-of-unit",
        "chaplain", "probation-officer",
    }  # fmt: skip
    assert role in may
    with said.viewing(role), connection.cursor() as cursor:
        if role in hands:
            cursor.execute(SOME, [amir, new_key()])
            assert cursor.fetchall() == [("",)]
        else:
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(SOME, [amir, new_key()])
    assert held(said) == ({"belief": "sikh"} if role in hands else
                          {"belief": "muslim", "sex": "another"})  # fmt: skip


def test_nobody_takes_it_down_of_somebody_out_of_reach(said: World) -> None:
    with said.viewing("wing-officer"), connection.cursor() as cursor:
        for name in ("Bao Tran", "Cem Demir"):
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(SOME, [said.people[name], new_key()])


def test_what_was_said_is_taken_back_and_never_changed_even_by_the_owner(said: World) -> None:
    for statement in (
        "update equality_declaration set said = 'sikh'",
        "update equality_declaration set withdrawn_at = now()",
        "update equality_declaration set person_id = person_id + 1",
        "delete from equality_declaration",
        "truncate equality_declaration",
    ):
        with pytest.raises(psycopg.Error):
            said.owner.execute(statement)
    said.owner.execute("update equality_declaration set said = '', withdrawn_at = now()")
    assert {row[2:] for row in all_that_stands(said)} == {("", False)}
    with pytest.raises(psycopg.Error):
        said.owner.execute("update equality_declaration set said = 'sikh', withdrawn_at = null")
