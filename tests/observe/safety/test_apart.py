"""Somebody kept apart: decided by name, counted by the day, ended in time."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.access.roles import ROLES, Compartment, Right
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key
from daybook.observe.safety.actions import apart as actions
from daybook.observe.safety.queries.apart import due
from daybook.observe.safety.rules.apart import Span, latest_end
from daybook.observe.safety.tasks import tell_of_long_time_apart
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

AMIR = "Amir Kaya"


def day(ago: int) -> date:
    return timezone.localdate() - timedelta(days=ago)


def apart(world: World, first: int, last: int | None = None, **values: Any) -> uuid.UUID:
    """A separation that began so many days ago, and ended or still lasts."""
    began = day(first)
    ended = {} if last is None else {"ended_on": day(last), "ended_by_id": world.staff["governor"]}
    return world.insert(
        "safety_separation",
        **{
            "id": new_key(), "person_id": world.people[AMIR], "apart_for": "order",
            "reason": "A fight.", "instead": "Another wing.", "remedy": "A complaint.",
            "began_on": began, "until_on": min(began + timedelta(days=14), day(last or -20)),
            "decided_by_id": world.staff["head-of-unit"], "decided_at": timezone.now(),
            "ended_because": "Talked it over." if ended else "", **ended,
        } | values,
    )  # fmt: skip


def contact(world: World, separation: uuid.UUID, ago: int, minutes: int) -> None:
    world.insert(
        "safety_contactday", id=new_key(), separation_id=separation,
        person_id=world.people[AMIR], day=day(ago), minutes=minutes, with_whom="the chaplain",
        written_by_id=world.staff["wing-officer"], written_at=timezone.now(),
    )  # fmt: skip


def said(**more: Any) -> dict[str, Any]:
    return {
        "key": str(new_key()), "apart_for": "own-wish", "reason": "Asked for it.",
        "instead": "Another wing.", "remedy": "A complaint to the governor.",
        "until_on": day(-3).isoformat(),
    } | more  # fmt: skip


def begin(world: World, by: str = "head-of-unit", **more: Any) -> Any:
    url = reverse("safety:begin-apart", args=[world.people[AMIR]])
    return world.client(by).post(url, said(**more))


def page(world: World, by: str = "wing-officer") -> str:
    url = reverse("safety:apart", args=[world.people[AMIR]])
    html: str = world.client(by).get(url).content.decode()
    return html


def count(world: World) -> int:
    found = world.owner.execute("select count(*) from safety_separation").fetchone()
    assert found
    return int(found[0])


# ---- Deciding, and what happens meanwhile ----


def test_whoever_leads_decides_contact_is_added_up_and_it_ends(world: World) -> None:
    assert begin(world).status_code == 302
    (key,) = world.owner.execute("select id from safety_separation").fetchone() or ()
    officer = world.client("wing-officer")
    for minutes in (60, 75):
        form = {
            "key": str(new_key()), "day": day(0).isoformat(), "minutes": minutes,
            "with_whom": "the chaplain",
        }  # fmt: skip
        url = reverse("safety:contact", args=[key])
        assert {officer.post(url, form).status_code for _tap in range(2)} == {302}
    html = page(world)
    assert "2:15" in html
    assert "Own wish" in html
    assert "under two</span>" not in html
    ending = reverse("safety:end-apart", args=[key])
    assert officer.post(ending, {"reason": "Ready."}).status_code == 404
    assert world.client("duty-manager").post(ending, {"reason": "Ready."}).status_code == 302
    assert "Lives with the others." in page(world)
    log = "select subject from audit_entry where kind in ('collection', 'alteration')" \
        " order by at"  # fmt: skip
    assert [subject for (subject,) in world.owner.execute(log)] == [
        "separation", "contact while apart", "contact while apart", "separation ended",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": ""}, "Write it in a few words."),
        ({"instead": ""}, "Write it in a few words."),
        ({"remedy": ""}, "Write it in a few words."),
        ({"apart_for": ""}, "Choose the ground."),
        ({"until_on": day(-15).isoformat()}, "at the latest"),
        ({"until_on": day(1).isoformat()}, "today or a later day"),
    ],
)
def test_what_is_missing_is_said(world: World, wrong: dict[str, str], sentence: str) -> None:
    answer = begin(world, **wrong)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert count(world) == 0


def test_contact_is_written_for_today_or_yesterday_only(world: World) -> None:
    key = apart(world, 5)
    form = {"key": str(new_key()), "day": day(3).isoformat(), "minutes": 60, "with_whom": "a visit"}
    answer = world.client("wing-officer").post(reverse("safety:contact", args=[key]), form)
    assert answer.status_code == 422
    assert "today or yesterday" in answer.content.decode()


def test_two_decide_at_one_moment_and_one_is_told(world: World) -> None:
    def decide(by: str) -> str:
        try:
            with world.viewing(by) as viewer:
                actions.begin(
                    by=viewer, person_id=world.people[AMIR],
                    **(said(until_on=day(-3)) | {"key": new_key()}),
                )  # fmt: skip
        except Cannot as refusal:
            return str(refusal)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(2) as both:
        told = list(both.map(decide, ["head-of-unit", "duty-manager"]))
    assert sorted(map(bool, told)) == [False, True]
    assert count(world) == 1


# ---- Fifteen days ----


def test_days_before_count_so_that_nobody_begins_anew(world: World) -> None:
    apart(world, 10, 1)
    answer = begin(world, until_on=day(-5).isoformat())
    assert answer.status_code == 422
    assert begin(world, until_on=day(-4).isoformat()).status_code == 302


def test_after_fifteen_days_a_full_day_with_others_comes_first(world: World) -> None:
    apart(world, 15, 1)
    answer = begin(world)
    assert answer.status_code == 422
    assert "A full day with others comes first." in answer.content.decode()


def test_two_hours_of_contact_break_the_run(world: World) -> None:
    contact(world, apart(world, 15, 1), 3, 120)
    assert begin(world, until_on=day(-12).isoformat()).status_code == 302


@pytest.mark.parametrize("before", [0, 4, 14])
@pytest.mark.parametrize("met", [None, 1, 3])
def test_the_database_counts_as_the_rule_does(world: World, before: int, met: int | None) -> None:
    spans, minutes = [], {}
    if before:
        key = apart(world, before, 1)
        spans.append(Span(day(before), day(1)))
        if met and met <= before:
            contact(world, key, met, 120)
            minutes[day(met)] = 120
    last = latest_end(spans, minutes, began_on=day(0))
    with pytest.raises(psycopg.errors.CheckViolation):
        apart(world, 0, until_on=last + timedelta(days=1))
    apart(world, 0, until_on=last)


@pytest.mark.parametrize(
    "write",
    [
        lambda world: apart(world, 30, 10),
        lambda world: contact(world, apart(world, 2, 1, person_id=world.people["Jonas Petit"]),
                              1, 120),
        lambda world: world.owner.execute("update safety_separation set until_on = until_on + 1"),
        lambda world: world.owner.execute("delete from safety_separation"),
        lambda world: world.owner.execute(
            "update safety_separation set ended_on = began_on, ended_because = 'x',"
            " ended_by_id = decided_by_id"
        ),
    ],
)  # fmt: skip
def test_not_even_the_owner_writes_days_otherwise_than_they_were(
    world: World, write: Callable[[World], Any]
) -> None:
    apart(world, 9)
    with pytest.raises((psycopg.errors.CheckViolation, psycopg.errors.InsufficientPrivilege)):
        write(world)


@pytest.mark.parametrize("by", ["wing-officer", "governor", "chaplain"])
def test_the_database_lets_nobody_decide_who_does_not_lead(world: World, by: str) -> None:
    with (
        pytest.raises(Exception, match="row-level security"),
        world.viewing(by),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "insert into safety_separation (id, person_id, apart_for, reason, instead, remedy,"
            " began_on, until_on, decided_by_id, decided_at, ended_because) values"
            " (gen_random_uuid(), %s, 'order', 'x', 'x', 'x', current_date, current_date, %s,"
            " now(), '')",
            [world.people[AMIR], world.staff[by]],
        )


# ---- Told, until somebody ends it ----


def notices(world: World) -> set[str]:
    rows = world.owner.execute(
        "select s.username from duties_notice n join staff_staff s on s.id = n.staff_id"
        " where n.kind = 'apart-must-end'"
    ).fetchall()
    return {name for (name,) in rows}


@pytest.mark.parametrize(
    ("first", "words"),
    [
        (3, None),
        (9, "Day 10 apart"),
        (14, "it ends today"),
        (15, "End it now"),
        (40, "End it now"),
    ],
)
def test_those_who_lead_hear_of_a_long_one(world: World, first: int, words: str | None) -> None:
    apart(world, first)
    for _time in range(2):
        tell_of_long_time_apart()
    told = {"head-of-unit", "duty-manager", "governor"} if words else set()
    assert notices(world) == told
    for by in ("wing-officer", "governor", "oversight"):
        with world.viewing(by) as viewer:
            found = due(viewer=viewer, people=[world.people[AMIR]], until=timezone.localdate())
        assert [words in each.words for each in found] == ([True] if words else [])
    html = world.client("oversight").get(reverse("safety:apart-now")).content.decode()
    assert "Amir" in html
    assert (words or "Day") in html or words is None


def test_a_breach_stays_told_after_two_hours_of_contact(world: World) -> None:
    key = apart(world, 17)
    contact(world, key, 0, 180)
    assert "End it now" in page(world, "governor")


# ---- Who reads, and who writes ----


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.key)
def test_who_reads_and_who_decides(world: World, role: Any) -> None:
    rights = role.rights.get(Compartment.SAFETY, ())
    reads = Right.READ in rights and role.key != "on-call-care"
    client = world.client(role.key)
    url = reverse("safety:apart", args=[world.people[AMIR]])
    assert client.get(url).status_code == (200 if reads else 404)
    leads = role.key in {"head-of-unit", "duty-manager"}
    assert begin(world, by=role.key).status_code == (302 if leads else 404)
    assert count(world) == leads


def test_the_list_asks_as_much_for_many_as_for_one(world: World) -> None:
    def asked() -> int:
        client = world.client("governor")
        client.get(reverse("safety:apart-now"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("safety:apart-now"))
        return len(queries)

    apart(world, 5)
    for_one = asked()
    for person in world.add_people(8, "a"):
        apart(world, 12, person_id=person)
    assert asked() == for_one <= 16
