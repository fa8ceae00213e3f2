"""Every address that the house answers: opened by those it is for, and closed to everybody else.

Generated from the addresses themselves. A new one without a line in ``doors.DOORS`` fails here.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from daybook.foundation.access.roles import Reach, Role
from daybook.foundation.staff.models import Staff
from tests.paper import pages
from tests.security.doors import (
    DOORS,
    STAFF_ROLES,
    Given,
    everything,
    furnish,
    named_urls,
    takes,
    url,
)
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

EVERY_ROLE = pytest.mark.parametrize("role", STAFF_ROLES, ids=lambda role: role.key)
ABOUT = [name for name in DOORS if takes(name)]
IN_THE_DOOR = {
    "sign-in", "ask-for-key", "second-factor", "ask-for-second-key", "set-up-factor",
    "ask-for-first-key", "provider", "provider-back",
}  # fmt: skip
TELLS_OF_NOBODY = IN_THE_DOOR | {"alive", "ready", "carry:offline", "carry:worker"}
TELLS_OF_NOBODY |= {"equality:thanks"}
# These tell of somebody by a unit or a key, without a name: they note more than they name.
TELLS_WITHOUT_A_NAME = {"home", "breakglass:reviews", "contests:tell"}
OUT_OF_REACH = "Cem"
REACHES_NOBODY = {Reach.NONE}
ABOUT_NOBODY = {"channel", "day", "shift", "kind", "instrument", "tool", "item", "part"}
ABOUT_NOBODY |= {"dimension", "group", "laid_from"}
"""Keys that are the same in every prison."""
A_BROWSER = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def here(world: World) -> Given:
    """What is on wing a, which every role that reaches anybody reaches in ``small_world``."""
    world.add_staff("a-officer", "wing-officer", "personal-officer", unit="a")
    return furnish(
        world, "a", "Amir Kaya", officer="head-of-unit", second="a-officer", lead="case-lead"
    )


@pytest.fixture
def elsewhere(world: World) -> Given:
    """The same in another prison, which only those who look at the whole service reach."""
    for name in ("c-officer", "c-second"):
        world.add_staff(name, "wing-officer", "personal-officer", unit="c")
    world.add_staff("c-lead", "case-lead")
    return furnish(world, "c", "Cem Demir", officer="c-officer", second="c-second", lead="c-lead")


def test_every_address_has_a_line() -> None:
    assert named_urls().keys() == DOORS.keys()


@pytest.mark.slow
@EVERY_ROLE
def test_a_door_opens_for_those_it_is_for_and_leads_them_on(
    world: World, here: Given, role: Role
) -> None:
    client, wrong = world.client(role.key), []
    for name in ABOUT:
        for method, may in DOORS[name].asks():
            with transaction.atomic():
                answer = ask(client, method, name, here)
                if answer.status_code == 302:
                    led_to = client.get(answer["Location"], follow=True)
                    if led_to.status_code != 200:
                        wrong.append(f"{method} {name} leads to {answer['Location']}, not there")
                transaction.set_rollback(True)
            reaches = DOORS[name].office or role.reach not in REACHES_NOBODY
            expected = reaches and may(role)
            # Every form in ``DOORS`` is a good one: it is taken, and leads on.
            opens = {302} if method == "post" and not DOORS[name].file else {200, 302}
            if answer.status_code not in (opens if expected else {404}):
                wrong.append(f"{method} {name}: {answer.status_code}")
    assert wrong == []


@pytest.mark.slow
@EVERY_ROLE
def test_elsewhere_every_door_is_shut_and_says_nothing(
    world: World, here: Given, elsewhere: Given, role: Role
) -> None:
    client, wrong, before = world.client(role.key), [], everything(world)
    for name in ABOUT:
        for method, may in DOORS[name].asks():
            # Looking at the whole service is a way to read, never to write.
            looks = role.reach is Reach.SERVICE and method == "get"
            if not ((looks or DOORS[name].office) and may(role)):
                wrong += what_is_wrong(ask(client, method, name, elsewhere), f"{method} {name}")
    assert wrong == []
    assert everything(world) == before


@pytest.mark.slow
@EVERY_ROLE
def test_one_strange_key_among_ones_own_shuts_the_door(
    world: World, here: Given, elsewhere: Given, role: Role
) -> None:
    client, wrong, before = world.client(role.key), [], everything(world)
    for name, key in pairs_of_keys():
        if name == "cases:leave" and key == "member":
            continue  # Answers as for somebody who has left already; the tables stay as they are.
        for method, _may in DOORS[name].asks():
            answer = ask(client, method, name, here | {key: elsewhere[key]})
            wrong += what_is_wrong(answer, f"{method} {name} with a strange {key}")
    assert wrong == []
    assert everything(world) == before


@pytest.mark.slow
@EVERY_ROLE
def test_every_page_notes_exactly_those_whom_it_names(
    world: World, here: Given, elsewhere: Given, role: Role
) -> None:
    for name in ("Zoltan Quill", "Ignatius Veld"):
        world.add_person(name, "a")
    world.add_personal_officer("personal-officer", "Zoltan Quill")
    client, wrong, named = world.client(role.key), [], set[str]()
    for name, door in DOORS.items():
        if door.get is None or name in TELLS_OF_NOBODY:
            continue
        looked = world.owner.execute("select clock_timestamp()").fetchone()[0]
        answer = client.get(url(name, here), {"q": "z"})
        if answer.status_code == 200:
            shown, noted = people_on_page(world, answer), people_in_log(world, looked)
            named |= shown
            if shown != noted and not (name in TELLS_WITHOUT_A_NAME and shown < noted):
                wrong.append(f"{name} names {sorted(shown)} and notes {sorted(noted)}")
    assert wrong == []
    assert role.reach is Reach.SERVICE or OUT_OF_REACH not in named
    assert bool(named) is (role.reach not in REACHES_NOBODY)


def test_looking_changes_nothing_and_no_method_breaks_a_door(world: World, here: Given) -> None:
    client, wrong, before = world.client("head-of-unit"), [], everything(world)
    for name, door in DOORS.items():
        for method in ("get", "head", "options", "put", "patch", "delete"):
            status = client.generic(method.upper(), url(name, here)).status_code
            if status >= 500 or (door.get is None and status != 405):
                wrong.append(f"{method} {name}: {status}")
    assert wrong == []
    assert everything(world) == before


@pytest.mark.parametrize("how", [{}, {"HX-Request": "true"}])
def test_without_a_sign_in_every_door_asks_for_one(
    world: World, here: Given, how: dict[str, str]
) -> None:
    client, wrong, before = Client(headers=how), [], everything(world)
    for name in DOORS.keys() - TELLS_OF_NOBODY - {"sign-out"}:
        for method, _may in DOORS[name].asks():
            answer = ask(client, method, name, here)
            asked = answer.headers.get("HX-Redirect" if how else "Location", "")
            if not asked.startswith("/sign-in/?next=/") or answer.content:
                wrong.append(f"{method} {name}: {answer.status_code} {asked}")
    assert wrong == []
    assert everything(world) == before


def test_after_a_dead_session_one_comes_back_to_the_page_the_form_stood_on(
    world: World, here: Given
) -> None:
    client, page = Client(), url("reflections:written", here)
    answer = client.post(
        url("reflections:withdraw", here), headers={"Referer": f"http://testserver{page}?a=1"}
    )
    assert answer["Location"] == f"/sign-in/?next={page}%3Fa%3D1"
    elsewhere = client.post(
        url("reflections:reflect", here), headers={"Referer": "http://evil.example/trap/"}
    )
    assert elsewhere["Location"] == "/sign-in/?next=/"


@pytest.mark.slow
@EVERY_ROLE
def test_whoever_comes_to_a_button_s_address_without_it_is_led_on(
    world: World, here: Given, role: Role
) -> None:
    """A lock or a reload leaves one there; nobody who may press the button ends in a dead end."""
    client = world.client(role.key)
    dead = {
        name: answer.status_code
        for name, door in DOORS.items()
        if door.get is None and door.post and door.post(role)
        if (answer := client.get(url(name, here), headers=A_BROWSER, follow=True)).status_code
        != 200
    }
    assert dead == {}


def test_a_form_that_has_grown_old_leads_back_to_its_page(world: World, here: Given) -> None:
    client, page = Client(enforce_csrf_checks=True), url("safety:notes", here)
    client.force_login(Staff.objects.get(pk=world.staff["wing-officer"]))
    stale = client.post(
        url("safety:end-note", here),
        {"reason": "He asked."},
        headers={"Referer": f"http://testserver{page}"},
    )
    assert stale.status_code == 403
    assert f'href="{page}"' in stale.content.decode()
    from_nowhere = client.post(url("safety:end-note", here), {"reason": "He asked."})
    assert 'href="/"' in from_nowhere.content.decode()


# ---- How it is asked, and what is looked at ----


def ask(client: Client, method: str, name: str, given: Given) -> Any:
    send = DOORS[name].send(given) if method == "post" else {}
    return getattr(client, method)(url(name, given), send)


def pairs_of_keys() -> Iterator[tuple[str, str]]:
    """Each address that asks for several keys, with each key that may be somebody else's."""
    for name in ABOUT:
        keys = [key for key in takes(name) if key not in ABOUT_NOBODY]
        if len(keys) > 1:
            yield from ((name, key) for key in keys)


def what_is_wrong(answer: Any, asked: str) -> list[str]:
    wrong = [] if answer.status_code == 404 else [f"{asked}: {answer.status_code}"]
    return wrong + [f"{asked} says {OUT_OF_REACH}"] * bool(
        re.search(rf"\b{OUT_OF_REACH}\b", answer.content.decode())
    )


def people_on_page(world: World, answer: Any) -> set[str]:
    # The search page explains itself by an example of a name.
    on_paper = answer["Content-Type"] == "application/pdf"
    said = " ".join(pages(answer.content)) if on_paper else answer.content.decode()
    html = said.replace("finds Amir Kaya", "")
    # Whole words: a form's token is sixty-four letters, and three of them may spell a name.
    return {g for g in map(first_name, world.people) if re.search(rf"\b{g}\b", html)}


def people_in_log(world: World, since: Any) -> set[str]:
    rows = world.owner.execute(
        "select distinct unnest(people) from audit_entry where kind = 'consultation' and at > %s",
        [since],
    )
    noted = {key for (key,) in rows}
    return {first_name(name) for name, key in world.people.items() if key in noted}


def first_name(name: str) -> str:
    return name.partition(" ")[0]
