"""Every word about somebody, asked for by raw SQL under each role of the database.

A new table is read by nobody until a row of the role table, or a rule in ``canaries``, names it.
"""

from typing import Any

import pytest
from django.db import connection

from daybook.foundation.access.roles import Role
from tests.security.canaries import Canary, found_in, may_read, plant, takes_set_values
from tests.security.doors import STAFF_ROLES, Given, furnish
from tests.security.test_two_walls import OTHERWISE, TABLES
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here(world: World) -> Given:
    world.add_staff("a-officer", "wing-officer", "personal-officer", unit="a")
    return furnish(
        world, "a", "Amir Kaya", officer="head-of-unit", second="a-officer", lead="case-lead"
    )


@pytest.fixture
def elsewhere(world: World) -> Given:
    for name in ("c-officer", "c-second"):
        world.add_staff(name, "wing-officer", "personal-officer", unit="c")
    world.add_staff("c-lead", "case-lead")
    return furnish(world, "c", "Cem Demir", officer="c-officer", second="c-second", lead="c-lead")


@pytest.fixture
def planted(world: World, here: Given, elsewhere: Given) -> dict[str, Canary]:
    words, held_to_values = plant(world)
    assert [each for each in held_to_values if not takes_set_values(each)] == []
    assert {canary.table for canary in words.values()} >= {
        "people_person", "reflections_reflection", "safety_unlocknote", "cases_case",
        "shifts_request", "breakglass_opening", "duties_action",
    }  # fmt: skip
    return words


def wrong(world: World, role: Role, text: str, where: str, planted: dict[str, Canary]) -> list[str]:
    """What came out that the role table does not let out."""
    staff = world.staff[role.key]
    return [
        f"{role.key} reads {planted[word].table}.{planted[word].column} of "
        f"{planted[word].person or 'nobody'} in {where}"
        for word in sorted(found_in(text))
        if word in planted and not may_read(role, staff, planted[word])
    ]


def test_raw_sql_says_no_more_under_any_role_of_the_database(
    world: World, planted: dict[str, Canary]
) -> None:
    leaks, read = [], 0
    for role in STAFF_ROLES:
        for taken_on in ("none", "daybook_wide", "daybook_author"):
            with world.viewing(role.key), connection.cursor() as cursor:
                cursor.execute(f"set local role {taken_on}")
                for table in sorted(TABLES.keys() | OTHERWISE):
                    text = _rows(cursor, table)
                    leaks += wrong(world, role, text, f"{table} as {taken_on}", planted)
                    read += len(found_in(text))
    assert not leaks, "\n".join(leaks)
    assert read > 500


def _rows(cursor: Any, table: str) -> str:
    cursor.execute("select has_table_privilege(current_user, %s, 'select')", [table])
    if not cursor.fetchone()[0]:
        return ""
    cursor.execute(f"select string_agg(to_jsonb(t)::text, ' ') from {table} t")
    return cursor.fetchone()[0] or ""
