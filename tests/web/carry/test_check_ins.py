"""A check-in done where the network doesn't reach stands with the time it was done."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from tests.world import World

from .envelopes import arrive, envelope

pytestmark = pytest.mark.django_db(transaction=True)

ME, AMIR = "wing-officer", "Amir Kaya"


@pytest.fixture
def owed(world: World) -> str:
    key, now = new_key(), timezone.now()
    world.owner.execute(
        "insert into safety_checkin (id, person_id, occasion, source, opens_at, due_at, opened_at,"
        " came_of_it, words) values (%s, %s, 'first-night', 'test', %s, %s, %s, '', '')",
        [key, world.people[AMIR], now - timedelta(hours=5), now + timedelta(hours=3), now],
    )
    return str(key)


def looked_in(world: World, key: str, how: str = "talked", **more: Any) -> str:
    said = [["check_in", key], ["came_of_it", how], ["words", "Asked about a phone call."]]
    return envelope(world, ME, AMIR, form="check-in", said=said, **more)


def done(world: World, key: str) -> tuple[str, int, datetime]:
    row: tuple[str, int, datetime] = world.owner.execute(
        "select came_of_it, done_by_id, done_at from safety_checkin where id = %s", [key]
    ).fetchone()
    return row


def test_it_stands_with_the_time_it_was_done(world: World, owed: str) -> None:
    written = timezone.now() - timedelta(hours=2)
    assert arrive(world.client(ME), looked_in(world, owed, written=written)) == ["saved"]
    how, by, at = done(world, owed)
    assert (how, by) == ("talked", world.staff[ME])
    assert abs(at - written) < timedelta(seconds=1)


def test_again_it_changes_nothing(world: World, owed: str) -> None:
    sent = looked_in(world, owed)
    assert arrive(world.client(ME), sent, sent) == ["saved", "saved"]


def test_a_colleague_who_was_quicker_is_shown_and_nothing_is_merged(
    world: World, owed: str
) -> None:
    client = world.client("personal-officer")
    answer = client.post(f"/safety/check-in/{owed}/", {"came_of_it": "seen", "words": ""})
    assert answer.status_code == 302
    mine = world.client(ME)
    assert arrive(mine, looked_in(world, owed)) == ["look"]
    assert done(world, owed)[0] == "seen"
    [(key,)] = world.owner.execute("select id from carry_arrival").fetchall()
    page = mine.post(f"/carry/look/{key}/", {"check_in": owed, "came_of_it": "talked"})
    assert "looked in already" in page.content.decode()


def test_the_carried_list_offers_what_is_owed(world: World, owed: str) -> None:
    page = world.client(ME).get("/carry/wing/a/").content.decode()
    assert "Look in: first night" in page
    assert owed in page
