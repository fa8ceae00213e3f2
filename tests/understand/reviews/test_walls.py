"""Who sees a joint review, and what: held by the database alone."""

import pytest
from django.db import DatabaseError, connection

from tests.understand.reviews.furnished import (
    LEAD,
    OFFICER,
    PSYCHOLOGIST,
    closed,
    gathering,
    item,
    mark,
    opened,
    rating,
    said_since,
)
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

AMIR = "Amir Kaya"
TABLES = (
    "review", "member", "hypothesis", "hypothesistest", "evidence", "membermarks", "note",
    "closing", "saidsince", "recordreading", "recordquality",
)  # fmt: skip


def seen(world: World, name: str) -> dict[str, int]:
    with world.viewing(name), connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(f"select count(*) from reviews_{table}")
            found[table] = cursor.fetchone()[0]
        return found


def counted(world: World, name: str, table: str, role: str = "") -> int:
    with world.viewing(name), connection.cursor() as cursor:
        if role:
            cursor.execute(f"set local role {role}")
        cursor.execute(f"select count(*) from reviews_{table}")
        return int(cursor.fetchone()[0])


def test_whoever_reads_casework_and_whoever_was_asked_sees_it_and_nobody_else(world: World) -> None:
    said_since(world, closed(world, world.people[AMIR]))
    readers = {name for name in world.staff if all(seen(world, name).values())}
    partly = {name for name in world.staff if any(seen(world, name).values())} - readers
    assert readers == {
        "case-lead", "psychologist", "probation-officer", "personal-officer",
        "duty-manager", "head-of-unit", "governor", "oversight",
    }  # fmt: skip
    # Daybook itself sees what it worked out from the daily record, and nothing else of it.
    assert partly == {"clerk"}
    assert {table for table, rows in seen(world, "clerk").items() if rows} == {
        "recordreading", "recordquality",
    }  # fmt: skip


def test_a_member_sees_this_review_and_nothing_else_of_casework(world: World) -> None:
    gathering(world, world.people[AMIR])
    gathering(world, world.people["Jonas Petit"], {"head-of-unit": "head-of-unit"})
    assert counted(world, OFFICER, "review") == 1
    assert counted(world, "head-of-unit", "review") == 2


def test_whoever_was_asked_sees_it_before_their_yes_and_not_after_their_no(world: World) -> None:
    made = gathering(world, world.people[AMIR])
    for column, expected in (("accepted_at", 1), ("left_at", 0)):
        world.owner.execute("alter table reviews_member disable trigger user")
        value = "null" if column == "accepted_at" else "now()"
        world.owner.execute(
            f"update reviews_member set {column} = {value} where id = %s", [made.members[OFFICER]]
        )
        world.owner.execute("alter table reviews_member enable trigger user")
        assert counted(world, OFFICER, "review") == expected


def test_a_member_who_no_longer_holds_the_role_sees_nothing(world: World) -> None:
    gathering(world, world.people[AMIR])
    world.owner.execute(
        "update access_assignment set until = now() where staff_id = %s", [world.staff[OFFICER]]
    )
    assert counted(world, OFFICER, "review") == 0


def test_a_release_ends_it_for_those_inside_and_probation_goes_on(world: World) -> None:
    made = opened(world, world.people[AMIR])
    world.owner.execute(
        "update people_stay set ended_at = now(), ended_as = 'released', ended_by_id = %s"
        " where person_id = %s",
        [world.staff["head-of-unit"], world.people[AMIR]],
    )
    still = {name for name in world.staff if counted(world, name, "review")}
    assert still == {"probation-officer", "oversight"}
    assert counted(world, "probation-officer", "membermarks") == 4
    assert made.review


# ---- Blind ----


@pytest.mark.parametrize("role", ["", "daybook_author"])
def test_nobody_reads_what_another_rated_before_it_opens(world: World, role: str) -> None:
    made = rating(world, world.people[AMIR])
    for name in (LEAD, PSYCHOLOGIST):
        mark(world, made, name, made.items[0], genuine="fits")
    for name in world.staff:
        mine = 1 if role and name in (LEAD, PSYCHOLOGIST) else 0
        if not role and name == "oversight":
            assert counted(world, name, "membermarks", "daybook_wide") == 0
        assert counted(world, name, "membermarks", role) == mine, name


def test_once_open_all_who_see_the_review_read_them(world: World) -> None:
    opened(world, world.people[AMIR])
    assert counted(world, OFFICER, "membermarks") == 4
    assert counted(world, "oversight", "membermarks") == 4
    assert counted(world, "analyst", "membermarks") == 0


# ---- Who writes ----


def refused(world: World, name: str, statement: str, values: list[object], role: str = "") -> bool:
    try:
        with world.viewing(name), connection.cursor() as cursor:
            if role:
                cursor.execute(f"set local role {role}")
            cursor.execute(statement, values)
            return bool(cursor.rowcount == 0)
    except DatabaseError:
        return True


def test_nobody_marks_for_another(world: World) -> None:
    made = rating(world, world.people[AMIR])
    statement = (
        "insert into reviews_membermarks (id, review_id, person_id, member_id, evidence_id, marks,"
        ' written_at) values (gen_random_uuid(), %s, %s, %s, %s, \'{"genuine": "fits"}\', now())'
    )
    theirs = [made.review, made.person, made.members[LEAD], made.items[0]]
    assert refused(world, OFFICER, statement, theirs, "daybook_author")
    assert refused(world, OFFICER, statement, theirs)
    assert not refused(world, LEAD, statement, theirs, "daybook_author")


def test_nobody_says_yes_or_signs_for_another(world: World) -> None:
    made = rating(world, world.people[AMIR])
    for name in (LEAD, PSYCHOLOGIST, "head-of-unit"):
        statement = "update reviews_member set finished_at = now() where id = %s"
        assert refused(world, name, statement, [made.members[OFFICER]])
    assert not refused(
        world, OFFICER, "update reviews_member set finished_at = now() where id = %s",
        [made.members[OFFICER]],
    )  # fmt: skip


def test_what_was_signed_is_marked_no_more(world: World) -> None:
    made = rating(world, world.people[AMIR])
    mark(world, made, OFFICER, made.items[0], genuine="fits")
    statement = 'update reviews_membermarks set marks = \'{"genuine": "against"}\''
    assert not refused(world, OFFICER, statement, [], "daybook_author")
    with world.viewing(OFFICER), connection.cursor() as cursor:
        cursor.execute(
            "update reviews_member set finished_at = now() where id = %s", [made.members[OFFICER]]
        )
    assert refused(world, OFFICER, statement, [], "daybook_author")


# ---- Origins ----


def origins(world: World, *keys: object) -> list[str]:
    return [
        world.owner.execute("select origin from reviews_evidence where id = %s", [key]).fetchone()[
            0
        ]
        for key in keys
    ]


def test_one_origin_counts_once_however_many_hands_it_went_through(world: World) -> None:
    made = gathering(world, world.people[AMIR])
    lead, officer = world.staff[LEAD], world.staff[OFFICER]
    reflection = world.add_reflection(AMIR, OFFICER, seen_heard="Stayed on to sweep.")
    told = [
        item(world, made, lead, told_by="  his   SISTER "),
        item(world, made, officer, source="family", told_by="His sister"),
        item(world, made, lead, source="reflection", record_kind="reflection", record=reflection),
        item(world, made, officer, source="wing"),
        item(world, made, lead, source="own-words", what="said"),
        item(world, made, officer, source="own-words", what="said"),
    ]
    sister, again, by_officer, own, person, person_again = origins(world, *told)
    assert sister == again == origins(world, made.items[1])[0]
    assert by_officer == own
    assert person == person_again
    assert len({sister, own, person}) == 3
    assert not any(str(officer) == each or "sister" in each for each in (sister, own, person))


def test_the_same_origin_reads_otherwise_in_another_review(world: World) -> None:
    first = gathering(world, world.people[AMIR])
    second = gathering(world, world.people["Jonas Petit"])
    assert set(origins(world, *first.items)) & set(origins(world, *second.items)) == set()


def test_no_role_of_the_app_reads_the_key(world: World) -> None:
    for name in (LEAD, "oversight", "administrator"):
        assert refused(world, name, "select key from daybook.origin_key", [])
        assert refused(
            world, name, "select daybook.hide_origin(%s, 'person')",
            ["00000000-0000-0000-0000-000000000000"],
        )  # fmt: skip
