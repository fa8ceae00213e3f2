"""What the database keeps of reach for the rest of a transaction is its own word, and no claim."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.db import connection, transaction

from daybook.foundation import access
from daybook.foundation.access.roles import ROLES, Compartment, Reach, Right
from daybook.foundation.access.viewer import look_as
from daybook.foundation.staff.door import SESSION_KEY
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

REACH = (Path(access.__file__).parent / "reach.sql").read_text(encoding="utf-8")
KEPT = "daybook.kept_wing_read"


def asked(words: str, *params: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(words, params)
        return cursor.fetchone()[0]


def reached() -> set[int]:
    found = asked("select daybook.reach('wing', 'read')")
    assert isinstance(found, list)
    return set(found)


def claim(setting: str, value: object) -> None:
    asked("select set_config(%s, %s, true)", setting, str(value))


@pytest.mark.parametrize("seal", ["", "0" * 64, "the seal of the true answer"])
def test_nobody_widens_reach_by_writing_the_setting(world: World, seal: str) -> None:
    everyone = "{" + ",".join(map(str, world.people.values())) + "}"
    with world.viewing("wing-officer"):
        before = reached()
        if seal.startswith("the"):
            seal = str(asked("select current_setting(%s)", KEPT))[:64]
        claim(KEPT, seal + everyone)
        assert reached() == before
        claim("daybook.kept_yes", seal)
        assert not asked("select daybook.reaches(%s, 'wing', 'read')", world.people["Bao Tran"])


def test_what_one_may_is_not_what_another_may(world: World) -> None:
    with world.viewing("wing-officer"):
        reached()
        kept = asked(f"select current_setting('{KEPT}')")
        viewer = asked("select current_setting('daybook.kept_viewer')")
        # Whoever only claims to be somebody else is nobody, whatever was kept before.
        claim("daybook.staff", world.staff["head-of-unit"])
        claim(KEPT, kept)
        claim("daybook.kept_viewer", viewer)
        assert asked("select daybook.viewer()") is None
        assert reached() == set()


def test_nothing_is_kept_beyond_the_transaction(world: World) -> None:
    with world.viewing("wing-officer") as viewer:
        reached()
        kept = asked(f"select current_setting('{KEPT}')")
    world.owner.execute(
        "update access_assignment set until = now() - interval '1 minute' where staff_id = %s",
        [viewer.staff_id],
    )
    with transaction.atomic():
        look_as(viewer.staff_id, viewer.sign_in_key)
        claim(KEPT, kept)
        assert reached() == set()


def test_no_role_of_the_app_makes_a_seal(world: World) -> None:
    for role in ("daybook_app", "daybook_wide", "daybook_author", "daybook_eraser"):
        assert not world.owner.execute(
            "select has_function_privilege(%s, 'daybook.seal(text)', 'execute')", [role]
        ).fetchone()[0]
        assert not world.owner.execute(
            "select has_table_privilege(%s, 'daybook.seal_key', 'select')", [role]
        ).fetchone()[0]


def test_reach_is_asked_anew_after_a_write_to_anything_it_rests_on(world: World) -> None:
    rests_on = set(re.findall(r"(?:from|join) ((?!daybook)[a-z]+_[a-z]+)\b", REACH))
    rests_on -= {"reached_by", "on_the_team", "duties_notice"}
    told = {
        table
        for (table,) in world.owner.execute(
            "select tgrelid::regclass::text from pg_trigger where tgname like '%_changes_reach'"
        )
    }
    assert len(rests_on) > 12
    assert told == rests_on


def test_a_move_is_known_to_reach_in_the_same_transaction(world: World) -> None:
    amir, asks = world.people["Amir Kaya"], "select daybook.reach('wing', 'read')"
    sign_in = str(world.client("wing-officer").session[SESSION_KEY])
    # The owner's own transaction: the app may end nobody's stay by hand.
    with world.owner.transaction():
        world.owner.execute(
            "select daybook.look_as(%s, %s)", [world.staff["wing-officer"], sign_in]
        )
        assert amir in world.owner.execute(asks).fetchone()[0]
        world.owner.execute(
            "update people_stay set ended_at = now(), ended_as = 'released', ended_by_id = %s"
            " where person_id = %s",
            [world.staff["head-of-unit"], amir],
        )
        assert amir not in world.owner.execute(asks).fetchone()[0]


@pytest.mark.parametrize(
    "name", sorted(key for key, role in ROLES.items() if role.reach is not Reach.SERVICE)
)
def test_one_person_is_within_reach_if_and_only_if_everybody_within_reach_holds_them(
    world: World, name: str
) -> None:
    with world.viewing(name):
        for compartment in Compartment:
            for right in Right:
                asks = [compartment.value, right.value]
                everybody = asked("select daybook.reach(%s, %s)", *asks)
                assert isinstance(everybody, list)
                for person in world.people.values():
                    one = asked("select daybook.reaches(%s, %s, %s)", person, *asks)
                    assert one == (person in everybody), (person, asks)


def test_a_wall_that_was_laid_before_reads_a_set_from_now_on(world: World) -> None:
    mends = import_module("daybook.foundation.access.migrations.0008_kept_reach").READ_AS_A_SET
    walls = "select tablename, policyname, qual from pg_policies order by 1, 2"
    as_shipped = world.owner.execute(walls).fetchall()
    for table, person in (("people_person", "id"), ("reflections_rating", "person_id")):
        compartment = "identity" if person == "id" else "wing"
        world.owner.execute(
            f"alter policy seen_within_reach on {table} using ({person} ="
            f" any((select daybook.reach('{compartment}', 'read'))::bigint[]))"
        )
    assert world.owner.execute(walls).fetchall() != as_shipped
    world.owner.execute(mends)
    assert world.owner.execute(walls).fetchall() == as_shipped


def test_where_somebody_lived_is_told_only_to_who_writes_about_them(world: World) -> None:
    asks = "select daybook.lived_on(%s, now())"
    with world.viewing("wing-officer"):
        assert asked(asks, world.people["Amir Kaya"]) == world.units["a"]
        assert asked(asks, world.people["Bao Tran"]) is None
