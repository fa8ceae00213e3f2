"""Every signed table, every role that the application runs under, and every way to change it."""

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from daybook.foundation.audit.commitments import signed_tables
from daybook.foundation.registry.keys import new_key
from daybook.foundation.retention.way_out import ERASER, Lock, locks
from tests.foundation.equality.equality_world import declare
from tests.foundation.erasure_world import opened_in_an_emergency, told_in_confidence
from tests.observe.information.furnished import in_every_table
from tests.security.test_two_walls import TABLES, fill
from tests.understand.assessments.furnished import assessed
from tests.understand.reviews.furnished import closed, said_since

pytestmark = pytest.mark.django_db(transaction=True)

ROLES = ("daybook_app", "daybook_wide", "daybook_author")
TAKEN_BY_AN_ERASURE = [lock for lock in locks() if lock.settles is not None]
# Signed, and no record about one person: meetings, strikes, sources, signatures of a shift.
BESIDE = [
    Lock(signed.table, "", signed.changes, own_lock=True)
    for signed in signed_tables.values()
    if signed.table not in {lock.table for lock in TAKEN_BY_AN_ERASURE}
]
SIGNED = TAKEN_BY_AN_ERASURE + BESIDE


@pytest.fixture
def signed(world):
    """Something signed about everybody in every table, of those that one row fills."""
    everyone = list(world.people.values())
    for table, (_, person) in TABLES.items():
        fill(world, table, person, everyone)
    staff, amir = world.staff["wing-officer"], world.people["Amir Kaya"]
    opened_in_an_emergency(world, amir)
    told_in_confidence(world, amir)
    reflection = world.owner.execute(
        "select id from reflections_reflection where person_id = %s", [amir]
    ).fetchone()[0]
    in_every_table(world, amir, reflection)
    said_since(world, closed(world, amir))
    assessed(world, amir, lead=world.staff["case-lead"], second=world.staff["psychologist"])
    declare(world, amir, belief="none")
    event = world.owner.execute("select id from shifts_sharedevent").fetchone()[0]
    at = "2026-01-01T10:00Z"
    world.insert(
        "cases_casereview", id=new_key(), case_id=world.cases["Amir Kaya"], reviewed_by_id=staff,
        reviewed_at=at, reason="It helps.", review_on="2026-02-01", ends_on="2026-03-01",
    )  # fmt: skip
    seen = world.insert(
        "conduct_observation", id=new_key(), about_words="Somebody", fact="Shouted.", place="Gate",
        seen_on="2026-01-01", establishment_id=world.establishments["north"], person_id=amir,
        written_by_id=staff, written_at=at,
    )  # fmt: skip
    world.insert(
        "conduct_outcome", id=new_key(), observation_id=seen, received_at=at, words="Talked to.",
        establishment_id=world.establishments["north"], received_by_id=staff, closed_at=at,
        closed_by_id=staff,
    )  # fmt: skip
    world.insert(
        "retention_hold", id=new_key(), person_id=amir, ground="court", reason="Court, 12/26.",
        placed_by_id=staff, placed_at=at, lifted_because="",
    )  # fmt: skip
    asked = world.insert(
        "disclosures_accessrequest", id=new_key(), person_id=amir, recipient="Amir Kaya",
        asked_on="2026-01-01", justification="Prison Act.", withheld=[], withheld_because="",
        names_staff=False, decided_by_id=staff, decided_at=at,
    )  # fmt: skip
    contested = world.insert(
        "contests_contest", id=new_key(), person_id=amir, kind="reflection",
        record=reflection,
        compartment="wing", words="It was not me.", language="en", given="spoken",
        taken_by_id=staff, taken_at=at,
    )  # fmt: skip
    world.insert(
        "disclosures_disclosure", id=new_key(), person_id=amir, recipient="Amir Kaya",
        purpose="Access", legal_basis="Prison Act.", handling="", what="Everything", keys=[],
        request_id=asked, given_by_id=staff, given_at=at,
    )  # fmt: skip
    # By the head of the unit; the recipient is owed word of it from then on.
    world.insert(
        "contests_settlement", id=new_key(), contest_id=contested, person_id=amir,
        outcome="put-right", reasons="An addition says so.",
        settled_by_id=world.staff["head-of-unit"], settled_at=at,
    )  # fmt: skip
    world.insert(
        "shifts_handovernote", id=new_key(), unit_id=world.units["a"], person_id=amir,
        words="Sleeps badly.", written_by_id=staff, written_at=at,
    )  # fmt: skip
    world.insert(
        "shifts_staffpart", id=new_key(), event_id=event, unit_id=world.units["a"], staff_id=staff,
        written_by_id=staff, written_at=at, offered_by_id=staff, offered_at=at, taken_up=True,
    )  # fmt: skip
    world.insert(
        "shifts_signature", id=new_key(), unit_id=world.units["a"], day="2026-01-01",
        shift="early", read_until=at, written_by_id=staff, written_at=at,
    )  # fmt: skip
    world.insert(
        "information_fairnessanswer", id=new_key(), compared="reported.origin.both",
        until="2026-01-01", establishment_id=world.establishments["north"], count=9, among=20,
        rest_count=5, rest_among=60, why="Chance.", doing="We look.",
        next_look_on="2026-03-01", written_by_id=staff, written_at=at,
    )  # fmt: skip
    world.insert(
        "confidences_source", id=new_key(), words=b"\x01" + bytes(299), written_by_id=staff,
        written_at=at,
    )  # fmt: skip
    world.owner.execute(
        "update reflections_meeting set closed_at = now(), closed_by_id = opened_by_id"
    )
    world.owner.execute("update duties_action set done_at = now(), effect = 'helped'")
    return world


def contents(world, lock: Lock) -> list[str]:
    """Columns that say something, or whose signature it is: all but those set afterwards."""
    columns = world.owner.execute(
        "select column_name from information_schema.columns"
        " where table_schema = 'public' and table_name = %s",
        [lock.table],
    )
    return sorted({name for (name,) in columns} - set(lock.settles or ()) - {"struck_at"})


def refused(statement: str, role: str) -> bool:
    """Whether a role of the app is refused, or finds no row that it could change."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"set local role {role}")
            cursor.execute(statement)
            return cursor.rowcount <= 0 and not statement.startswith("truncate")
    except DatabaseError:
        return True


def other_than(column: str, world, table: str) -> str:
    kind = world.owner.execute(
        "select data_type from information_schema.columns"
        " where table_schema = 'public' and table_name = %s and column_name = %s",
        [table, column],
    ).fetchone()[0]
    return {
        "uuid": "gen_random_uuid()",
        "boolean": f"not coalesce({column}, false)",
        "date": f"coalesce({column}, current_date) - 1",
        "timestamp with time zone": f"coalesce({column}, now()) - interval '1 day'",
        "bigint": f"coalesce({column}, 0) + 1",
        "integer": f"coalesce({column}, 0) + 1",
        "smallint": f"coalesce({column}, 0) + 1",
        "ARRAY": f"coalesce({column}, '{{}}') || coalesce({column}, '{{}}') || '{{x}}'",
        "bytea": f"{column} || {column}",
        "jsonb": "'{\"changed\": true}'",
    }.get(kind, "'rewritten'")


def test_nobody_rewrites_or_removes_what_is_signed(signed):
    before = {lock.table: everything_in(signed, lock.table) for lock in SIGNED}
    assert not [table for table, rows in before.items() if not rows]
    taken = []
    for lock in SIGNED:
        ways = [f"delete from {lock.table}", f"truncate {lock.table} cascade"]
        ways += [
            f"update {lock.table} set {column} = {other_than(column, signed, lock.table)}"
            for column in contents(signed, lock)
        ]
        for name in ("head-of-unit", "case-lead", "oversight"):
            with signed.viewing(name):
                taken += [
                    (role, statement)
                    for role in ROLES
                    for statement in ways
                    if not refused(statement, role)
                ]
        for statement in ways:
            try:
                done = signed.owner.execute(statement)
            except psycopg.Error:
                continue
            if done.rowcount or statement.startswith("truncate"):
                taken.append(("daybook_owner", statement))
    assert not taken, "\n".join(map(" ".join, taken))
    assert {lock.table: everything_in(signed, lock.table) for lock in SIGNED} == before


def everything_in(world, table: str) -> list[str]:
    return world.owner.execute(f"select t::text from {table} t order by 1").fetchall()


def test_the_owner_as_the_eraser_takes_nothing_that_two_people_have_not_approved(signed):
    for lock in [*locks(), *BESIDE]:
        if not signed.owner.execute(f"select count(*) from {lock.table}").fetchone()[0]:
            continue
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            as_the_eraser(signed, f"delete from {lock.table}")


def test_the_owner_as_the_eraser_rewrites_and_empties_nothing(signed):
    for lock in SIGNED:
        ways = [f"update {lock.table} set {name} = {name}" for name in contents(signed, lock)]
        for statement in (*ways, f"truncate {lock.table} cascade"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                as_the_eraser(signed, statement)


def test_no_lock_of_a_signed_table_only_follows_the_removal(owner_connection):
    """Salts that go with a row are no lock: they bind whoever removes it, the eraser too."""
    asked_first = {
        table
        for (table,) in owner_connection.execute(
            # 2: before; 8: a row is removed; 1: for each of them.
            "select tgrelid::regclass::text from pg_trigger where not tgisinternal"
            " and tgtype & 11 = 11 and tgname !~ '_erased_as_approved$'"
        )
    }
    assert {lock.table for lock in SIGNED} <= asked_first
    forgotten = owner_connection.execute(
        "select tgrelid::regclass::text, tgqual is null from pg_trigger"
        " where tgname = 'forgotten_with_it'"
    ).fetchall()
    assert dict(forgotten) == dict.fromkeys(signed_tables, True)


def as_the_eraser(world, statement: str) -> None:
    with world.owner.transaction():
        world.owner.execute(f"set local role {ERASER}")
        world.owner.execute(statement)


def test_the_eraser_signs_in_nowhere_and_no_role_of_the_app_becomes_it(owner_connection):
    login, mighty = owner_connection.execute(
        "select rolcanlogin, rolsuper or rolbypassrls or rolcreaterole from pg_roles"
        " where rolname = %s",
        [ERASER],
    ).fetchone()
    assert not login
    assert not mighty
    for role in ROLES:
        member = owner_connection.execute(
            "select pg_has_role(%s, %s, 'MEMBER')", [role, ERASER]
        ).fetchone()[0]
        assert not member, role
    (functions,) = owner_connection.execute(
        "select array_agg(proname::text) from pg_proc where proowner = %s::regrole", [ERASER]
    ).fetchone()
    assert functions == ["erase"]


def test_every_table_that_is_locked_row_by_row_is_locked_as_a_whole(owner_connection):
    open_ones = owner_connection.execute(
        "select tgrelid::regclass::text from pg_trigger where not tgisinternal"
        " and tgrelid::regclass::text !~ '^procrastinate' group by tgrelid"
        " having bool_or((tgtype & 9) = 9 and tgname !~ '_as_approved$')"
        " and not bool_or((tgtype & 32) <> 0)"
    ).fetchall()
    assert open_ones == []
