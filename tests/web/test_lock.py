"""Locking: what nobody touches closes, and only whoever left it finds their page again."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from daybook.foundation.access.viewer import look_as
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.actions import begin_sign_in
from daybook.foundation.staff.models import Second, Staff
from tests.desks import give_badge, sit_at
from tests.world import PASSWORD, World

PAGE = "/wing/a/"
HERE = {"headers": {"Referer": f"http://testserver{PAGE}"}}


def come_back(client: Client, who: str, then: str = PAGE) -> Any:
    return client.post("/sign-in/", {"username": who, "password": PASSWORD, "next": then})


def unused_for(world: World, minutes: float) -> None:
    world.owner.execute(
        "update staff_signin set seen_at = now() - make_interval(secs => %s)", [minutes * 60]
    )


def test_a_sign_in_that_nobody_used_is_nobody(world: World) -> None:
    client = world.client("wing-officer")
    unused_for(world, 17)
    asked = client.get(PAGE)
    assert asked.headers["Location"] == f"/sign-in/?next={PAGE}"
    door = client.get(asked.headers["Location"]).content.decode()
    assert "Locked" in door
    assert "The page waits for A. Wing Officer" in door
    assert come_back(client, "wing-officer").headers["Location"] == PAGE


def test_the_database_shows_it_nothing(world: World) -> None:
    staff = Staff.objects.get(username="governor")
    sign_in = begin_sign_in(staff=staff, second=Second.KEY, locks_after=timedelta(minutes=5))
    with transaction.atomic():
        assert look_as(staff.pk, sign_in.key) is not None
        assert seen_people() > 0
    unused_for(world, 6.1)
    with transaction.atomic():
        assert look_as(staff.pk, sign_in.key) is None
        assert seen_people() == 0


def test_a_shared_desk_locks_sooner(world: World) -> None:
    give_badge(world, "wing-officer")
    client = sit_at(world)
    come_back(client, "wing-officer")
    elsewhere = world.client("governor")
    unused_for(world, 7)
    assert client.get("/").status_code == 302
    assert elsewhere.get("/").status_code == 200


@pytest.mark.parametrize("path", [PAGE, "/still-here/"])
def test_using_it_keeps_it_open_and_writes_once_a_minute(world: World, path: str) -> None:
    client = world.client("wing-officer")
    use = client.get if path == PAGE else client.post
    unused_for(world, 10)
    use(path)
    first = last_used(world)
    use(path)
    assert last_used(world) == first
    unused_for(world, 10)
    use(path)
    assert last_used(world) > first


def test_looking_costs_no_statement_more(world: World, django_assert_num_queries: Any) -> None:
    staff = Staff.objects.get(username="wing-officer")
    sign_in = begin_sign_in(staff=staff)
    unused_for(world, 10)
    with transaction.atomic(), django_assert_num_queries(1):
        assert look_as(staff.pk, sign_in.key) is not None


def test_pages_that_come_together_wait_for_nobody(world: World) -> None:
    staff = Staff.objects.get(username="wing-officer")
    sign_in = begin_sign_in(staff=staff)
    unused_for(world, 10)
    with world.owner.transaction():
        world.owner.execute("select from staff_signin for update")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local lock_timeout = '200ms'")
            assert look_as(staff.pk, sign_in.key) is not None


def test_after_a_long_shift_everyone_signs_in_again(world: World) -> None:
    client = world.client("wing-officer")
    world.owner.execute(
        "update staff_signin set expires_at = expires_at - %s", [settings.LONGEST_SIGN_IN]
    )
    assert client.get(PAGE).status_code == 302


def test_lock_ends_the_sign_in_and_keeps_the_place(world: World) -> None:
    client = world.client("wing-officer")
    assert client.post("/lock/", **HERE).headers["Location"] == f"/sign-in/?next={PAGE}"
    assert client.get(PAGE).status_code == 302
    assert come_back(client, "wing-officer").headers["Location"] == PAGE
    told = world.owner.execute("select 1 from audit_entry where subject = 'desk locked'")
    assert told.fetchone()


def test_a_colleague_begins_at_home_and_takes_nothing_over(world: World) -> None:
    client = world.client("wing-officer")
    client.post("/lock/", **HERE)
    assert come_back(client, "b-officer").headers["Location"] == "/"
    assert "A. B Officer" in client.get("/").content.decode()
    client.post("/lock/", **HERE)
    assert "Wing Officer" not in client.get("/sign-in/").content.decode()


def test_switching_ends_the_sign_in_of_whoever_was_there(world: World) -> None:
    client = world.client("wing-officer")
    come_back(client, "b-officer")
    ended = world.owner.execute(
        "select w.username, s.ended_at is not null"
        " from staff_signin s join staff_staff w on w.id = s.staff_id order by s.began_at"
    ).fetchall()
    assert ended == [("wing-officer", True), ("b-officer", False)]


def test_what_was_still_to_be_told_is_told_to_nobody_else(world: World) -> None:
    client = world.client("wing-officer")
    form = {"key": new_key(), "words": "Patient."}
    saved = client.post(f"/people/{world.people['Amir Kaya']}/strengths/", form)
    assert "messages" in saved.cookies
    client.post("/lock/", **HERE)
    assert 'class="messages"' not in client.get("/sign-in/").content.decode()


# ---- Guessing passwords ----


def guess(client: Client, who: str = "wing-officer", **more: Any) -> str:
    wrong = {"username": who, "password": "not this one, surely"}
    answer: str = client.post("/sign-in/", wrong, **more).content.decode()
    return answer


def test_ten_wrong_passwords_and_one_waits(world: World) -> None:
    client = Client()
    assert not any("Wait" in guess(client) for _ in range(10))
    assert "Wait 15 minutes" in guess(client)
    assert come_back(client, "wing-officer").status_code == 200
    world.owner.execute("update staff_tries set since = since - interval '15 minutes'")
    assert come_back(client, "wing-officer").status_code == 302


def test_a_number_that_nobody_has_waits_just_so(world: World) -> None:
    answers = [guess(Client(), "who.ever") for _ in range(11)]
    assert ["Wait" in answer for answer in answers] == [False] * 10 + [True]


def test_nobody_elsewhere_makes_a_colleague_wait_at_the_desk(world: World) -> None:
    for _ in range(12):
        guess(Client())
    assert come_back(sit_at(world), "wing-officer").status_code == 302


def test_a_right_password_clears_one_s_own_slips(world: World) -> None:
    client = Client()
    for _ in range(2):
        for _ in range(9):
            guess(client)
        assert come_back(client, "wing-officer").status_code == 302


def test_an_address_that_tries_many_names_waits(world: World) -> None:
    answers = [guess(Client(), f"name-{n}", REMOTE_ADDR="10.0.0.9") for n in range(31)]
    assert ["Wait" in answer for answer in answers] == [False] * 30 + [True]
    assert "Wait" not in guess(Client(), "name-0", REMOTE_ADDR="10.0.0.10")


def seen_people() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from people_person")
        return int(cursor.fetchone()[0])


def last_used(world: World) -> Any:
    return world.owner.execute("select seen_at from staff_signin").fetchone()[0]
