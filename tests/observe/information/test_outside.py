"""What is exchanged with outside services, as the desk, who leads and who inspects meet it."""

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from tests.security.doors import today
from tests.world import World

from .information_world import AMIR, dismiss, report
from .outside_world import ANSWERED, ASKED, LAW, answered, enquiry, old_enquiry

pytestmark = pytest.mark.django_db(transaction=True)

NOT_AT_THE_DESK = (
    "wing-officer", "head-of-unit", "duty-manager", "governor", "case-lead", "psychologist",
    "chaplain", "probation-officer", "source-custodian", "administrator",
)  # fmt: skip


def at(name: str, *args: Any) -> str:
    return reverse(f"information:{name}", args=args)


def read(world: World, address: str, who: str = "analyst") -> str:
    answer = world.client(who).get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def rows(world: World, statement: str, *args: Any) -> list[tuple[Any, ...]]:
    return world.owner.execute(statement, args).fetchall()


def a_question(**more: Any) -> dict[str, Any]:
    return {
        "key": new_key(), "way": "out", "agency": "Police, district north", "question": ASKED,
        "legal_basis": LAW, "due_on": today(14), "concern": "",
    } | more  # fmt: skip


# ---- Asking ----


def test_a_question_is_signed_once_and_logged_as_given_out(world: World) -> None:
    client, form = world.client("analyst"), a_question()
    for _tap in range(2):
        answer = client.post(at("enquire", world.people[AMIR]), form)
        assert answer["Location"] == at("enquiry", form["key"])
    assert rows(world, "select count(*) from information_enquiry") == [(1,)]
    assert rows(
        world,
        "select kind, recipient, reason, people from audit_entry"
        " where subject = 'question of outside services'",
    ) == [("disclosure", "Police, district north", LAW, [world.people[AMIR]])]
    shown = read(world, at("enquiries"))
    assert "we asked" in shown
    assert "asked today, expected in 14 days" in shown


def test_without_a_law_nothing_is_asked_and_nothing_typed_is_lost(world: World) -> None:
    client, address = world.client("analyst"), at("enquire", world.people[AMIR])
    answer = client.post(address, a_question(legal_basis=" "))
    said = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Write on which law it is asked." in said
    assert ASKED in said
    for due_on in (today(-1), today(400), "not a day"):
        assert client.post(address, a_question(due_on=due_on)).status_code == 422
    assert rows(world, "select count(*) from information_enquiry") == [(0,)]
    with pytest.raises(psycopg.errors.CheckViolation):
        old_enquiry(world, days=0, due=-3, legal_basis="")


def test_nobody_asks_about_somebody_out_of_reach(world: World) -> None:
    client = world.client("analyst")
    for person in (world.people["Cem Demir"], 987654321):
        address = at("enquire", person)
        assert client.get(address).status_code == 404
        assert client.post(address, a_question()).status_code == 404
    for who in (*NOT_AT_THE_DESK, "oversight"):
        address = at("enquire", world.people[AMIR])
        assert world.client(who).get(address).status_code == 404, who
        assert world.client(who).post(address, a_question()).status_code == 404, who
    assert rows(world, "select count(*) from information_enquiry") == [(0,)]


def test_it_is_asked_beside_a_concern_that_goes_on(world: World) -> None:
    concern, bao = report(world), report(world, by="b-officer", about="Bao Tran")
    address, client = at("enquire", world.people[AMIR]), world.client("analyst")
    offered = client.get(at("enquire-beside", concern)).content.decode()
    assert re.search(f'value="{concern}" selected', offered)
    assert str(bao) not in offered
    assert client.post(address, a_question(concern=bao)).status_code == 422
    dismiss(world, concern)
    answer = client.post(address, a_question(concern=concern))
    assert (answer.status_code, ASKED in answer.content.decode()) == (422, True)
    assert client.get(at("enquire-beside", concern)).status_code == 200
    for who in (*NOT_AT_THE_DESK, "oversight"):
        assert world.client(who).get(at("enquire-beside", concern)).status_code == 404, who


# ---- Answering ----


def test_an_answer_is_taken_down_once_with_its_conditions(world: World) -> None:
    key, client = enquiry(world), world.client("analyst")
    form = {"key": new_key(), "words": ANSWERED, "conditions": "For the desk alone."}
    for _tap in range(2):
        assert client.post(at("enquiry-answer", key), form)["Location"] == at("enquiry", key)
    second = client.post(at("enquiry-answer", key), form | {"key": new_key(), "words": "Other."})
    said = unescape(second.content.decode())
    assert second.status_code == 422
    assert "A. Analyst wrote this down today" in said
    assert ">\nOther.</textarea>" in said
    assert rows(world, "select words, conditions from information_answer") == [
        (ANSWERED, "For the desk alone.")
    ]
    shown = read(world, at("enquiries"))
    assert "Every question has its answer" in shown
    assert "answered" in shown


def test_what_we_answer_is_given_out_on_the_law_they_named(world: World) -> None:
    key = enquiry(world, "in", agency="Youth court")
    answered(world, key, "He is well.")
    assert rows(
        world,
        "select kind, recipient, reason from audit_entry where subject ~ 'of outside services'"
        " order by at",
    ) == [("collection", "", LAW), ("disclosure", "Youth court", LAW)]


def test_two_answer_at_once_and_one_is_kept(world: World) -> None:
    key, other = enquiry(world), "other-analyst"
    world.add_staff(other, "analyst", establishment="north")

    def reply(who: str) -> int:
        form = {"key": new_key(), "words": f"{who} heard this.", "conditions": ""}
        status = world.client(who).post(at("enquiry-answer", key), form).status_code
        connections.close_all()
        return int(status)

    with ThreadPoolExecutor(4) as threads:
        statuses = list(threads.map(reply, ["analyst", other] * 2))
    assert sorted(statuses) == [302, 422, 422, 422]
    assert rows(world, "select count(*) from information_answer") == [(1,)]


def test_what_came_of_it_flows_back_once(world: World) -> None:
    key, client = enquiry(world), world.client("analyst")
    form = {"key": new_key(), "words": "It was nothing; thank you."}
    assert client.post(at("enquiry-feedback", key), form).status_code == 422
    answered(world, key)
    assert "Tell them what came of it" in read(world, at("enquiry", key))
    assert client.post(at("enquiry-feedback", key), form).status_code == 302
    assert client.post(at("enquiry-feedback", key), form).status_code == 302
    assert client.post(at("enquiry-feedback", key), form | {"key": new_key()}).status_code == 422
    assert "We told them what came of it" in read(world, at("enquiry", key))
    told = "select kind, recipient from audit_entry where subject = 'what came of an answer'"
    assert rows(world, told) == [("disclosure", "Police, district north")]


def test_nothing_that_was_exchanged_changes(world: World) -> None:
    answered(world, enquiry(world))
    for table in ("enquiry", "answer"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            world.owner.execute(f"update information_{table} set written_at = now()")


def test_one_question_is_read_by_the_desk_and_by_who_inspects(world: World) -> None:
    key = enquiry(world)
    assert ASKED in read(world, at("enquiry", key))
    assert ASKED in read(world, at("enquiry", key), "oversight")
    assert "Sign their answer" not in read(world, at("enquiry", key), "oversight")
    form = {"key": new_key(), "words": ANSWERED, "conditions": ""}
    for who in (*NOT_AT_THE_DESK, "oversight"):
        client = world.client(who)
        if who != "oversight":
            assert client.get(at("enquiry", key)).status_code == 404, who
            assert client.get(at("enquiries")).status_code == 404, who
        assert client.post(at("enquiry-answer", key), form).status_code == 404, who
        assert client.post(at("enquiry-feedback", key), form).status_code == 404, who
        assert client.post(at("enquiry-lay", key), {"whence": "own"}).status_code == 404, who
    assert rows(world, "select count(*) from information_answer") == [(0,)]


def test_a_list_costs_the_same_for_one_and_for_many(
    world: World, django_assert_max_num_queries: Any
) -> None:
    client = world.client("analyst")
    enquiry(world)
    with django_assert_max_num_queries(30) as one:
        client.get(at("enquiries"))
    for name in ("Jonas Petit", "Bao Tran", AMIR):
        answered(world, enquiry(world, about=name))
        enquiry(world, about=name)
    with django_assert_max_num_queries(30) as many:
        client.get(at("enquiries"))
    assert len(many) <= len(one) + 1


# ---- Beside a concern ----


def laid(world: World, whence: str = "own") -> tuple[UUID, UUID]:
    concern = report(world)
    key = enquiry(world, concern=concern)
    answered(world, key, conditions="Not to be told to the person.")
    client = world.client("analyst")
    assert "Lay it beside the concern" in client.get(at("enquiry", key)).content.decode()
    for _tap in range(2):
        sent = client.post(at("enquiry-lay", key), {"whence": whence})
        assert sent["Location"] == at("enquiry", key)
    return concern, key


def test_an_answer_lies_beside_its_concern_once_as_what_an_agency_says(world: World) -> None:
    concern, key = laid(world)
    assert rows(
        world, "select concern_id, kind, agency, words, goes_back_to_report_id"
        " from information_account",
    ) == [(
        concern, "multi-agency", "Police, district north",
        f"{ANSWERED}\n\nOn condition: Not to be told to the person.", None,
    )]  # fmt: skip
    origins = rows(
        world, "select distinct origin from daybook.information_origins(%s)", [concern]
    )  # fmt: skip
    assert ("agency:police, district north",) in origins
    assert len(origins) == 2
    assert "it lies beside the concern" in read(world, at("enquiry", key))


def test_what_an_agency_has_from_us_counts_as_one_with_the_report(world: World) -> None:
    concern, _key = laid(world, whence="us")
    origins = rows(
        world, "select distinct origin from daybook.information_origins(%s)", [concern]
    )  # fmt: skip
    assert len(origins) == 1


def test_what_was_taken_back_is_not_laid_a_second_time(world: World) -> None:
    _concern, key = laid(world)
    world.owner.execute("update information_account set withdrawn_at = now()")
    again = world.client("analyst").post(at("enquiry-lay", key), {"whence": "own"})
    assert (again.status_code, "was taken back" in again.content.decode()) == (422, True)


def test_nothing_is_laid_beside_what_has_ended(world: World) -> None:
    concern = report(world)
    key = enquiry(world, concern=concern)
    answered(world, key)
    dismiss(world, concern)
    assert "Lay it beside the concern" not in read(world, at("enquiry", key))
    late = world.client("analyst").post(at("enquiry-lay", key), {"whence": "own"})
    assert (late.status_code, "nothing that ended goes on" in late.content.decode()) == (422, True)
    assert rows(world, "select count(*) from information_account") == [(0,)]


def test_only_an_answer_to_a_question_of_ours_beside_a_concern_is_laid(world: World) -> None:
    client = world.client("analyst")
    for key in (enquiry(world), enquiry(world, "in", concern=report(world))):
        answered(world, key)
        assert client.post(at("enquiry-lay", key), {"whence": "own"}).status_code == 404
    waits = enquiry(world, concern=report(world))
    assert client.post(at("enquiry-lay", waits), {"whence": "own"}).status_code == 404


# ---- Never answered ----


def test_who_leads_reads_what_was_never_answered_and_about_nobody(world: World) -> None:
    old_enquiry(world, days=45, due=30)
    old_enquiry(world, days=5, due=-9, agency="police, DISTRICT  north")
    old_enquiry(world, days=9, due=2, way="in", agency="Youth court")
    old_enquiry(world, days=500, due=400, agency="Long forgotten")
    answered(world, enquiry(world, agency="Helpful office"))
    for who in ("governor", "oversight", "analyst"):
        shown = read(world, at("unanswered"), who)
        assert "2 questions that we asked have no answer yet; 1 is past its day." in shown
        assert "1 question that we were asked has no answer yet; 1 is past its day." in shown
        assert "1 for more than 30 days" in shown
        for hidden in ("Amir", ASKED, "Long forgotten", "Helpful office"):
            assert hidden not in shown, who
    for who in ("wing-officer", "head-of-unit", "duty-manager", "case-lead", "source-custodian"):
        assert world.client(who).get(at("unanswered")).status_code == 404, who


def test_a_director_elsewhere_reads_of_their_own_place_only(world: World) -> None:
    old_enquiry(world, days=45, due=30)
    world.add_staff("south-governor", "governor", establishment="south")
    shown = read(world, at("unanswered"), "south-governor")
    assert "Every question that we asked in the last year has an answer." in shown
    assert "over a month" not in read(world, "/", "south-governor")


def test_the_governor_s_home_says_when_a_month_has_passed(world: World) -> None:
    line = "1 question to an outside service without an answer for over a month"
    old_enquiry(world, days=29, due=2)
    old_enquiry(world, days=60, due=20, way="in")
    assert "over a month" not in read(world, "/", "governor")
    old_enquiry(world, days=32, due=2)
    assert line in read(world, "/", "governor")
    assert "over a month" not in read(world, "/", "head-of-unit")


def test_being_asked_waits_at_the_desk_from_its_due_day(world: World) -> None:
    key = enquiry(world, "in", agency="Youth court", due_on=timezone.localdate())
    enquiry(world, "in", agency="Too early")
    enquiry(world, agency="Ours", due_on=timezone.localdate())
    home = read(world, "/")
    assert "A question of Youth court to answer" in home
    assert "A question of Too early" not in home
    assert "A question of Ours" not in home
    answered(world, key)
    assert "A question of Youth court" not in read(world, "/")
