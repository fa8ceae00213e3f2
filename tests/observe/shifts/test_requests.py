"""Asked and promised: from the asking to the answer, on every page, by two at once."""

import threading
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, connections
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key
from daybook.foundation.registry.providers import aside, due
from daybook.observe.shifts.actions.requests import take_step, write_request
from daybook.observe.shifts.queries import requests as queries
from daybook.observe.shifts.vocabulary import Step

from .shift_world import add_request, add_step, move

pytestmark = pytest.mark.django_db(transaction=True)


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def ask(world, by="wing-officer", person="Amir Kaya", **said):
    url = reverse("shifts:asked-by", args=[world.people[person]])
    return world.client(by).post(
        url,
        {"key": str(new_key()), "asked": "A call with my mother", "asked_on": today(),
         "promised_by": "", "due_on": ""} | said,
    )  # fmt: skip


def answer(world, request, kind, by="wing-officer", seen=0, **said):
    url = reverse("shifts:request", args=[request])
    return world.client(by).post(
        url, {"key": str(new_key()), "seen": seen, "kind": kind, "words": ""} | said
    )


def page(world, url, by="wing-officer"):
    return world.client(by).get(url).content.decode()


def list_of(world, unit="a", by="wing-officer"):
    return page(world, reverse("shifts:asked", args=[unit]), by)


def only_request(world):
    return world.owner.execute("select id from shifts_request").fetchone()[0]


def test_a_promise_is_made_handed_on_and_kept_and_the_trust_shows(world):
    officer, second = world.staff["wing-officer"], world.staff["personal-officer"]
    sent = ask(world, promised_by=officer, due_on=today(1))
    assert sent.status_code == 302
    request = only_request(world)
    assert "A. Wing Officer promised, due tomorrow" in list_of(world)
    handed = answer(world, request, "handed-on", seen=1, promised_by=second, due_on=today(2))
    assert handed.status_code == 302
    assert "A. Personal Officer promised" in list_of(world)
    kept = answer(world, request, "kept", by="personal-officer", seen=2, words="They spoke long.")
    assert kept.status_code == 302
    assert "Amir" not in list_of(world)
    person = page(world, reverse("reflections:person", args=[world.people["Amir Kaya"]]))
    assert "Promise kept." in person
    assert "They spoke long." in person
    with world.viewing("wing-officer") as viewer:
        said = [
            line
            for provider in aside
            for each in provider(viewer=viewer, person_id=world.people["Amir Kaya"])
            for line in each.lines
        ]
    assert "Promise kept: “A call with my mother”" in said


def test_a_no_has_a_reason_and_keeps_the_name_on_the_list_until_it_is_told(world):
    request = add_request(world)
    without = answer(world, request, "no")
    assert without.status_code == 422
    assert "Say why" in without.content.decode()
    assert answer(world, request, "no", words="No line is free.").status_code == 302
    assert "Not told yet." in list_of(world)
    assert answer(world, request, "told", seen=1).status_code == 302
    assert "Amir" not in list_of(world)


def test_a_no_that_was_told_at_once_is_done_with(world):
    request = add_request(world)
    answer(world, request, "cannot", words="The workshop is closed.", told="on")
    assert "Amir" not in list_of(world)
    kinds = world.owner.execute("select kind from shifts_requeststep order by number").fetchall()
    assert kinds == [("cannot",), ("told",)]


def test_what_can_t_be_is_said_and_nothing_typed_is_lost(world):
    for said in (
        {"promised_by": world.staff["wing-officer"], "due_on": ""},
        {"promised_by": world.staff["wing-officer"], "due_on": today(-1)},
        {"promised_by": "", "due_on": today(1)},
        {"asked_on": today(1)},
        {"asked": ""},
    ):
        sent = ask(world, **{"asked": "Bread without nuts"} | said)
        assert sent.status_code == 422, said
        assert said.get("asked") == "" or "Bread without nuts" in sent.content.decode()
    with world.viewing("wing-officer") as viewer, pytest.raises(Cannot):
        write_request(
            by=viewer, person_id=world.people["Amir Kaya"], key=new_key(), asked="Bread",
            asked_on=today(), promised_by=world.staff["b-officer"], due_on=today(1),
        )  # fmt: skip
    assert world.owner.execute("select count(*) from shifts_request").fetchone() == (0,)


def test_a_second_tap_finds_the_first(world):
    key = str(new_key())
    for _tap in range(2):
        assert ask(world, key=key).status_code == 302
    request = only_request(world)
    step = str(new_key())
    for _tap in range(2):
        sent = answer(
            world, request, "promised", key=step,
            promised_by=world.staff["wing-officer"], due_on=today(1),
        )  # fmt: skip
        assert sent.status_code == 302
    assert world.owner.execute("select count(*) from shifts_requeststep").fetchone() == (1,)


def test_two_who_answer_at_once_make_one_answer(world):
    request = add_request(world)
    start, said = threading.Barrier(2), []

    def one(by, kind):
        try:
            with world.viewing(by) as viewer:
                start.wait()
                take_step(
                    by=viewer, request_id=request, key=new_key(), seen=0, kind=kind, words="x"
                )
            said.append("saved")
        except Cannot as refusal:
            said.append(str(refusal))
        finally:
            connections.close_all()

    both = [
        threading.Thread(target=one, args=pair)
        for pair in (("wing-officer", Step.KEPT), ("head-of-unit", Step.NO))
    ]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(said) == [
        "A colleague wrote here a moment ago. Look again at where it stands.",
        "saved",
    ]
    assert world.owner.execute("select count(*) from shifts_requeststep").fetchone() == (1,)


def test_whoever_comes_second_keeps_what_they_typed_and_may_say_it_again(world):
    request = add_request(world)
    add_step(world, request, 1, "promised", due=today(1))
    late = answer(world, request, "no", seen=0, words="No line is free.")
    html = late.content.decode()
    assert late.status_code == 422
    assert "A colleague wrote here a moment ago" in html
    assert "No line is free." in html
    assert 'name="seen" value="1"' in html


def test_what_was_asked_and_answered_is_never_rewritten(world):
    request = add_request(world)
    add_step(world, request, 1, "promised", due=today(1))
    for rewrite in (
        "update shifts_request set asked = 'Less'",
        "update shifts_request set ended_at = now()",
        "delete from shifts_request",
        "update shifts_requeststep set due_on = due_on + 7",
        "delete from shifts_requeststep",
    ):
        with world.viewing("wing-officer"), connection.cursor() as cursor:
            with pytest.raises(DatabaseError):
                cursor.execute(rewrite)
            connection.set_rollback(True)
        with pytest.raises(psycopg.Error):
            world.owner.execute(rewrite)


def test_due_promises_come_out_for_board_and_home(world):
    add_step(world, add_request(world), 1, "promised", due=today(-1))
    add_step(world, add_request(world, "Jonas Petit", asked="Paint"), 1, "promised", due=today(3))
    with world.viewing("wing-officer") as viewer:
        people = list(world.people.values())
        found = list(due.known["promises"](viewer=viewer, people=people, until=today()))
        assert [each.person_id for each in found] == [world.people["Amir Kaya"]]
        assert "A call with my mother" in found[0].words
        assert [a.asked for a in queries.my_promises(viewer=viewer)] == [
            "A call with my mother",
            "Paint",
        ]


def test_the_next_wing_reads_the_promise_the_minute_somebody_moves(world):
    add_step(world, add_request(world), 1, "promised", due=today(1))
    assert "Amir" not in list_of(world, "b", "b-officer")
    move(world, "Amir Kaya", "b")
    assert "A call with my mother" in list_of(world, "b", "b-officer")
    assert "Amir" not in list_of(world)


def test_who_only_writes_here_writes_down_and_reads_nothing(world):
    assert ask(world, by="activity-staff").status_code == 302
    html = page(
        world, reverse("shifts:asked-by", args=[world.people["Amir Kaya"]]), "activity-staff"
    )
    assert "A call with my mother" not in html
    with world.viewing("activity-staff") as viewer, pytest.raises(Http404):
        queries.request_with(only_request(world), viewer=viewer)


@pytest.mark.parametrize("by", ["analyst", "b-officer", "nobody"])
def test_out_of_reach_is_as_if_it_were_not_there(world, by):
    request = add_request(world)
    client = world.client(by)
    assert client.get(reverse("shifts:request", args=[request])).status_code == 404
    assert client.get(reverse("shifts:asked", args=["a"])).status_code == 404
    assert answer(world, request, "kept", by=by).status_code == 404


def test_the_list_stands_by_cell_and_asks_as_often_for_sixty_as_for_one(world):
    add_step(world, add_request(world), 1, "promised", due=today(1))

    def questions():
        with world.viewing("wing-officer") as viewer, CaptureQueriesContext(connection) as asked:
            queries.asked_on_unit(world.units["a"], viewer=viewer)
        return len(asked)

    for_one = questions()
    for number in range(60):
        name = f"Person{number:03d} Test"
        world.add_person(name, "a", f"a-{90 - number}")
        add_step(world, add_request(world, name), 1, "promised", due=today(1))
    assert questions() == for_one
    html = list_of(world)
    assert html.index("Person059") < html.index("Person030") < html.index("Person000")
