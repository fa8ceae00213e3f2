"""On-call care reads the last fourteen days of whom a concern is about, and no longer."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

CARE, AMIR = "on-call-care", "Amir Kaya"
DAY_13, DAY_15 = "Thirteen days ago he gave his radio away.", "Fifteen days ago all was well."


@pytest.fixture
def written(world: World) -> None:
    for days, words in ((13, DAY_13), (15, DAY_15)):
        world.add_reflection(
            AMIR, "wing-officer", seen_heard=words, steps={"mood": 2},
            saved_at=timezone.now() - timedelta(days=days),
        )  # fmt: skip


def concern_about(world: World, person: str = AMIR, place: str = "north") -> Any:
    now, key = timezone.now(), new_key()
    world.insert(
        "safety_concern", id=key, person_id=world.people[person], kind="self-harm", words="",
        establishment_id=world.establishments[place], raised_by_id=world.staff["wing-officer"],
        raised_at=now, noticed_at=now, ended_how="", ended_words="",
    )  # fmt: skip
    return key


def page(world: World, key: Any, name: str = CARE) -> Any:
    return world.client(name).get(reverse("safety:concern", args=[key]))


def asked(world: World, name: str = CARE, person: str = AMIR) -> int:
    """Rows that the second wall gives, whatever a page does."""
    with world.viewing(name), connection.cursor() as cursor:
        cursor.execute("select count(*) from daybook.written_lately(%s)", [world.people[person]])
        count: int = cursor.fetchone()[0]
    return count


def test_day_thirteen_is_read_and_day_fifteen_is_not(world: World, written: None) -> None:
    html = page(world, concern_about(world)).content.decode()
    assert DAY_13 in html
    assert DAY_15 not in html
    assert asked(world) == 1
    logged = world.owner.execute(
        "select people from audit_entry where subject like %s", ["%last fourteen days%"]
    ).fetchall()
    assert logged == [([world.people[AMIR]],)]


def test_without_a_concern_nothing_and_after_it_nothing(world: World, written: None) -> None:
    assert asked(world) == 0
    key = concern_about(world)
    assert asked(world) == 1
    world.owner.execute(
        "update safety_concern set acknowledged_by_id = %s, acknowledged_at = now()",
        [world.staff[CARE]],
    )
    world.owner.execute(
        "update safety_concern set ended_at = now(), ended_by_id = %s, ended_how = 'helped',"
        " ended_words = 'Talked.'",
        [world.staff[CARE]],
    )
    assert asked(world) == 0
    assert page(world, key).status_code == 404


def test_of_nobody_else_and_by_nobody_else(world: World, written: None) -> None:
    concern_about(world)
    assert asked(world, person="Jonas Petit") == 0
    for name in ("wing-officer", "teacher", "administrator", "governor", "personal-officer"):
        if name in world.staff:
            assert asked(world, name) == 0, name
    world.add_staff("care-south", CARE, establishment="south")
    assert asked(world, "care-south") == 0


def test_what_is_struck_or_taken_back_is_not_among_it(world: World, written: None) -> None:
    world.add_reflection(
        AMIR, "wing-officer", seen_heard="Taken back.", withdrawn_at=timezone.now()
    )
    key = concern_about(world)
    assert "Taken back." not in page(world, key).content.decode()
    assert asked(world) == 1
