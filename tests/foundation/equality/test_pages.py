"""The screen is handed over: nothing is chosen, nothing comes back, and it locks at the end."""

import re

import pytest
from django.test import Client

from daybook.foundation.equality.vocabulary import UNSAID, characteristics
from daybook.foundation.registry.keys import new_key
from tests.foundation.equality.equality_world import all_that_stands, declare, held
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def address(world: World, name: str = "Amir Kaya", more: str = "") -> str:
    return f"/people/{world.people[name]}/equality/{more}"


def answers(**said: str) -> dict[str, object]:
    return {"key": new_key(), **{f"say-{key}": word for key, word in said.items()}}


@pytest.fixture
def officer(world: World) -> Client:
    return world.client("personal-officer")


def test_saying_nothing_is_what_is_chosen_for_each_question(world: World, officer: Client) -> None:
    html = officer.get(address(world)).content.decode()
    chosen = re.findall(r'type="radio" name="(say-[\w-]+)" value="([\w-]*)"[^>]* checked', html)
    assert chosen == [(f"say-{each.key}", UNSAID) for each in characteristics()]
    assert len(chosen) == 7


def test_it_says_plainly_what_it_is_for_and_who_reads_it(world: World, officer: Client) -> None:
    html = officer.get(address(world)).content.decode()
    for sentence in (
        "Saying nothing is fine",
        "whether we treat everybody alike",
        "Nobody who works here can read what you say",
        "never a reason to watch you",
    ):
        assert sentence in html


def test_the_page_leads_nowhere_else(world: World, officer: Client) -> None:
    """Somebody in custody holds it: no link, no search, no list of anybody."""
    html = officer.get(address(world)).content.decode()
    body = html.partition("<body")[2]
    assert re.findall(r'<a [^>]*href="([^"]+)"', body) == ["#main"]
    actions = re.findall(r'<form[^>]*action="([^"]+)"', body)
    assert set(actions) == {"/lock/", address(world, more="take-back/")}


def test_what_is_said_stands_and_the_screen_is_locked(world: World, officer: Client) -> None:
    answer = officer.post(address(world), answers(belief="humanist", sex=UNSAID, disability="no"))
    assert answer["Location"] == "/equality/thanks/"
    assert "hand the screen back" in officer.get("/equality/thanks/").content.decode()
    assert held(world) == {"belief": "humanist", "disability": "no"}
    assert officer.get(f"/people/{world.people['Amir Kaya']}/")["Location"].startswith("/sign-in/")


def test_no_page_ever_shows_what_was_said_before(world: World, officer: Client) -> None:
    empty = officer.get(address(world)).content.decode()
    declare(world, world.people["Amir Kaya"], belief="sikh", orientation="same")
    again = officer.get(address(world)).content.decode()
    made_anew = re.compile(r'(name="(?:key|csrfmiddlewaretoken)" value=")[^"]+')
    assert made_anew.sub(r"\1", again) == made_anew.sub(r"\1", empty)


def test_what_is_said_now_takes_the_place_of_all_before(world: World, officer: Client) -> None:
    declare(world, world.people["Amir Kaya"], belief="sikh", sex="man")
    officer.post(address(world), answers(sex="another"))
    assert held(world) == {"sex": "another"}
    # What was said before is gone, and not only out of sight.
    assert [row[2] for row in all_that_stands(world)] == ["", "another", ""]


def test_all_of_it_is_taken_back_by_one_button(world: World, officer: Client) -> None:
    declare(world, world.people["Amir Kaya"], belief="sikh", sex="man")
    assert officer.post(address(world, more="take-back/")).status_code == 302
    assert held(world) == {}
    assert {row[2] for row in all_that_stands(world)} == {""}


def test_the_log_tells_neither_what_nor_whether_anything_was_said(world: World) -> None:
    def lines() -> list[tuple[object, ...]]:
        return world.owner.execute(
            "select subject, record, people, reason, kept_in from audit_entry"
            " where kind = 'collection' order by at"
        ).fetchall()

    for said in (answers(belief="jewish"), answers(), answers(belief="sikh", sex="man")):
        world.client("personal-officer").post(address(world), said)
    world.client("personal-officer").post(address(world, more="take-back/"))
    told = lines()
    assert len(told) == 4
    assert len({tuple(map(str, line)) for line in told}) == 1
    assert told[0][2] == [world.people["Amir Kaya"]]


@pytest.mark.parametrize(
    ("wrong", "status"), [("nobody-asks-so", 422), ("x" * 300, 422), ("\0", 422)]
)
def test_an_answer_that_nobody_offered_is_refused_in_words(
    world: World, officer: Client, wrong: str, status: int
) -> None:
    answer = officer.post(address(world), answers(belief=wrong, sex="woman"))
    assert answer.status_code == status
    assert "Choose one of these." in answer.content.decode()
    assert all_that_stands(world) == []


@pytest.mark.parametrize("who", ["oversight", "data-protection-officer", "analyst", "governor",
                                 "case-lead", "psychologist", "b-officer"])  # fmt: skip
def test_the_page_is_absent_for_everybody_else(world: World, who: str) -> None:
    client = world.client(who)
    assert client.get(address(world)).status_code == 404
    assert client.post(address(world, more="take-back/")).status_code == 404


def test_a_second_tap_changes_nothing(world: World) -> None:
    said = answers(sex="woman")
    for _ in range(2):
        world.client("personal-officer").post(address(world), said)
    assert len(all_that_stands(world)) == 1
