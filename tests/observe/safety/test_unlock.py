"""What to know before a door is opened: written, seen by those it is for, ended by name."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.access.roles import ROLES, Compartment
from daybook.foundation.registry import providers
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.events import Moved, moved
from daybook.observe.safety.actions.telling import tell_of_reviews
from daybook.observe.safety.actions.unlock import end_note
from daybook.observe.safety.queries.told import reviews_due, unlock_first
from daybook.observe.safety.queries.unlock import standing
from daybook.observe.safety.tasks import tell_who_cannot_be_kept_apart
from tests.world import World

from .safety_world import add_note, in_days, keep_apart, move, said

pytestmark = pytest.mark.django_db(transaction=True)


def write(world: World, by: str = "wing-officer", person: str = "Amir Kaya", **more: Any) -> Any:
    url = reverse("safety:add-note", args=[world.people[person]])
    return world.client(by).post(url, said(**more))


def notes(world: World, columns: str = "person_id, kind, instruction") -> list[Any]:
    return world.owner.execute(
        f"select {columns} from safety_unlocknote order by written_at, person_id"
    ).fetchall()


def notices(world: World, kind: str) -> set[str]:
    rows = world.owner.execute(
        "select s.username from duties_notice n join staff_staff s on s.id = n.staff_id"
        " where n.kind = %s", [kind],
    )  # fmt: skip
    return {name for (name,) in rows}


# ---- Writing ----


def test_an_officer_writes_it_and_it_stands_at_the_door(world: World) -> None:
    assert write(world).status_code == 302
    assert notes(world) == [(world.people["Amir Kaya"], "medical", "Bring the inhaler.")]
    log = world.owner.execute(
        "select kind, subject, people from audit_entry where subject = 'unlock note'"
    ).fetchall()
    assert log == [("collection", "unlock note", [world.people["Amir Kaya"]])]
    with world.viewing("activity-staff") as viewer:
        first = unlock_first(viewer=viewer, people=list(world.people.values()))
    assert [line.words for line in first[world.people["Amir Kaya"]]] == [
        "Medical need: Bring the inhaler."
    ]


def test_a_double_tap_writes_once(world: World) -> None:
    form = said()
    client = world.client("wing-officer")
    url = reverse("safety:add-note", args=[world.people["Amir Kaya"]])
    assert {client.post(url, form).status_code for _ in range(2)} == {302}
    assert len(notes(world)) == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"instruction": ""}, "Write what staff do."),
        ({"reason": ""}, "Write why, in a few words."),
        ({"review_on": in_days(40).isoformat()}, "within four weeks"),
        ({"kind": "staff"}, "Say how many staff"),
        ({"kind": "keep-apart"}, "Say from whom"),
        ({"kind": "keep-apart", "number": "nobody-has-it"}, "Nobody has this number"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    world: World, wrong: dict[str, str], sentence: str
) -> None:
    answer = write(world, **({"reason": "She said so herself."} | wrong))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert sentence in html
    assert ("She said so herself." in html) is ("reason" not in wrong)
    assert notes(world) == []


# ---- Keeping two people apart ----


def test_a_keep_apart_stands_on_the_other_wing_the_same_minute(world: World) -> None:
    world.insert(
        "people_identifier", person_id=world.people["Bao Tran"], system="prison", number="N-77"
    )
    answer = write(world, kind="keep-apart", number="N-77", instruction="Exercise at other times.")
    assert answer.status_code == 302
    amir, bao = world.people["Amir Kaya"], world.people["Bao Tran"]
    rows = notes(world, "person_id, apart_from_id")
    assert rows == [(amir, bao), (bao, amir)]
    assert len(set(notes(world, "pair"))) == 1
    with world.viewing("b-officer") as viewer:
        (line,) = unlock_first(viewer=viewer, people=[bao])[bao]
    assert line.words.startswith("Keep apart from Amir K. (A wing")
    again = write(world, kind="keep-apart", number="N-77")
    assert again.status_code == 422
    assert "kept apart already" in again.content.decode()


def test_nobody_mirrors_what_they_did_not_write(world: World) -> None:
    first, _second = keep_apart(world, "Amir Kaya", "Bao Tran")
    with (
        pytest.raises(Exception, match="Only who wrote"),
        world.viewing("b-officer"),
        connection.cursor() as cursor,
    ):
        cursor.execute("select daybook.keep_the_other_apart(%s, gen_random_uuid())", [first])


def test_ending_it_ends_it_for_both_and_the_name_stands_under_it(world: World) -> None:
    first, _second = keep_apart(world, "Amir Kaya", "Bao Tran")
    url = reverse("safety:end-note", args=[first])
    assert world.client("wing-officer").post(url, {"reason": "Shook hands."}).status_code == 404
    assert world.client("head-of-unit").post(url, {"reason": "Shook hands."}).status_code == 302
    head = world.staff["head-of-unit"]
    assert notes(world, "ended_by_id, ended_because") == [(head, "Shook hands.")] * 2
    with world.viewing("b-officer") as viewer:
        assert standing([world.people["Bao Tran"]], viewer=viewer) == []


def test_a_review_stands_for_both(world: World) -> None:
    first, second = keep_apart(world, "Amir Kaya", "Bao Tran")
    form = {"key": said()["key"], "words": "Still shout.", "next_on": in_days(21).isoformat()}
    url = reverse("safety:review-note", args=[first])
    assert world.client("case-lead").post(url, form).status_code == 302
    assert world.client("case-lead").post(url, form).status_code == 302
    assert notes(world, "review_on") == [(in_days(21),)] * 2
    reviewed = world.owner.execute("select note_id, words from safety_review").fetchall()
    assert sorted(reviewed) == sorted([(first, "Still shout."), (second, "Still shout.")])


def test_two_who_end_it_at_once_end_it_once(world: World) -> None:
    first, second = keep_apart(world, "Amir Kaya", "Bao Tran")
    world.add_staff("b-head", "head-of-unit", unit="b")

    def end(who: str, note: Any) -> str:
        try:
            with world.viewing(who) as viewer:
                end_note(by=viewer, note_id=note, reason=f"Said {who}.")
            return "ended"
        except Cannot as refusal:
            return str(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as both:
        came = list(both.map(end, ("head-of-unit", "b-head"), (first, second)))
    assert sorted(each == "ended" for each in came) == [False, True]
    assert any("ended it a moment ago" in each for each in came)
    assert len(set(notes(world, "ended_by_id, ended_because"))) == 1


def test_where_it_cannot_be_honoured_the_board_and_the_leaders_are_told(world: World) -> None:
    keep_apart(world, "Amir Kaya", "Bao Tran")
    amir, bao = world.people["Amir Kaya"], world.people["Bao Tran"]
    move(world, "Bao Tran", "a")
    moved.announce(Moved(bao, world.units["a"], world.units["b"], timezone.now()))
    queued = world.owner.execute(
        "select args from procrastinate_jobs where task_name like '%cannot_be_kept_apart'"
    ).fetchall()
    assert queued == [({"person": bao},)]
    tell_who_cannot_be_kept_apart(bao)
    tell_who_cannot_be_kept_apart(bao)
    assert notices(world, "cannot-be-kept-apart") == {"head-of-unit"}
    with world.viewing("wing-officer") as viewer:
        first_of = unlock_first(viewer=viewer, people=[amir, bao])
    for person in (amir, bao):
        assert "Both live on A wing: cannot be kept apart here." in [
            line.words for line in first_of[person]
        ]


# ---- Who reads, who hears that it is due ----


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.key)
def test_readers_of_safety_alone_are_told(world: World, role: Any) -> None:
    add_note(world, "Amir Kaya")
    if role.key == "clerk":
        return
    with world.viewing(role.key) as viewer:
        told = unlock_first(viewer=viewer, people=[world.people["Amir Kaya"]])
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from safety_unlocknote")
            seen = cursor.fetchone()[0]
    reads = "read" in {str(right) for right in role.rights.get("safety", ())}
    assert bool(told) is bool(seen) is (reads and role.key != "on-call-care")


def test_overdue_protections_stand_and_are_due_to_those_who_decide(world: World) -> None:
    add_note(world, "Amir Kaya", review_on=in_days(-3))
    add_note(world, "Jonas Petit", review_on=in_days(-7))
    amir, jonas = world.people["Amir Kaya"], world.people["Jonas Petit"]

    def due(who: str) -> set[int | None]:
        with world.viewing(who) as viewer:
            found = reviews_due(viewer=viewer, people=[amir, jonas], until=timezone.localdate())
            return {each.person_id for each in found}

    assert due("head-of-unit") == {amir, jonas}
    assert due("case-lead") == {amir}
    assert due("governor") == due("duty-manager") == {jonas}
    assert due("wing-officer") == due("chaplain") == set()
    with world.viewing("wing-officer") as viewer:
        assert len(standing([amir, jonas], viewer=viewer)) == 2


def test_in_the_morning_those_who_decide_hear_of_it(world: World) -> None:
    add_note(world, "Amir Kaya", review_on=in_days(0))
    add_note(world, "Jonas Petit", review_on=in_days(-7))
    for _ in range(2):
        with world.viewing("clerk") as clerk:
            tell_of_reviews(by=clerk, today=timezone.localdate())
    assert notices(world, "protection-review") == {"head-of-unit"}
    assert notices(world, "protection-review-late") == {"governor", "duty-manager"}


@pytest.mark.parametrize("count", [1, 60])
def test_one_read_whatever_the_number_of_people(world: World, count: int) -> None:
    world.add_people(count, "a")
    for name in list(world.people)[-count:]:
        add_note(world, name)
    with world.viewing("wing-officer") as viewer:
        viewer.people(Compartment.SAFETY)
        with CaptureQueriesContext(connection) as asked:
            found = unlock_first(viewer=viewer, people=list(world.people.values()))
    assert len(found) == count
    assert len(asked) == 1


def test_it_is_told_to_the_timeline_and_to_the_log_of_the_shift(world: World) -> None:
    add_note(world, "Amir Kaya")
    now = timezone.now()
    with world.viewing("wing-officer") as viewer:
        entries = providers.timeline.known["unlock notes"](
            viewer=viewer, person_id=world.people["Amir Kaya"], before=None, limit=5
        )
        happened = providers.shift.known["unlock notes"](
            viewer=viewer, unit_id=world.units["a"], since=now - timedelta(hours=1), until=now
        )
    assert [entry.voices[0].text for entry in entries] == [
        "Medical need: the inhaler stays with him"
    ]
    assert [each.words for each in happened] == ["to know before unlock, new: medical need"]


def test_what_was_written_is_not_rewritten_not_even_by_the_owner(world: World) -> None:
    note = add_note(world, "Amir Kaya")
    for change in ("instruction = 'Other'", "reason = 'Other'"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            world.owner.execute(f"update safety_unlocknote set {change} where id = %s", [note])
