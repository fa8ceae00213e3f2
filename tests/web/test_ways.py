"""How I sign in: what one adds and takes away, and where one is signed in."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from daybook.foundation.staff.codes import which_code
from daybook.foundation.staff.factors import PROOF_HOLDS
from daybook.foundation.staff.models import Second, Staff
from tests.desks import BADGE, PIN, a_desk, give_badge, sit_at
from tests.factors import come_in, give_device, shown
from tests.soft_key import SoftKey, add_key, at_localhost
from tests.world import PASSWORD, World

pytestmark = pytest.mark.django_db(transaction=True)

WAYS, PROVE, PRINTED, REMOVE, END = (
    f"/how-i-sign-in/{part}" for part in ("", "prove/", "printed/", "remove/", "end/")
)
ASKS = [f"/how-i-sign-in/{part}/" for part in ("key", "device", "printed", "remove", "password")]


def proved(world: World, who: str) -> Client:
    client = at_localhost(world.client(who))
    assert client.post(PROVE, {"password": PASSWORD}).status_code == 302
    return client


def page(client: Client) -> str:
    html: str = client.get(WAYS).content.decode()
    return html


def factors(world: World) -> list[tuple[int, str]]:
    return world.owner.execute("select id, type from mfa_authenticator order by id").fetchall()


def logged(world: World, about: str) -> int:
    asked = "select count(*) from audit_entry where subject = %s"
    count: int = world.owner.execute(asked, [about]).fetchone()[0]
    return count


# ---- Proof ----


@pytest.mark.parametrize("path", ASKS)
def test_whoever_changes_a_way_in_shows_first_who_they_are(world: World, path: str) -> None:
    give_badge(world, "wing-officer")
    give_device(world.owner, "wing-officer")
    client = sit_at(world)
    client.post("/sign-in/", {"badge": BADGE, "pin": PIN})
    factor = {"factor": factors(world)[0][0]}
    assert client.post(path, factor).headers["Location"] == PROVE, "a badge and PIN are no proof"
    assert len(factors(world)) == 1
    led_on = client.post(PROVE, {"password": PASSWORD}).headers["Location"]
    assert led_on == path


def test_a_proof_does_not_hold_for_long_nor_for_a_colleague(world: World, monkeypatch: Any) -> None:
    client = Client()
    come_in(client, "wing-officer")
    assert client.get(PRINTED).status_code == 200, "a password typed just now is one"
    client.post("/lock/")
    give_badge(world, "wing-officer")
    client.cookies["daybook_desk"] = sit_at(world).cookies["daybook_desk"].value
    client.post("/sign-in/", {"badge": BADGE, "pin": PIN})
    assert client.get(PRINTED).headers["Location"] == PROVE
    client.post(PROVE, {"password": PASSWORD})
    late = __import__("time").time() + PROOF_HOLDS + 1
    monkeypatch.setattr("daybook.foundation.staff.factors.time.time", lambda: late)
    assert client.get(PRINTED).headers["Location"] == PROVE


def test_guesses_at_the_proof_are_slowed(world: World) -> None:
    client = world.client("wing-officer")
    said = [
        client.post(PROVE, {"password": "not this one, surely"}).content.decode() for _ in range(11)
    ]
    assert ["went wrong too often" in each for each in said] == [False] * 10 + [True]


# ---- Printed codes ----


def printed(client: Client) -> list[str]:
    return re.findall(r"<code>(\d{8})</code>", client.post(PRINTED).content.decode())


def test_printed_codes_are_shown_once_and_each_opens_once(world: World) -> None:
    give_device(world.owner, "governor")
    client = proved(world, "governor")
    codes = printed(client)
    assert len(set(codes)) == 10
    assert not [code for code in codes if code in client.get(PRINTED).content.decode()]
    assert not [code for code in codes if code in page(client)]
    assert "10 codes are left" in page(client)

    other = Client()
    come = {"username": "governor", "password": PASSWORD}
    other.post("/sign-in/", come)
    assert other.post("/sign-in/second/", {"code": codes[3]}).headers["Location"] == "/"
    assert "9 codes are left" in page(client)
    other.post("/sign-out/")
    other.post("/sign-in/", come)
    assert "did not open" in other.post("/sign-in/second/", {"code": codes[3]}).content.decode()
    rows = world.owner.execute("select * from mfa_authenticator").fetchall()
    assert not [code for code in codes if code in str(rows)]


def test_a_printed_code_at_two_desks_in_one_moment_opens_one(world: World) -> None:
    give_device(world.owner, "governor")
    code = printed(proved(world, "governor"))[0]
    staff = Staff.objects.get(username="governor")

    def type_it(_desk: int) -> Second:
        try:
            return which_code(staff, code)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as desks:
        assert sorted(desks.map(type_it, range(8))) == [""] * 7 + ["printed"]


def test_new_codes_end_those_before(world: World) -> None:
    give_device(world.owner, "governor")
    client = proved(world, "governor")
    before, after = printed(client), printed(client)
    staff = Staff.objects.get(username="governor")
    assert which_code(staff, before[0]) is Second.NOTHING
    assert which_code(staff, after[0]) is Second.PRINTED
    assert len(factors(world)) == 2


def test_codes_alone_are_no_second_factor(world: World) -> None:
    client = proved(world, "wing-officer")
    assert client.post(PRINTED).headers["Location"] == WAYS
    assert factors(world) == []


# ---- Taking away ----


def test_a_key_that_was_taken_away_opens_nothing(world: World) -> None:
    key, client = SoftKey(), at_localhost(world.client("wing-officer"))
    add_key(client, key, "blue key")
    assert "blue key" in page(client)
    [(factor, _)] = factors(world)
    assert client.post(REMOVE, {"factor": factor}).headers["Location"] == WAYS
    assert factors(world) == []
    assert logged(world, "second factor removed: security key") == 1
    assert "taken from your account" in client.get("/notices/").content.decode()


def test_the_last_one_stays_with_whoever_needs_one(world: World) -> None:
    give_device(world.owner, "governor")
    client = proved(world, "governor")
    printed(client)
    (device, _), (_paper, _) = factors(world)
    client.post(REMOVE, {"factor": device})
    assert "Add another before this one goes" in page(client)
    add_key(client, SoftKey())
    client.post(REMOVE, {"factor": device})
    assert [kind for _, kind in factors(world)] == ["recovery_codes", "webauthn"]


def test_the_paper_goes_with_the_last_of_what_it_stands_for(world: World) -> None:
    give_device(world.owner, "wing-officer")
    client = proved(world, "wing-officer")
    printed(client)
    client.post(REMOVE, {"factor": factors(world)[0][0]})
    assert factors(world) == []


@pytest.mark.parametrize("factor", ["", "x", "-1", "9" * 30, "another's"])
def test_nobody_takes_away_a_colleague_s(world: World, factor: str) -> None:
    give_device(world.owner, "governor")
    given = factors(world)[0][0] if factor == "another's" else factor
    assert proved(world, "wing-officer").post(REMOVE, {"factor": given}).status_code == 404
    with world.viewing("wing-officer"), connection.cursor() as cursor:
        cursor.execute("select daybook.remove_factor(%s)", [factors(world)[0][0]])
        assert cursor.fetchone() == (False,)
    assert len(factors(world)) == 1


# ---- Devices ----


def test_another_device_takes_the_place_of_the_one_before(world: World) -> None:
    give_device(world.owner, "governor")
    client = proved(world, "governor")
    assert client.get("/how-i-sign-in/device/").status_code == 200
    wrong = client.post("/how-i-sign-in/device/", {"code": "000000"})
    assert wrong.status_code == 422
    session = client.session
    session["mfa.totp.secret"] = "MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK"
    session.save()
    from allauth.mfa.totp.internal import auth as totp

    counter = list(totp.yield_hotp_counters_from_time())[1]
    code = totp.format_hotp_value(totp.hotp_value(session["mfa.totp.secret"], counter))
    assert client.post("/how-i-sign-in/device/", {"code": code}).headers["Location"] == WAYS
    assert len(factors(world)) == 1
    staff = Staff.objects.get(username="governor")
    assert which_code(staff, shown()) is Second.NOTHING


# ---- The password ----


def test_a_new_password_is_one_that_nobody_tries_first(world: World) -> None:
    client, elsewhere = proved(world, "wing-officer"), world.client("wing-officer")
    address = "/how-i-sign-in/password/"
    for weak in ("short", "password1234", "wing-officer-1", "123456789012"):
        both = {"new_password1": weak, "new_password2": weak}
        assert client.post(address, both).status_code == 422, weak
    words = "copper kettle november"
    assert (
        client.post(address, {"new_password1": words, "new_password2": "copper kettle"}).status_code
        == 422
    )
    done = client.post(address, {"new_password1": words, "new_password2": words})
    assert done.headers["Location"] == WAYS
    assert client.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
    old = Client().post("/sign-in/", {"username": "wing-officer", "password": PASSWORD})
    assert old.status_code == 200
    new = Client().post("/sign-in/", {"username": "wing-officer", "password": words})
    assert new.status_code == 302
    assert logged(world, "own password changed") == 1


# ---- Where one is signed in ----


def test_one_sees_where_one_is_signed_in_and_ends_it_there(world: World) -> None:
    give_badge(world, "wing-officer")
    desk = sit_at(world, a_desk(world, "the servery"))
    desk.post("/sign-in/", {"badge": BADGE, "pin": PIN})
    here = world.client("wing-officer")
    world.client("b-officer")
    html = page(here)
    assert "the servery" in html
    assert "badge and PIN" in html
    [handle] = re.findall(r'name="handle" value="(\w+)"', html)
    for (key,) in world.owner.execute("select key::text from staff_signin"):
        assert key not in html
    assert desk.get("/").status_code == 200
    assert here.post(END, {"handle": handle}).headers["Location"] == WAYS
    assert desk.get("/").status_code == 302, "with the next request"
    assert here.get("/").status_code == 200
    assert logged(world, "sign-in ended from elsewhere") == 1


def test_one_signs_out_everywhere_else_at_one_press(world: World) -> None:
    others = [world.client("wing-officer") for _ in range(3)]
    here, colleague = world.client("wing-officer"), world.client("b-officer")
    here.post(END, {"all": "yes"})
    assert [other.get("/").status_code for other in others] == [302] * 3
    assert (here.get("/").status_code, colleague.get("/").status_code) == (200, 200)
    assert "Sign out everywhere else" not in page(here)


@pytest.mark.parametrize("handle", ["", "x", "another's"])
def test_nobody_ends_a_colleague_s(world: World, handle: str) -> None:
    colleague = world.client("b-officer")
    world.client("b-officer")
    theirs = re.findall(r'name="handle" value="(\w+)"', page(colleague))[0]
    sent = {"handle": theirs if handle == "another's" else handle}
    assert world.client("wing-officer").post(END, sent).status_code == 404
    assert colleague.get("/").status_code == 200


def test_the_page_asks_as_much_for_many_as_for_one(
    world: World, django_assert_max_num_queries: Any
) -> None:
    client = world.client("wing-officer")
    give_device(world.owner, "wing-officer")
    page(client)
    for _ in range(5):
        world.client("wing-officer")
    with django_assert_max_num_queries(14):
        page(client)
