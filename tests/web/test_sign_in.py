"""The door: what whoever stands before it relies on."""

from typing import Any

from django.test import Client

from tests.world import PASSWORD, World


def test_a_page_asks_to_sign_in_and_comes_back_to_itself(world: World) -> None:
    client = Client()
    asked = client.get("/wing/a/")
    assert asked.status_code == 302
    door = client.get(asked.headers["Location"])
    assert 'name="next" value="/wing/a/"' in door.content.decode()
    come_in = {"username": "wing-officer", "password": PASSWORD, "next": "/wing/a/"}
    assert client.post("/sign-in/", come_in).headers["Location"] == "/wing/a/"


def come_back(client: Client, who: str, asked: Any) -> str:
    come_in = {"username": who, "password": PASSWORD, "next": asked.headers["Location"][14:]}
    return client.post("/sign-in/", come_in, follow=True).content.decode()


DO_IT_AGAIN = "You were signed out before that was done. Please do it again."


def test_what_came_too_late_is_told_once_to_whoever_meant_it(world: World) -> None:
    client = Client()
    asked = client.post("/notices/seen/", headers={"Referer": "http://testserver/notices/"})
    assert asked.headers["Location"] == "/sign-in/?next=/notices/"
    assert DO_IT_AGAIN in come_back(client, "wing-officer", asked)
    assert DO_IT_AGAIN not in client.get("/").content.decode()

    world.owner.execute("update staff_signin set ended_at = now()")
    asked = client.post("/notices/seen/")
    assert asked.headers["Location"] == "/sign-in/?next=/", "where nothing answers no look"
    assert DO_IT_AGAIN not in come_back(client, "b-officer", asked)


def test_a_script_that_asks_by_itself_has_nothing_to_do_again(world: World) -> None:
    client = Client()
    asked = client.post("/still-here/", headers={"Accept": "*/*"})
    assert DO_IT_AGAIN not in come_back(client, "wing-officer", asked)


def test_a_slip_is_plain_and_keeps_the_number_but_not_the_password(world: World) -> None:
    answer = Client().post("/sign-in/", {"username": "wing-officer", "password": "hunter2hunter2"})
    shown = answer.content.decode()
    assert "don’t go together" in shown
    assert 'value="wing-officer"' in shown
    assert "hunter2" not in shown


def test_nobody_is_sent_elsewhere_by_a_link(world: World) -> None:
    come_in = {"username": "wing-officer", "password": PASSWORD, "next": "https://example.org/"}
    assert Client().post("/sign-in/", come_in).headers["Location"] == "/"


def test_only_a_demonstration_shows_its_doors(world: World, settings: Any) -> None:
    settings.DEMO_SIGN_INS = [["Governor", "g.ov", "secret words"]]
    settings.DEMO = False
    assert "secret words" not in Client().get("/sign-in/").content.decode()
    settings.DEMO = True
    assert "Governor" in Client().get("/sign-in/").content.decode()


def test_signing_out_closes_the_door(world: World) -> None:
    client = world.client("wing-officer")
    assert "Sign out" in client.get("/").content.decode()
    client.post("/sign-out/")
    assert client.get("/").status_code == 302
