"""The second factor: of whom it is asked, what answers it, and that nothing opens before it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.test import Client

from daybook.foundation.access.roles import CLERK, ROLES, Role
from daybook.foundation.access.second_factor import is_asked_of
from daybook.foundation.access.viewer import look_as
from daybook.foundation.staff.actions import begin_sign_in
from daybook.foundation.staff.codes import which_code
from daybook.foundation.staff.models import Second, Staff
from tests.desks import BADGE, PIN, give_badge, sit_at
from tests.factors import SECRET, come_in, give_device, shown
from tests.soft_key import SoftKey, add_key, at_localhost, touch
from tests.world import PASSWORD, World

pytestmark = pytest.mark.django_db(transaction=True)

STAFF_ROLES = [role for role in ROLES.values() if role is not CLERK]
OF_A_WING = {"wing-officer", "personal-officer", "activity-staff"}
SECOND, SET_UP = "/sign-in/second/", "/sign-in/set-up/"
TOO_OFTEN = "went wrong too often"


def with_password(who: str, client: Client | None = None, **more: Any) -> tuple[Client, str]:
    """A browser where somebody typed their password, and where it led them."""
    client = client or at_localhost(Client())
    answer = client.post("/sign-in/", {"username": who, "password": PASSWORD, **more})
    return client, answer.headers["Location"]


def told(world: World, kind: str) -> list[str]:
    """What the log holds of one kind, in order."""
    rows = world.owner.execute(
        "select subject from audit_entry where kind = %s order by id", [kind]
    )
    return [subject for (subject,) in rows]


# ---- Of whom it is asked ----


@pytest.mark.parametrize("role", STAFF_ROLES, ids=lambda role: role.key)
def test_it_is_asked_of_whoever_reaches_more_than_a_wing(role: Role) -> None:
    assert role.needs_second_factor is (role.key not in OF_A_WING)


def test_code_and_database_ask_the_same(world: World) -> None:
    for role in STAFF_ROLES:
        assert is_asked_of(world.staff[role.key]) is role.needs_second_factor, role.key
    assert not is_asked_of(world.staff["nobody"])
    world.assign(world.staff["wing-officer"], "duty-manager", establishment="north")
    assert is_asked_of(world.staff["wing-officer"])


def test_with_a_password_alone_the_database_takes_nobody_for_who_they_are(world: World) -> None:
    for role in STAFF_ROLES:
        staff = Staff.objects.get(username=role.key)
        opens = {}
        for second in (Second.NOTHING, Second.CODE):
            sign_in = begin_sign_in(staff=staff, second=second)
            with transaction.atomic():
                opens[second] = look_as(staff.pk, sign_in.key) is not None
        assert opens == {Second.NOTHING: not role.needs_second_factor, Second.CODE: True}, role.key


def test_each_role_finds_the_door_that_is_meant_for_it(world: World) -> None:
    for role in STAFF_ROLES:
        client, led_to = with_password(role.key)
        assert led_to == (SET_UP if role.needs_second_factor else "/"), role.key
        assert client.get("/").status_code == (302 if role.needs_second_factor else 200), role.key


def test_a_role_that_is_given_in_the_middle_of_a_shift_asks_from_then_on(world: World) -> None:
    client, _ = with_password("wing-officer")
    assert client.get("/wing/a/").status_code == 200
    world.assign(world.staff["wing-officer"], "duty-manager", establishment="north")
    assert client.get("/wing/a/").headers["Location"] == "/sign-in/?next=/wing/a/"
    assert with_password("wing-officer", client)[1] == SET_UP


def test_the_roles_page_says_so(world: World) -> None:
    html = world.client("wing-officer").get("/roles/").content.decode()
    asked = [part.partition('"')[0] for part in html.split('id="')[1:] if "second factor" in part]
    assert set(asked) & ROLES.keys() == {r.key for r in STAFF_ROLES if r.needs_second_factor}


# ---- A code ----


def test_a_code_opens_the_page_that_was_asked_for(world: World) -> None:
    give_device(world.owner, "governor")
    client, led_to = with_password("governor", next="/wing/")
    assert led_to == SECOND
    assert client.get("/wing/").status_code == 302
    assert client.post(SECOND, {"code": shown()}).headers["Location"] == "/wing/"
    assert "A. Governor" in client.get("/").content.decode()
    assert client.get(SECOND).headers["Location"] == "/sign-in/", "nobody stands in the door"


def test_a_device_that_drifted_by_half_a_minute_is_taken(world: World) -> None:
    give_device(world.owner, "governor")
    client, _ = with_password("governor")
    assert "did not open" in client.post(SECOND, {"code": shown(2)}).content.decode()
    assert client.post(SECOND, {"code": shown(1)}).status_code == 302


def test_a_code_opens_once_also_at_two_browsers_in_one_moment(world: World) -> None:
    give_device(world.owner, "governor")
    staff = Staff.objects.get(username="governor")

    def type_it(code: str) -> Second:
        try:
            return which_code(staff, code)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as desks:
        opened = list(desks.map(type_it, [shown()] * 8))
    assert sorted(opened) == [""] * 7 + ["code"]
    client, _ = with_password("governor")
    assert "did not open" in client.post(SECOND, {"code": shown()}).content.decode()
    assert "did not open" in client.post(SECOND, {"code": shown(-1)}).content.decode(), "an older"


def test_wrong_codes_are_slowed_wherever_they_are_typed(world: World) -> None:
    give_device(world.owner, "governor")
    said = []
    for _ in range(6):
        client, _led_to = with_password("governor")
        said.append(client.post(SECOND, {"code": "000000"}).content.decode())
    assert [TOO_OFTEN in each for each in said] == [False] * 5 + [True]
    assert TOO_OFTEN in client.post(SECOND, {"code": shown()}).content.decode()
    assert told(world, "denial").count("second factor refused") == 5
    world.owner.execute("update staff_tries set since = since - interval '15 minutes'")
    assert client.post(SECOND, {"code": shown()}).status_code == 302


@pytest.mark.parametrize("typed", ["", " ", "x" * 41, "１２３４５６", "'; select 1", "-1"])
def test_bad_codes_get_a_sentence(world: World, typed: str) -> None:
    give_device(world.owner, "governor")
    client, _ = with_password("governor")
    answer = client.post(SECOND, {"code": typed})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode() or "wrong" in answer.content.decode()


# ---- A key ----


def test_a_key_opens_as_a_second_factor_and_another_s_does_not(world: World) -> None:
    keys = {}
    for who in ("governor", "psychologist"):
        keys[who] = SoftKey()
        add_key(at_localhost(world.client(who)), keys[who])
    client, led_to = with_password("governor")
    assert led_to == SECOND
    assert client.post("/sign-in/set-up/key/").status_code == 404, "there is one already"
    asked = client.post("/sign-in/second/key/").json()
    assert len(asked["publicKey"]["allowCredentials"]) == 1
    wrong = client.post(SECOND, {"key": keys["psychologist"].get(asked)})
    assert "did not open" in wrong.content.decode()
    asked = client.post("/sign-in/second/key/").json()
    assert client.post(SECOND, {"key": keys["governor"].get(asked)}).headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_a_key_alone_opens_every_role_because_it_asks_for_its_pin(world: World) -> None:
    key = SoftKey()
    add_key(at_localhost(world.client("governor")), key)
    client = at_localhost(Client())
    assert touch(client, key).headers["Location"] == "/"
    assert client.get("/").status_code == 200


# ---- Setting one up ----


def set_up_key(client: Client) -> Any:
    return client.post(
        SET_UP,
        {"name": "card", "key": SoftKey().create(client.post("/sign-in/set-up/key/").json())},
    )


def set_up_device(client: Client) -> Any:
    client.get(SET_UP)
    session = client.session
    session["mfa.totp.secret"] = SECRET
    session.save()
    return client.post(SET_UP, {"code": shown()})


@pytest.mark.parametrize("add", [set_up_key, set_up_device])
def test_whoever_has_none_adds_one_and_is_in(world: World, add: Callable[[Client], Any]) -> None:
    client, led_to = with_password("governor")
    assert led_to == SET_UP
    assert "Set up a second factor" in client.get(SET_UP).content.decode()
    assert add(client).headers["Location"] == "/how-i-sign-in/"
    assert client.get("/how-i-sign-in/").status_code == 200
    assert client.get("/wing/").status_code == 200
    assert [s for s in told(world, "collection") if s.startswith("second factor added")] != []
    notices = world.client("governor").get("/notices/").content.decode()
    assert "A way to sign in was added" in notices
    assert with_password("governor")[1] == SECOND


def test_a_code_of_another_device_adds_nothing(world: World) -> None:
    client, _ = with_password("governor")
    client.get(SET_UP)
    answer = client.post(SET_UP, {"code": "000000"})
    assert "not what the device should show" in answer.content.decode()
    assert not Authenticator.objects.exists()
    assert client.get("/").status_code == 302


def test_whoever_has_one_can_t_add_another_from_the_door(world: World) -> None:
    give_device(world.owner, "governor")
    client, _ = with_password("governor")
    assert client.get(SET_UP).headers["Location"] == SECOND
    assert client.post(SET_UP, {"name": "", "key": "{}"}).headers["Location"] == SECOND
    assert Authenticator.objects.count() == 1


@pytest.mark.parametrize("path", [SECOND, SET_UP, "/sign-in/second/key/", "/sign-in/set-up/key/"])
def test_nobody_comes_to_the_second_step_but_by_the_first(world: World, path: str) -> None:
    assert Client().post(path, {"code": shown()}).headers["Location"] == "/sign-in/"


def test_the_door_does_not_wait_for_long(world: World, monkeypatch: Any) -> None:
    give_device(world.owner, "governor")
    client, _ = with_password("governor")
    late = __import__("time").time() + 10 * 60 + 1
    monkeypatch.setattr("daybook.foundation.staff.arrivals.time.time", lambda: late)
    assert client.post(SECOND, {"code": shown()}).headers["Location"] == "/sign-in/"


@pytest.mark.parametrize("change", ["is_active = false", "password = 'argon2$another'"])
def test_an_account_that_changed_meanwhile_begins_again(world: World, change: str) -> None:
    give_device(world.owner, "governor")
    client, _ = with_password("governor")
    world.owner.execute(f"update staff_staff set {change} where username = 'governor'")
    assert client.post(SECOND, {"code": shown()}).headers["Location"] == "/sign-in/"


def test_a_session_planted_before_knows_nothing_after(world: World) -> None:
    give_device(world.owner, "governor")
    client = Client()
    client.post("/sign-in/key/")
    planted = client.cookies["sessionid"].value
    client, _ = with_password("governor", client)
    between = client.cookies["sessionid"].value
    client.post(SECOND, {"code": shown()})
    assert len({planted, between, client.cookies["sessionid"].value}) == 3
    for old in (planted, between):
        thief = Client()
        thief.cookies["sessionid"] = old
        assert thief.get("/").status_code == 302
        assert thief.get(SECOND).headers["Location"] == "/sign-in/"


# ---- At a desk ----


def come_by_badge(client: Client) -> str:
    location: str = client.post("/sign-in/", {"badge": BADGE, "pin": PIN}).headers["Location"]
    return location


def test_badge_and_pin_are_two_and_enough_for_a_wing(world: World) -> None:
    give_badge(world, "wing-officer")
    give_device(world.owner, "wing-officer")
    assert come_by_badge(sit_at(world)) == "/"
    assert with_password("wing-officer")[1] == SECOND, "a password asks for what one has"


def test_badge_and_pin_are_not_enough_for_more_than_a_wing(world: World) -> None:
    give_badge(world, "duty-manager")
    client = sit_at(world)
    assert come_by_badge(client) == SET_UP
    give_device(world.owner, "duty-manager")
    assert come_by_badge(client) == SECOND
    assert client.get("/").status_code == 302
    assert client.post(SECOND, {"code": shown()}).status_code == 302
    assert client.get("/").status_code == 200
    assert world.owner.execute(
        "select through, second, desk_id is not null from staff_signin"
    ).fetchall() == [("badge", "code", True)]


# ---- In a demonstration ----


def test_only_a_demonstration_asks_for_none_and_says_so(world: World, settings: Any) -> None:
    settings.DEMO, settings.DEMO_SIGN_INS = True, [["Governor", "governor", PASSWORD]]
    client, led_to = with_password("governor")
    assert led_to == "/"
    assert client.get("/").status_code == 200
    assert "no second factor is asked" in Client().get("/sign-in/").content.decode()
    give_device(world.owner, "governor")
    assert with_password("governor")[1] == SECOND, "whoever added one is asked for it"


def test_nothing_that_was_typed_is_kept(world: World) -> None:
    give_device(world.owner, "governor")
    client = Client()
    assert come_in(client, "governor").status_code == 302
    with_password("governor", client)
    client.post(SECOND, {"code": "739150"})
    for table in ("audit_entry", "staff_tries", "mfa_authenticator", "staff_signin"):
        rows = str(world.owner.execute(f"select * from {table}").fetchall())
        assert not [typed for typed in (PASSWORD, "739150", shown(), SECRET) if typed in rows]
