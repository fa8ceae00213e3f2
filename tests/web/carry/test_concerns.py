"""A concern touched without the network is never the thing that is dropped."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, connections
from django.utils import timezone
from joserfc.jwk import ECKey

from daybook.foundation.registry.keys import new_key
from tests.world import World

from .envelopes import arrive, envelope

pytestmark = pytest.mark.django_db(transaction=True)

ME, COLLEAGUE, AMIR = "wing-officer", "b-officer", "Amir Kaya"


def concern(world: World, name: str = ME, person: str = AMIR, **more: Any) -> str:
    return envelope(
        world, name, person, **({"form": "concern", "said": [["kind", "self-harm"]]} | more)
    )


def raised(world: World) -> list[Any]:
    return world.owner.execute(
        "select person_id, raised_by_id, kind, written_at, raised_at, noticed_at"
        " from safety_concern order by raised_at, id"
    ).fetchall()


def called(world: World) -> set[int]:
    return {
        staff
        for (staff,) in world.owner.execute(
            "select staff_id from duties_notice where kind = 'concern'"
        ).fetchall()
    }


def move_away(world: World, person: str = AMIR) -> None:
    """To the other house, where nobody of this wing reaches anyone."""
    key = world.people[person]
    world.owner.execute("update people_stay set ended_at = now() where person_id = %s", [key])
    world.owner.execute(
        "insert into people_stay (person_id, unit_id, began_at, reason, source)"
        " select %s, id, now(), '', '' from places_unit where code = 'b'",
        [key],
    )


def test_it_is_raised_and_calls_and_both_times_are_known(world: World) -> None:
    written = timezone.now() - timedelta(hours=3)
    assert arrive(world.client(ME), concern(world, written=written)) == ["raised"]
    [(person, by, kind, written_at, raised_at, noticed_at)] = raised(world)
    assert (person, by, kind) == (world.people[AMIR], world.staff[ME], "self-harm")
    assert abs(written_at - written) < timedelta(seconds=1) > abs(noticed_at - written)
    assert timezone.now() - raised_at < timedelta(minutes=1)
    assert called(world)
    [(key,)] = world.owner.execute("select id from safety_concern").fetchall()
    page = world.client(ME).get(f"/safety/concerns/{key}/").content.decode()
    assert "It was touched without the network at" in page
    logged = world.owner.execute(
        "select people from audit_entry where subject = 'concern that waited without the network'"
    ).fetchall()
    assert logged == [([world.people[AMIR]],)]


def test_neither_two_days_nor_a_wrong_clock_nor_a_half_form_holds_it_up(world: World) -> None:
    now = timezone.now()
    client = world.client(ME)
    for more in (
        {"written": now - timedelta(days=5)},
        {"stamped": now, "written": now + timedelta(hours=9)},
        {"clock": timedelta(days=-400)},
        {"half": True},
    ):
        assert arrive(client, concern(world, **more)) == ["raised"], more
    assert len(raised(world)) == 4
    assert all(written <= at for *_, written, at, _clock in raised(world))
    [clock] = [noticed for *_, noticed in raised(world) if noticed < now - timedelta(days=300)]
    assert clock


def test_whoever_moved_off_the_unit_meanwhile_is_called_for_where_they_are(world: World) -> None:
    sent = concern(world, written=timezone.now() - timedelta(hours=1))
    move_away(world)
    assert arrive(world.client(ME), sent) == ["raised"]
    [(place,)] = world.owner.execute("select establishment_id from safety_concern").fetchall()
    [(now_at,)] = world.owner.execute(
        "select u.establishment_id from people_stay s join places_unit u on u.id = s.unit_id"
        " where s.person_id = %s and s.ended_at is null",
        [world.people[AMIR]],
    ).fetchall()
    assert place == now_at
    assert called(world)


def test_its_author_may_have_lost_the_post_meanwhile(world: World) -> None:
    sent = concern(world, written=timezone.now() - timedelta(hours=1))
    world.owner.execute(
        "update access_assignment set until = now() where staff_id = %s", [world.staff[ME]]
    )
    assert arrive(world.client(ME), sent) == ["raised"]
    assert len(raised(world)) == 1


def test_a_colleague_who_signs_in_brings_it_under_its_author_s_name(world: World) -> None:
    assert arrive(world.client(COLLEAGUE), concern(world)) == ["raised"]
    assert [by for _person, by, *_ in raised(world)] == [world.staff[ME]]


def test_twice_or_from_two_tablets_it_is_one_concern(world: World) -> None:
    sent = concern(world)
    clients = [world.client(name) for name in (ME, ME, COLLEAGUE, COLLEAGUE)]

    def send(client: Any) -> list[str]:
        try:
            return arrive(client, sent, sent)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as tablets:
        assert list(tablets.map(send, clients)) == [["raised", "raised"]] * 4
    assert len(raised(world)) == 1


def test_a_key_that_stands_for_another_concern_drops_neither(world: World) -> None:
    key = str(new_key())
    client = world.client(ME)
    assert arrive(client, concern(world, key=key)) == ["raised"]
    assert arrive(client, concern(world, person="Jonas Petit", key=key)) == ["raised"]
    assert {person for person, *_ in raised(world)} == {
        world.people[AMIR], world.people["Jonas Petit"],
    }  # fmt: skip


def test_of_nobody_that_was_carried_nothing_is_raised(world: World) -> None:
    assert arrive(world.client(ME), concern(world, person="Bao Tran")) == ["shut"]
    assert arrive(world.client(ME), concern(world, said=[["kind", "is dangerous"]])) == ["shut"]
    assert raised(world) == []


def test_the_database_raises_none_for_whom_the_author_did_not_carry(world: World) -> None:
    [(author,)] = world.owner.execute(
        "select key from staff_staff where id = %s", [world.staff[ME]]
    ).fetchall()
    bao = world.people["Bao Tran"]
    with world.viewing(ME), connection.cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute(
            "select daybook.raise_carried(%s, %s, %s, 'health', now(), now(), now(), '{}')",
            [new_key(), author, bao],
        )


def test_one_that_can_t_be_opened_tells_its_author_and_the_duty_manager(world: World) -> None:
    sent = concern(world, to=ECKey.generate_key("P-256"))
    author = world.owner.execute(
        "select key from staff_staff where id = %s", [world.staff[ME]]
    ).fetchone()[0]
    for _ in range(2):
        answer = world.client("personal-officer").post(
            "/carry/arrive/", {"sealed": [sent], "concern_of": [str(author)]}
        )
        assert answer.json() == {"answers": ["shut"]}
    told = world.owner.execute(
        "select staff_id, count(*) from duties_notice where kind = 'carried-concern-shut'"
        " group by staff_id"
    ).fetchall()
    assert world.staff[ME] in dict(told)
    assert set(dict(told).values()) == {1}
    assert len(told) >= 2
