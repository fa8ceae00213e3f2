"""Security keys: what opens an account, and what only looks as if it might."""

import json
from typing import Any

import pytest
from django.test import Client
from django.test.client import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daybook.foundation.staff.keys import ANSWERED_WITHIN, work_at
from tests.desks import a_desk, sit_at
from tests.soft_key import SoftKey, add_key, at_localhost, touch
from tests.world import World

NOT_THIS = "That key opens no account here"


@pytest.fixture
def key(world: World) -> SoftKey:
    """The wing officer's."""
    key = SoftKey()
    assert add_key(at_localhost(world.client("wing-officer")), key).status_code == 302
    return key


def browser() -> Client:
    return at_localhost(Client())


def refused(answer: Any) -> bool:
    return answer.status_code == 200 and NOT_THIS in answer.content.decode()


def test_a_touch_opens_one_s_account_anywhere(world: World, key: SoftKey) -> None:
    client = browser()
    assert touch(client, key, next="/wing/a/").headers["Location"] == "/wing/a/"
    assert "A. Wing Officer" in client.get("/").content.decode()
    assert world.owner.execute(
        "select through, second from staff_signin order by began_at desc limit 1"
    ).fetchone() == ("key", "key")


def test_a_touch_changes_officers_at_a_desk(world: World, key: SoftKey) -> None:
    other = SoftKey()
    add_key(at_localhost(world.client("b-officer")), other)
    client = at_localhost(sit_at(world, a_desk(world)))
    assert touch(client, key).status_code == 302
    assert touch(client, other, next="/wing/a/").headers["Location"] == "/"
    assert "A. B Officer" in client.get("/").content.decode()
    ended = world.owner.execute(
        "select w.username, s.ended_at is not null, d.name from staff_signin s"
        " join staff_staff w on w.id = s.staff_id join staff_desk d on d.key = s.desk_id"
        " order by s.began_at"
    ).fetchall()
    assert ended == [("wing-officer", True, "the office"), ("b-officer", False, "the office")]


def test_an_answer_opens_once(world: World, key: SoftKey) -> None:
    client = browser()
    said = key.get(client.post("/sign-in/key/").json())
    assert client.post("/sign-in/", {"key": said}).status_code == 302
    client.post("/sign-out/")
    assert refused(client.post("/sign-in/", {"key": said}))
    client.post("/sign-in/key/")
    assert refused(client.post("/sign-in/", {"key": said})), "an answer to another question"
    assert refused(browser().post("/sign-in/", {"key": said})), "at another browser"


def test_an_answer_comes_in_time(world: World, key: SoftKey, monkeypatch: Any) -> None:
    client = browser()
    asked = client.post("/sign-in/key/").json()
    late = __import__("time").time() + ANSWERED_WITHIN + 1
    monkeypatch.setattr("daybook.foundation.staff.keys.time.time", lambda: late)
    assert refused(client.post("/sign-in/", {"key": key.get(asked)}))


@pytest.mark.parametrize(
    "forged",
    [
        {"origin": "https://daybook.example"},
        {"origin": "https://evil.localhost"},
        {"origin": "http://localhost:8000"},
        {"rp": "daybook.example"},
        {"verified": False},
        {"id": b"another credential"},
        {"secret": SoftKey().secret},
        {"user": "MQ"},
        {"user": ""},
        {"counter": -1},
    ],
    ids=lambda forged: "-".join(map(str, forged)),
)
def test_nothing_else_opens_it(world: World, key: SoftKey, forged: dict[str, Any]) -> None:
    assert touch(browser(), key).status_code == 302
    for name, value in forged.items():
        setattr(key, name, value)
    assert refused(touch(browser(), key))
    noted = world.owner.execute(
        "select count(*) from audit_entry where kind = 'denial' and subject = 'key refused'"
    ).fetchone()
    assert noted == (1,)


def test_a_closed_account_stays_closed(world: World, key: SoftKey) -> None:
    world.owner.execute("update staff_staff set is_active = false where username = 'wing-officer'")
    assert refused(touch(browser(), key))


def test_a_key_is_added_once_and_only_after_proof(world: World, key: SoftKey) -> None:
    client = at_localhost(world.client("wing-officer"))
    assert client.post("/how-i-sign-in/key/ask/").status_code == 404
    assert client.get("/how-i-sign-in/key/").headers["Location"] == "/how-i-sign-in/prove/"
    wrong = client.post("/how-i-sign-in/prove/", {"password": "not this one, surely"})
    assert "not your password" in wrong.content.decode()
    assert add_key(client, key).status_code == 422, "the same key again"
    unverified = SoftKey(verified=False)
    assert add_key(client, unverified).status_code == 422, "no PIN was asked"
    elsewhere = SoftKey(origin="https://evil.localhost")
    assert add_key(client, elsewhere).status_code == 422
    assert world.owner.execute("select count(*) from mfa_authenticator").fetchone() == (1,)
    subjects = world.owner.execute("select subject from audit_entry").fetchall()
    assert subjects.count(("second factor added: security key",)) == 1


def test_tries_with_keys_are_slowed(world: World) -> None:
    client = at_localhost(sit_at(world, a_desk(world)))
    said = [client.post("/sign-in/", {"key": "{}"}).content.decode() for _ in range(11)]
    assert ["went wrong too often" in each for each in said] == [False] * 10 + [True]


@pytest.mark.parametrize(
    ("host", "works"),
    [("localhost:8000", True), ("127.0.0.1:8000", False), ("[::1]:8000", False)],
)
def test_keys_belong_to_a_name(host: str, works: bool) -> None:
    assert work_at(RequestFactory().get("/", HTTP_HOST=host)) is works


NESTED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inside: st.lists(inside, max_size=3)
    | st.dictionaries(
        st.sampled_from(["id", "rawId", "type", "response", "clientDataJSON", "authenticatorData",
                         "signature", "userHandle", "attestationObject"]),
        inside,
        max_size=5,
    ),
    max_leaves=12,
)  # fmt: skip


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(said=st.text(max_size=40) | NESTED.map(json.dumps))
def test_whatever_is_sent_is_refused_in_words(world: World, said: str) -> None:
    world.owner.execute("delete from staff_tries")
    client = browser()
    client.post("/sign-in/key/")
    answer = client.post("/sign-in/", {"key": said})
    assert answer.status_code == 200
