"""An observation is written, read by one custodian, answered in words that name nobody."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from daybook.foundation.access.roles import ROLES, Compartment, Right
from tests.world import World

from .conduct_world import FACT, add_observation, add_outcome, said

pytestmark = pytest.mark.django_db(transaction=True)

CUSTODIAN = "complaints-custodian"


def write(world: World, by: str = "wing-officer", **more: Any) -> Any:
    return world.client(by).post(reverse("conduct:tell"), said(world, **more))


def page(world: World, who: str, name: str, *args: Any) -> str:
    answer = world.client(who).get(reverse(f"conduct:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def rows(world: World, columns: str, table: str = "conduct_observation") -> list[Any]:
    return world.owner.execute(f"select {columns} from {table} order by 1").fetchall()


# ---- Writing ----


def test_what_an_officer_signs_waits_for_the_custodian(world: World) -> None:
    assert write(world)["Location"] == reverse("conduct:mine")
    assert rows(world, "about_id, fact, written_by_id") == [
        (world.staff["b-officer"], FACT, world.staff["wing-officer"])
    ]
    assert FACT in page(world, "wing-officer", "mine")
    key = rows(world, "id")[0][0]
    assert str(key) in page(world, CUSTODIAN, "received")
    assert FACT in page(world, CUSTODIAN, "received-one", key)


def test_the_custodian_hears_only_that_something_waits(world: World) -> None:
    key = said(world)["key"]
    for _ in range(2):
        write(world, key=key)
    told = rows(world, "staff_id, kind, path, person_id, once", "duties_notice")
    assert told == [(world.staff[CUSTODIAN], "custodian", "/conduct/received/", None, "")]
    html = world.client(CUSTODIAN).get("/notices/").content.decode()
    assert "Something waits for the custodian" in html
    assert FACT not in html


def test_the_page_says_first_who_reads_it_and_what_to_do_in_danger(world: World) -> None:
    html = page(world, "wing-officer", "tell")
    assert html.index("tell the duty manager at once") < html.index('<form method="post" novalid')
    assert "A. Complaints Custodian" in html


def test_no_name_of_anybody_in_custody_stands_on_the_form(world: World) -> None:
    html = page(world, "wing-officer", "tell")
    assert not any(name.split()[0] in html for name in world.people)


def test_a_number_names_somebody_in_reach_and_nobody_else(world: World) -> None:
    for number, name in (("A1", "Amir Kaya"), ("B1", "Bao Tran")):
        world.insert(
            "people_identifier", person_id=world.people[name], system="prison", number=number
        )
    strange = write(world, number="B1")
    assert strange.status_code == write(world, number="nobody").status_code == 422
    assert FACT in strange.content.decode()
    assert write(world, number=" A1 ").status_code == 302
    assert rows(world, "person_id") == [(world.people["Amir Kaya"],)]
    key = rows(world, "id")[0][0]
    assert "Amir Kaya" in page(world, CUSTODIAN, "received-one", key)
    assert "Amir Kaya" in page(world, "wing-officer", "mine")


@pytest.mark.parametrize(
    "wrong",
    [
        {"about": ""}, {"fact": " "}, {"place": ""}, {"seen_on": "2999-01-01"},
        {"seen_on": "1999-01-01"}, {"establishment": "99"}, {"about": "99999"}, {"key": "x"},
        {"about_words": "x" * 201}, {"fact": "x" * 3001},
    ],
)  # fmt: skip
def test_what_can_t_be_is_said_and_nothing_typed_is_lost(
    world: World, wrong: dict[str, str]
) -> None:
    answer = write(world, **wrong)
    assert answer.status_code == 422
    assert "the twos, 07:45" in answer.content.decode() or "place" in wrong
    assert rows(world, "id") == []


def test_words_for_somebody_unknown_are_enough(world: World) -> None:
    assert write(world, about="", about_words="two of the late shift").status_code == 302


def test_one_may_not_write_about_oneself_nor_where_nobody_else_would_read_it(world: World) -> None:
    assert write(world, about=world.staff["wing-officer"]).status_code == 422
    world.assign(world.staff[CUSTODIAN], "activity-staff", unit="a")
    refused = write(world, about=world.staff[CUSTODIAN])
    assert refused.status_code == 422
    assert "Tell the oversight body instead" in refused.content.decode()
    world.add_staff("second", CUSTODIAN)
    assert write(world, about=world.staff[CUSTODIAN]).status_code == 302
    key = rows(world, "id")[0][0]
    assert FACT in page(world, "second", "received-one", key)
    address = reverse("conduct:received-one", args=[key])
    assert world.client(CUSTODIAN).get(address).status_code == 404


def test_a_key_of_somebody_else_s_is_answered_as_if_it_were_not_there(world: World) -> None:
    key = add_observation(world, by="case-lead")
    assert write(world, key=str(key)).status_code == 404
    assert len(rows(world, "id")) == 1


@pytest.mark.parametrize("role", ROLES)
def test_who_opens_what(world: World, role: str) -> None:
    if role == "clerk":
        pytest.skip("Nobody signs in as Daybook itself.")
    key, client = add_observation(world), world.client(role)
    writes = Right.WRITE in ROLES[role].rights.get(Compartment.COMPLAINTS, ())
    expected = {
        "tell": writes,
        "mine": writes,
        "received": role == CUSTODIAN,
        "received-one": role == CUSTODIAN,
        "outcomes": role in {"governor", "oversight"},
    }
    for name, opens in expected.items():
        address = reverse(f"conduct:{name}", args=[key] if name == "received-one" else [])
        answer = client.get(address)
        assert answer.status_code == (200 if opens else 404), name
        if role not in {CUSTODIAN, "wing-officer"}:
            assert FACT not in answer.content.decode()
    assert ('href="/conduct/"' in client.get("/").content.decode()) is writes


# ---- Answering ----


def answer_it(world: World, key: Any, words: str, by: str = CUSTODIAN) -> Any:
    return world.client(by).post(reverse("conduct:close", args=[key]), {"words": words})


def test_it_arrives_is_answered_once_and_the_writer_reads_it(world: World) -> None:
    key, words = add_observation(world), "We spoke about how doors are opened."
    assert "not opened yet" in page(world, "wing-officer", "mine")
    assert answer_it(world, key, words).status_code == 422
    arrived = reverse("conduct:receive", args=[key])
    for _ in range(2):
        assert world.client(CUSTODIAN).post(arrived).status_code == 302
    assert "arrived with the custodian" in page(world, "wing-officer", "mine")
    assert words not in page(world, "governor", "outcomes")
    for _ in range(2):
        assert answer_it(world, key, words).status_code == 302
    assert answer_it(world, key, "Something else.").status_code == 422
    for who, where in (
        ("wing-officer", "mine"),
        ("governor", "outcomes"),
        ("oversight", "outcomes"),
    ):
        assert words in page(world, who, where)
    for who in ("governor", "oversight"):
        html = page(world, who, "outcomes")
        assert words in html
        assert FACT not in html
        assert "B Officer" not in html
        assert "Wing Officer" not in html


@pytest.mark.parametrize("name", ["Officer", "Alex", "Kaya", "Amir"])
def test_an_answer_names_nobody(world: World, name: str) -> None:
    key = add_observation(world, person_id=world.people["Amir Kaya"])
    add_outcome(world, key)
    refused = answer_it(world, key, f"We spoke with {name}, who understood.")
    assert refused.status_code == 422
    assert "These words name" in refused.content.decode()
    assert rows(world, "words, closed_at", "conduct_outcome") == [("", None)]


def test_nobody_else_answers(world: World) -> None:
    key = add_observation(world)
    add_outcome(world, key)
    for who in ("governor", "wing-officer", "oversight", "data-protection-officer"):
        assert answer_it(world, key, "Done.", by=who).status_code == 404
        arrived = reverse("conduct:receive", args=[key])
        assert world.client(who).post(arrived).status_code == 404


# ---- The log, and how much is asked of the database ----


def test_the_log_keeps_who_read_it_and_names_nobody(world: World) -> None:
    key = add_observation(world, person_id=world.people["Amir Kaya"])
    write(world)
    page(world, "wing-officer", "mine")
    page(world, CUSTODIAN, "received")
    page(world, CUSTODIAN, "received-one", key)
    world.client(CUSTODIAN).post(reverse("conduct:receive", args=[key]))
    answer_it(world, key, "We spoke about it.")
    log = world.owner.execute(
        "select kind, subject, record, people, reason from audit_entry"
        " where subject like '%conduct%' order by at, id"
    ).fetchall()
    assert ("consultation", "conduct", str(key), [], "") in log
    assert {kind for kind, *_ in log} == {"collection", "consultation", "alteration"}
    assert all(people == [] and reason == "" for *_, people, reason in log)
    everything = world.owner.execute("select string_agg(e::text, ' ') from audit_entry e")
    said_there = everything.fetchone()[0]
    assert "quetzalcoatl" not in said_there
    assert "Officer" not in said_there


@pytest.mark.parametrize(("who", "name"), [("wing-officer", "mine"), (CUSTODIAN, "received")])
def test_a_list_asks_as_much_for_one_as_for_many(world: World, who: str, name: str) -> None:
    client, address = world.client(who), reverse(f"conduct:{name}")
    add_observation(world, person_id=world.people["Amir Kaya"])
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _ in range(4):
        add_outcome(world, add_observation(world), "We spoke about it.")
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(one)
