"""Whatever comes in: plain words, nothing lost, nothing half done, and never a broken page."""

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connections, transaction
from django.test import Client

from daybook.foundation.registry.keys import new_key
from tests.security.doors import DOORS, Given, everything, furnish, takes, today, url
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

GARBLED: dict[str, Any] = {
    "nothing": "", "a zero byte": "a\0b", "only a zero byte": "\0",
    "too many letters": "x" * 30_000, "beyond a plane": "\U0010ffff", "two at once": ["1", "2"],
    "forty nines": "9" * 40, "below nothing": "-1", "not a number": "NaN", "a fraction": "1e9",
    "turned round": "\u202egnorw\u2066",
    "nobody's key": "00000000-0000-0000-0000-000000000000", "the last day": "9999-12-31",
    "the first day": "0001-01-01", "before the first": "0001-01-01T00:00:00+14:00",
    "after the last": "9999-12-31T23:59:59-14:00", "no such day": "2026-13-45T25:61",
    "a day without a zone": "2026-01-01T10:00",
    "a statement": "'; drop table people_person; select pg_sleep(9); --",
    "a template": "{{ 7|add:35 }}{% debug %}{% include '/etc/passwd' %}",
    "markup": "<svg onload=x>",
    "a formula": "=HYPERLINK(\"http://evil.example\")", "deep JSON": "[" * 10_000,
}  # fmt: skip
IN_AN_ADDRESS = (
    "a zero byte", "forty nines", "turned round", "before the first", "after the last",
    "no such day", "a day without a zone",
)  # fmt: skip
WORDS = (
    "\u202eright to left\u202c", "\u2066isolated", "a\u0301\u0301\u0301", "שלום <b>", "مرحبا",
    "👩‍👩‍👧‍👦", "tab\tand\r\nline", "<script>alert(1)</script>", "{{ 7 }}{% now %}", "%(x)s {0}",
)  # fmt: skip
ASKED = ("channel", "show", "before", "day", "q", "next", "page")
ANSWERS = {200, 204, 302, 404, 409, 422}


@pytest.fixture
def here(world: World) -> Given:
    world.add_staff("a-officer", "wing-officer", "personal-officer", unit="a")
    return furnish(
        world, "a", "Amir Kaya", officer="head-of-unit", second="a-officer", lead="case-lead"
    )


@pytest.fixture
def client(world: World) -> Client:
    return world.client("head-of-unit")


def whoever_may(world: World, name: str) -> Client:
    office = {
        "conduct:receive": "complaints-custodian",
        "conduct:close": "complaints-custodian",
        "retention:hold": "governor",
        "information:counts-csv": "governor",
        **dict.fromkeys(
            (
                "information:grade",
                "information:levels",
                "information:basis",
                "information:weigh",
                "information:keep",
                "information:dismiss",
                "information:join",
                "information:ask",
                "information:copy",
                "information:lay",
                "information:told",
            ),
            "analyst",
        ),
        **dict.fromkeys(
            (
                "information:report",
                "information:report-on",
                "information:offer",
                "information:offer-on",
            ),
            "wing-officer",
        ),
        "information:rest-on": "case-lead",
        "training:who-is-trained": "training-unit",
        "training:take-back": "training-unit",
        "reviews:blind-spot": "head-of-unit",
        "contests:tell": "data-protection-officer",
        "disclosures:about": "data-protection-officer",
        "safety:on-duty": "duty-manager",
        "safety:end-turn": "duty-manager",
        "confidences:name-source": "wing-officer",
        "confidences:ask": "head-of-unit",
        "confidences:ask-source": "head-of-unit",
        "information:enquire": "analyst",
        "information:enquire-beside": "analyst",
        "information:enquiry-answer": "analyst",
        "information:enquiry-feedback": "analyst",
        "information:enquiry-lay": "analyst",
        "information:urge": "analyst",
        "information:protect": "duty-manager",
    }
    rooms = dict.fromkeys(("cases", "assessments", "reviews"), "case-lead")
    rooms["confidences"] = "chaplain"
    usual = rooms.get(name.partition(":")[0], "head-of-unit")
    return world.client(office.get(name, usual))


# ---- Addresses ----


@pytest.mark.slow
@pytest.mark.parametrize("role", ["head-of-unit", "case-lead", "oversight"])
def test_a_garbled_question_in_an_address_breaks_no_page(
    world: World, here: Given, role: str
) -> None:
    client, broken = world.client(role), []
    for name, door in DOORS.items():
        if door.get:
            for what in IN_AN_ADDRESS:
                asked = "&".join(f"{each}={quote(GARBLED[what])}" for each in ASKED)
                answer = client.get(f"{url(name, here)}?{asked}&%ED%A0%80=%FF")
                if answer.status_code not in ANSWERS:
                    broken.append(f"{name} asked with {what}: {answer.status_code}")
    assert broken == []


@pytest.mark.parametrize("number", ["9223372036854775808", "9" * 30, "9" * 5000, "0"])
def test_a_number_that_nobody_has_is_absent(world: World, here: Given, number: str) -> None:
    for role in ("head-of-unit", "oversight", "administrator"):
        client = world.client(role)
        for name in (name for name in DOORS if "person" in takes(name)):
            address = url(name, here | {"person": "1"}).replace("/1/", f"/{number}/")
            for method, _may in DOORS[name].asks():
                assert getattr(client, method)(address).status_code == 404, (role, address)


# ---- Forms ----


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name, door in DOORS.items() if name not in
                                  {"sign-out", "sign-in"} and door.post])  # fmt: skip
def test_one_garbled_answer_breaks_no_form(world: World, here: Given, name: str) -> None:
    client, good = whoever_may(world, name), DOORS[name].send(here) | FURTHER.get(name, {})
    broken = []
    for field in good:
        for what, words in GARBLED.items():
            with transaction.atomic():
                answer = client.post(url(name, here), good | {field: words})
                transaction.set_rollback(True)
            if answer.status_code not in ANSWERS:
                broken.append(f"{field} with {what}: {answer.status_code}")
    assert broken == []


FURTHER: dict[str, Given] = {
    "reflections:reflect": {
        "day": "", "difference": "clearly", "way": "less", "of_what": "", "leaning": "",
        "setting": "", "circumstances": "visit", "reading": "", "own_words": "", "own_mark": "",
        "response": "", "opening": "", "then": "", "step-mood": "1",
    },
    "reflections:usual": {"signs-TOTAL_FORMS": "1", "signs-0-sign": "a", "signs-0-response": "b"},
    "reflections:told": {"with_interpreter": "on", "objects": ""},
    "reflections:nothing-new": {"talk": "", "nothing-new": ""},
}  # fmt: skip


def test_days_at_the_end_of_the_calendar_are_refused_in_words(here: Given, client: Client) -> None:
    end = {"first": "9999-12-20", "last": "9999-12-31"}
    answer = client.post(url("people:cover", here), DOORS["people:cover"].send(here) | end)
    assert "Choose a day within a year." in answer.content.decode()
    much_later = DOORS["reflections:discuss"].send(here) | {"due_on_1": "9999-12-31"}
    answer = client.post(url("reflections:discuss", here), much_later)
    assert (answer.status_code, "within a year" in answer.content.decode()) == (422, True)


def test_tomorrow_is_written_tomorrow(here: Given, client: Client) -> None:
    for name, field in (
        ("reflections:reflect", "day"), ("reflections:told", "on"),
        ("reflections:offer-trust", "on"), ("reflections:trust-step", "on"),
    ):  # fmt: skip
        send = DOORS[name].send(here) | {field: today(1)}
        page = client.post(url(name, here), send).content.decode()
        assert "That day is still to come." in page, name


@pytest.mark.parametrize("words", WORDS)
def test_words_of_every_direction_come_back_as_they_were_typed(
    world: World, here: Given, client: Client, words: str
) -> None:
    said = DOORS["reflections:reflect"].send(here) | {"seen_heard": words}
    client.post(url("reflections:reflect", here), said)
    page = client.get(url("reflections:person", here)).content.decode()
    seen = world.owner.execute(
        "select seen_heard from reflections_reflection where id = %s", [said["key"]]
    )
    assert seen.fetchall() == [(words.replace("\r\n", "\n"),)]
    for line in words.splitlines():
        assert line in unescape(page)
    assert "<script>alert" not in page


def test_a_megabyte_is_refused_with_its_length_and_comes_back(here: Given, client: Client) -> None:
    note = "x" * 1_000_000
    page = client.post(
        url("reflections:reflect", here), {"key": new_key(), "contact": "talk", "seen_heard": note}
    ).content.decode()
    assert "1,000,000 characters" in page
    assert note in page


@pytest.mark.parametrize("how", ["in one field", "in thousands of fields"])
def test_more_than_can_be_read_gets_a_plain_page(
    world: World, here: Given, client: Client, how: str
) -> None:
    much = (
        {"seen_heard": "x" * 5_000_000}
        if how == "in one field"
        else dict.fromkeys(map(str, range(5000)), "1")
    )
    client.raise_request_exception = False
    answer = client.post(url("reflections:reflect", here), much)
    page = answer.content.decode()
    assert (answer.status_code, "too long to be saved at once" in page) == (413, True)
    assert "<nav" not in page or "Bad Request" not in page


def test_what_no_browser_sends_gets_a_plain_page(here: Given, client: Client) -> None:
    client.raise_request_exception = False
    for body, kind in (
        (b"garbage", "multipart/form-data"),
        (b"a=1", "application/x-www-form-urlencoded; charset=utf-16"),
    ):
        answer = client.post(url("reflections:reflect", here), body, content_type=kind)
        assert answer.status_code == 400
        assert "could not be read" in answer.content.decode()
    elsewhere = client.get("/", headers={"host": "evil.example"})
    assert (elsewhere.status_code, "evil" in elsewhere.content.decode()) == (400, False)


@pytest.mark.parametrize("cookie", ["\x00", "x" * 5000, "é", "../../etc", "0" * 32])
def test_a_made_up_session_is_nobody_s(world: World, cookie: str) -> None:
    client = Client()
    client.cookies["sessionid"] = cookie
    assert client.get("/my-people/")["Location"].startswith("/sign-in/")


# ---- Again, and at once ----

# They answer otherwise than by leading on, or need more than stands here; each has its own tests.
TAPPED_ELSEWHERE = {
    "sign-in", "sign-out", "reflections:sealed", "cases:looks-on-inquiry", "carry:arrive",
    "still-here", "my-badge", "desks", "end-desk", "shifts:last-note", "ask-for-key",
    "ask-for-second-key", "ask-for-first-key",
    "ask-for-new-key", "prove", "end-sign-in", "access:approve", "breakglass:review",
    "retention:due", "retention:holds", "retention:periods",
    "information:counts-csv",
    # Nothing stands out in this world; ``tests/observe/information/test_fairness.py`` taps twice.
    "information:fairness-answer",
    "disclosures:ask", "disclosures:asked", "disclosures:data", "disclosures:paper",
}  # fmt: skip
REPEATABLE = sorted(
    name for name, door in DOORS.items() if door.post and name not in TAPPED_ELSEWHERE
)


@pytest.mark.slow
@pytest.mark.parametrize("name", REPEATABLE)
def test_a_second_tap_changes_nothing_more(world: World, here: Given, name: str) -> None:
    client, send = whoever_may(world, name), DOORS[name].send(here)
    assert client.post(url(name, here), send).status_code == 302
    once = everything(world)
    again = client.post(url(name, here), send)
    assert again.status_code in ANSWERS
    assert everything(world) == once


def at_once(*requests: tuple[Client, str, Given]) -> list[int]:
    """Send them from as many threads; the statuses."""

    def send(request: tuple[Client, str, Given]) -> int:
        try:
            client, address, said = request
            return client.post(address, said).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(requests)) as threads:
        return list(threads.map(send, requests))


@pytest.mark.slow
@pytest.mark.parametrize("name", REPEATABLE)
def test_four_taps_at_one_moment_are_one(world: World, here: Given, name: str) -> None:
    send = DOORS[name].send(here)
    clients = [whoever_may(world, name) for _ in range(4)]
    statuses = at_once(*[(client, url(name, here), send) for client in clients])
    assert set(statuses) <= ANSWERS
    together = everything(world)
    clients[0].post(url(name, here), send)
    assert everything(world) == together
    (most,) = world.owner.execute(
        "select max(n) from (select count(*) n from audit_entry"
        " where kind = 'collection' and record <> '' group by record, subject) once"
    ).fetchone()
    assert most in (None, 1)


def hidden(page: str) -> Given:
    return {
        name: unescape(value)
        for name, value in re.findall(r'type="hidden" name="([^"]+)"(?: value="([^"]*)")?', page)
        if name != "csrfmiddlewaretoken"
    }


def test_two_officers_write_the_units_day_and_neither_loses_a_word(
    world: World, here: Given
) -> None:
    first, second = world.client("head-of-unit"), world.client("wing-officer")
    address = url("reflections:unit-day", here)
    pages = [hidden(each.get(address).content.decode()) for each in (first, second)]
    day = {"staff_needed": "4", "hours_locked_down": "", "hours_out": "", "feast": ""}
    first.post(
        address, pages[0] | day | {"staff_present": "3", "incident": "Water off", "event": ""}
    )
    second.post(address, pages[1] | day | {"staff_present": "", "incident": "", "event": "A match"})
    (kept,) = world.owner.execute(
        "select staff_present, incident, event, staff_needed from places_unitday"
    ).fetchall()
    assert kept == (3, "Water off", "A match", 4)


def test_two_officers_say_how_trust_goes_and_the_second_reads_the_first(
    world: World, here: Given
) -> None:
    first, second = world.client("head-of-unit"), world.client("wing-officer")
    address = url("reflections:trust-step", here)
    first.post(address, {"answer": "taken", "on": today(), "note": ""})
    pages = [hidden(each.get(address).content.decode()) for each in (first, second)]
    going = {"answer": "going-on", "on": today()}
    assert first.post(address, pages[0] | going | {"note": "Keys back."}).status_code == 302
    answer = second.post(address, pages[1] | going | {"note": "Late once."})
    page = answer.content.decode()
    assert (answer.status_code, "Keys back." in page, "Late once." in page) == (422, True, True)
    assert second.post(address, hidden(page) | going | {"note": "Both."}).status_code == 302


def test_whoever_closes_second_learns_that_their_words_are_not_in_the_minutes(
    world: World, here: Given
) -> None:
    address, said = (
        url("reflections:close-meeting", here),
        DOORS["reflections:close-meeting"].send(here),
    )
    world.client("head-of-unit").post(address, said)
    again = world.client("head-of-unit").post(address, said, follow=True).content.decode()
    assert "not in its minutes" not in again
    other = said | {"how_we_are": "Glad."}
    late = world.client("wing-officer").post(address, other, follow=True).content.decode()
    assert "not in its minutes" in late


# ---- Headers ----


def test_pages_take_nothing_from_outside_and_are_kept_nowhere(here: Given, client: Client) -> None:
    for answer in (client.get(url("reflections:person", here)), Client().get("/sign-in/")):
        rules = answer["Content-Security-Policy"]
        assert "default-src 'none'" in rules
        assert "unsafe" not in rules
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
        allowed = dict(each.split("=") for each in answer["Permissions-Policy"].split(", "))
        keys = {"publickey-credentials-create", "publickey-credentials-get"}
        assert {name for name, who in allowed.items() if who != "()"} == keys
        assert {"camera", "microphone", "geolocation", "payment", "usb"} <= allowed.keys()
        assert not re.search(
            r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=", answer.content.decode()
        )


def test_nothing_is_shown_of_how_daybook_is_made_unless_asked_for() -> None:
    # Django's own settings object is told by the test runner; the module says what ships.
    from daybook.config import settings as shipped

    assert shipped.DEBUG is False
    assert shipped.SESSION_COOKIE_HTTPONLY
    assert shipped.SESSION_COOKIE_SAMESITE == "Strict"


def test_an_address_that_only_takes_a_button_says_so(world: World) -> None:
    case = world.cases["Amir Kaya"]
    answer = world.client("case-lead").get(f"/cases/{case}/hand-over/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "There is nothing to read at this address" in answer.content.decode()
    assert 'href="/"' in answer.content.decode()
