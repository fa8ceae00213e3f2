"""Badges and PINs: what opens a shared desk, and what only looks as if it might."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from daybook.foundation.access.desks import KEEPERS, end_desk, make_desk
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.staff.badges import WRONG_PINS, badge_with, opens
from daybook.foundation.staff.rules import why_not_this_pin
from tests.desks import BADGE, PIN, a_desk, give_badge, sit_at
from tests.world import PASSWORD, World

NOT_THIS = "open this desk"
NO_DESK = "not known as a desk"
TOO_OFTEN = "went wrong too often"


def come(client: Client, badge: str = BADGE, pin: str = PIN, **more: Any) -> Any:
    return client.post("/sign-in/", {"badge": badge, "pin": pin, **more})


def patient(world: World) -> None:
    """A while has passed: no wait is left, only what the badge itself has counted."""
    world.owner.execute("update staff_tries set taken = 0")


# ---- PINs ----


@pytest.mark.parametrize(
    "pin",
    ["", "12345", "1234567890123", "12a456", "１２３４５６", "123456", "876543", "901234", "000000",
     "121212", "123123", "1231231", "112112", "111222", "199012", "121990", "20241231"],
)  # fmt: skip
def test_a_pin_that_others_would_guess_is_refused_and_told_why(pin: str) -> None:
    assert why_not_this_pin(pin)


@pytest.mark.parametrize("pin", ["483920", "705142", "31415926", "902817465530"])
def test_any_other_is_taken(pin: str) -> None:
    assert why_not_this_pin(pin) == ""


def test_the_staff_number_is_no_pin() -> None:
    assert why_not_this_pin("483920", staff_number="483920")
    assert why_not_this_pin("483920", staff_number="s4839207")


def test_an_officer_chooses_the_pin_with_the_password(world: World) -> None:
    give_badge(world, "wing-officer", pin="")
    client = world.client("wing-officer")
    for wrong in (
        {"password": "not this one, surely", "pin": "705142", "again": "705142"},
        {"password": PASSWORD, "pin": "705142", "again": "705143"},
        {"password": PASSWORD, "pin": "123456", "again": "123456"},
    ):
        answer = client.post("/badge/", wrong)
        assert answer.status_code == 422
        assert PASSWORD not in answer.content.decode()
        assert badge_row(world)["pin"] == ""
    chosen = {"password": PASSWORD, "pin": "705142", "again": "705142"}
    assert client.post("/badge/", chosen).status_code == 302
    kept = badge_row(world)["pin"]
    assert kept.startswith("argon2")
    assert "705142" not in kept
    assert come(sit_at(world), pin="705142").status_code == 302


def test_nobody_sets_a_pin_without_a_badge(world: World) -> None:
    chosen = {"password": PASSWORD, "pin": "705142", "again": "705142"}
    assert world.client("wing-officer").post("/badge/", chosen).status_code == 422


# ---- The door ----


def test_badge_and_pin_open_a_known_desk(world: World) -> None:
    give_badge(world, "wing-officer")
    client = sit_at(world)
    assert 'name="badge"' in client.get("/sign-in/").content.decode()
    assert come(client).headers["Location"] == "/"
    assert "A. Wing Officer" in client.get("/").content.decode()
    through = world.owner.execute(
        "select through, locks_after, desk_id is not null from staff_signin"
    ).fetchone()
    assert through == ("badge", settings.DESK_LOCKS_AFTER, True)


@pytest.mark.parametrize("typed", ["KW7RM 2XH9C", "kw7rm2xh9c", " KW7RM-2xh9c"])
def test_a_code_is_read_however_it_is_typed(world: World, typed: str) -> None:
    give_badge(world, "wing-officer")
    assert come(sit_at(world), badge=typed).status_code == 302


def test_everywhere_else_a_password_is_asked(world: World) -> None:
    give_badge(world, "wing-officer")
    strange = Client()
    assert 'name="badge"' not in strange.get("/sign-in/").content.decode()
    assert NO_DESK in come(strange).content.decode()
    strange.cookies["daybook_desk"] = f"{a_desk(world)}:forged"
    assert NO_DESK in come(strange).content.decode()
    assert strange.get("/").status_code == 302


def test_a_desk_that_was_ended_is_as_any_browser(world: World) -> None:
    give_badge(world, "wing-officer")
    client = sit_at(world)
    world.owner.execute("update staff_desk set ended_at = now(), ended_by_id = made_by_id")
    assert NO_DESK in come(client).content.decode()


def test_every_refusal_reads_the_same(world: World) -> None:
    client = sit_at(world)
    said = {refusal(come(client))}
    give_badge(world, "wing-officer")
    said.add(refusal(come(client, pin="483921")))
    for changed in (
        "update staff_badge set wrong_pins = 5",
        "update staff_badge set wrong_pins = 0, pin = ''",
        "update staff_badge set withdrawn_at = now()",
        "update staff_badge set withdrawn_at = null; update staff_staff set is_active = false",
    ):
        world.owner.execute(changed)
        patient(world)
        said.add(refusal(come(client)))
    assert len(said) == 1
    assert NOT_THIS in said.pop()


def test_after_five_wrong_pins_the_password_is_asked(world: World) -> None:
    give_badge(world, "wing-officer")
    client = sit_at(world)
    for _ in range(WRONG_PINS):
        come(client, pin="483921")
        patient(world)
    assert NOT_THIS in come(client).content.decode()
    patient(world)
    with_password = {"username": "wing-officer", "password": PASSWORD}
    assert client.post("/sign-in/", with_password).status_code == 302
    client.post("/lock/")
    assert come(client).status_code == 302


def test_wrong_pins_are_slowed_and_each_is_in_the_log(world: World) -> None:
    give_badge(world, "wing-officer")
    client = sit_at(world)
    for _ in range(3):
        assert NOT_THIS in come(client, pin="483921").content.decode()
    assert TOO_OFTEN in come(client).content.decode()
    staff_key = world.owner.execute(
        "select key::text from staff_staff where username = 'wing-officer'"
    ).fetchone()
    noted = world.owner.execute(
        "select record from audit_entry where subject = 'badge refused at the office'"
    ).fetchall()
    assert noted == [staff_key] * 3
    world.owner.execute("update staff_tries set since = since - interval '1 minute'")
    assert come(client).status_code == 302


def test_a_code_that_nobody_has_waits_like_one_that_somebody_has(world: World) -> None:
    client = sit_at(world)
    answers = [come(client, badge="nobody-has").content.decode() for _ in range(4)]
    assert [TOO_OFTEN in answer for answer in answers] == [False, False, False, True]


def test_a_desk_slows_whoever_tries_one_badge_after_another(world: World) -> None:
    client = sit_at(world)
    answers = [come(client, badge=f"nobody-{n}").content.decode() for n in range(11)]
    assert [TOO_OFTEN in answer for answer in answers] == [False] * 10 + [True]
    other = sit_at(world, a_desk(world, "the servery"))
    assert TOO_OFTEN not in come(other).content.decode()


def test_wrong_pins_at_once_are_all_counted(world: World) -> None:
    give_badge(world, "wing-officer")

    def guess(number: int) -> bool:
        try:
            return opens(badge_with(BADGE), f"48392{number % 10}" if number else "111111")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as guesses:
        list(guesses.map(guess, [1] * 8))
    assert badge_row(world)["wrong_pins"] == WRONG_PINS
    assert not opens(badge_with(BADGE), PIN)


def test_neither_code_nor_pin_is_kept(world: World) -> None:
    give_badge(world, "wing-officer")
    come(sit_at(world), pin="483921")
    for table in ("staff_badge", "staff_tries", "audit_entry"):
        rows = str(world.owner.execute(f"select * from {table}").fetchall())
        assert not [typed for typed in (BADGE, "kw7rm2xh9c", PIN, "483921") if typed in rows]


# ---- Desks ----


def test_whoever_leads_makes_a_browser_a_desk_and_ends_it(world: World) -> None:
    give_badge(world, "wing-officer")
    client = world.client("head-of-unit")
    made = client.post("/desks/", {"name": "The office", "unit": world.units["a"]})
    cookie = made.cookies["daybook_desk"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    assert int(cookie["max-age"]) > timedelta(days=300).total_seconds()
    assert "The office" in client.get("/desks/").content.decode()
    client.post("/desks/", {"name": "The servery", "unit": world.units["a"]})
    listed = client.get("/desks/").content.decode()
    assert ("The servery" in listed, "The office" in listed) == (True, False)
    client.post("/sign-out/")
    assert come(client).status_code == 302
    desk = world.owner.execute("select key from staff_desk where ended_at is null").fetchone()[0]
    world.client("head-of-unit").post("/desks/end/", {"desk": desk})
    client.post("/sign-out/")
    assert NO_DESK in come(client).content.decode()


def test_a_desk_stands_on_one_s_own_units_only(world: World) -> None:
    theirs = a_desk(world, "theirs", unit="c")
    with world.viewing("head-of-unit") as viewer, pytest.raises(Cannot):
        make_desk(by=viewer, name="Mine", unit_id=world.units["c"])
    client = world.client("head-of-unit")
    assert client.post("/desks/end/", {"desk": theirs}).status_code == 404
    assert "theirs" not in client.get("/desks/").content.decode()
    with world.viewing("administrator") as viewer:
        end_desk(by=viewer, key=theirs)


@pytest.mark.parametrize("role", ["wing-officer", "governor", "oversight", "nobody"])
def test_nobody_else_sees_or_makes_desks(world: World, role: str) -> None:
    assert role not in {keeper.key for keeper in KEEPERS}
    client = world.client(role)
    assert client.get("/desks/").status_code == 404
    made = client.post("/desks/", {"name": "Mine", "unit": world.units["a"]})
    assert made.status_code == 404
    assert "/desks/" not in client.get("/").content.decode()


def refusal(answer: Any) -> str:
    html: str = answer.content.decode()
    return html[html.index('role="alert"') :].partition("</div>")[0]


def badge_row(world: World) -> dict[str, Any]:
    pin, wrong = world.owner.execute("select pin, wrong_pins from staff_badge").fetchone()
    return {"pin": pin, "wrong_pins": wrong}
