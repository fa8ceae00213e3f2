"""Every word about somebody, through every path that is registered, held against the role table.

The paths are found, not listed: every address of the resolver, search by name and in what was
written, every sheet of paper, the commands, and raw SQL under each role of the database. A new
address walks here by itself; a new table is read by nobody until a row of the table names it.
"""

import html
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from daybook.foundation.access.roles import Role
from tests.config.test_command import COMMAND, OUTSIDE, addresses
from tests.paper import pages
from tests.security.canaries import Canary, found_in, may_read, plant, takes_set_values
from tests.security.doors import DOORS, STAFF_ROLES, Given, furnish, takes, url
from tests.security.test_two_walls import OTHERWISE, TABLES
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

A_FEW = {"head-of-unit", "governor", "oversight", "data-protection-officer", "activity-staff"}


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


def said(answer: Any) -> str:
    on_paper = answer.headers.get("Content-Type") == "application/pdf"
    return " ".join(pages(answer.content)) if on_paper else html.unescape(answer.content.decode())


def walk(client: Client, *places: Given) -> Iterator[tuple[str, str]]:
    """Every address that shows something, for each of these places; and both ways of search."""
    for at, given in enumerate(places):
        for name, door in DOORS.items():
            if door.get is not None and (at == 0 or takes(name)):
                answer = client.get(url(name, given))
                yield f"{name} ({answer.status_code})", said(answer)
    for asked in ({"q": "zq"}, {"q": "zq", "in-writing": "1"}):
        yield f"search {asked}", said(client.post("/search/", asked, follow=True))


@pytest.mark.slow
def test_no_page_search_or_sheet_says_more_than_the_role_table(
    world: World, here: Given, elsewhere: Given, planted: dict[str, Canary]
) -> None:
    leaks, read = [], 0
    for role in STAFF_ROLES:
        client = world.client(role.key)
        places = (here, elsewhere) if role.key in A_FEW else (here,)
        for where, text in walk(client, *places):
            leaks += wrong(world, role, text, where, planted)
            read += len(found_in(text) & planted.keys())
    assert leaks == []
    assert read > 500, "Most of what was planted is read by somebody, or nothing was looked at."


@pytest.mark.slow
def test_no_answer_to_a_form_says_more(
    world: World, here: Given, elsewhere: Given, planted: dict[str, Canary]
) -> None:
    """Sent empty, and sent as it should be: what is refused, what is drawn again, what follows."""
    roles = [role for role in STAFF_ROLES if role.key in {"wing-officer", "governor"}]
    assert answers(world, roles, planted, elsewhere, here) > 150


@pytest.mark.thorough
def test_no_answer_to_a_form_says_more_to_anybody(
    world: World, here: Given, elsewhere: Given, planted: dict[str, Canary]
) -> None:
    assert answers(world, STAFF_ROLES, planted, elsewhere, here) > 1000


def answers(
    world: World, roles: list[Role], planted: dict[str, Canary], elsewhere: Given, here: Given
) -> int:
    """Send every form about both, and look for words that came back; gives how many were read."""
    leaks, read = [], 0
    for role in roles:
        client = world.client(role.key)
        for at, given in enumerate((elsewhere, here)):
            for name, door in DOORS.items():
                # What is given to the person themself is held against the file's own tests.
                if door.post is None or door.file or (at == 0 and not takes(name)):
                    continue
                for sent in ({}, door.send(given)):
                    answer = client.post(url(name, given), sent, follow=True)
                    if answer.request["PATH_INFO"].startswith("/sign-in"):
                        client = world.client(role.key)
                    text = said(answer)
                    leaks += wrong(world, role, text, f"{name}, sent {sorted(sent)}", planted)
                    read += len(found_in(text) & planted.keys())
    assert leaks == []
    return read


@pytest.mark.thorough
def test_no_page_of_another_prison_says_more_to_anybody(
    world: World, here: Given, elsewhere: Given, planted: dict[str, Canary]
) -> None:
    for role in STAFF_ROLES:
        client = world.client(role.key)
        for where, text in walk(client, elsewhere, here):
            assert wrong(world, role, text, where, planted) == []


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
    assert leaks == []
    assert read > 500


def _rows(cursor: Any, table: str) -> str:
    cursor.execute("select has_table_privilege(current_user, %s, 'select')", [table])
    if not cursor.fetchone()[0]:
        return ""
    cursor.execute(f"select string_agg(to_jsonb(t)::text, ' ') from {table} t")
    return cursor.fetchone()[0] or ""


@pytest.mark.slow
def test_no_command_names_anybody_in_custody(
    world: World, planted: dict[str, Canary], desk: Any
) -> None:
    environment = {**OUTSIDE, **addresses(desk.clones, desk.database)}
    for command in (
        ["check"], ["staff", "list"], ["staff", "roles"], ["places", "list"], ["channels", "list"],
    ):  # fmt: skip
        told = subprocess.run(
            [COMMAND, *command], env=environment, capture_output=True, text=True, check=False
        )
        assert told.stdout, command
        assert not found_in(told.stdout + told.stderr), command
