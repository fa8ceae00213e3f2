"""A check-in from the event that opens it to the few minutes it asks for."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.access.roles import ROLES, Compartment, Right
from daybook.foundation.people.ahead.actions import come_back
from daybook.foundation.registry import providers
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.events import Turn, Turned, turned
from daybook.foundation.registry.keys import new_key
from daybook.observe.safety.actions.early_days import look_in
from daybook.observe.safety.queries.early_days import aside, due
from daybook.observe.safety.tasks import tell_of_late_check_ins
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def checks(world: World, columns: str = "occasion", where: str = "true") -> list[Any]:
    rows = world.owner.execute(
        f"select {columns} from safety_checkin where {where} order by opens_at, due_at"
    ).fetchall()
    return [row[0] if len(row) == 1 else row for row in rows]


def owe(world: World, person: str = "Amir Kaya", **values: Any) -> uuid.UUID:
    """One check-in, open since an hour ago and due in two."""
    now = timezone.now()
    return world.insert(
        "safety_checkin",
        **{
            "id": new_key(), "person_id": world.people[person], "occasion": "first-night",
            "source": "stay:1", "opens_at": now - timedelta(hours=1),
            "due_at": now + timedelta(hours=2), "opened_at": now, "came_of_it": "", "words": "",
        } | values,
    )  # fmt: skip


def late(hours: int) -> dict[str, datetime]:
    due_at = timezone.now() - timedelta(hours=hours)
    return {"opens_at": due_at - timedelta(hours=8), "due_at": due_at}


def answer(world: World, key: uuid.UUID, by: str = "wing-officer", **said: str) -> Any:
    url = reverse("safety:check-in", args=[key])
    return world.client(by).post(url, {"came_of_it": "talked", "words": "Slept badly."} | said)


# ---- The event opens it ----


def test_somebody_admitted_now_is_on_every_list_the_same_minute(world: World) -> None:
    person = world.add_person("Nadia Haddad", "a")
    world.owner.execute("update people_stay set began_at = now() where person_id = %s", [person])
    with world.viewing("duty-manager"):
        turned.announce(Turned(person, Turn.ARRIVED, timezone.now(), "stay:99"))
    assert len(checks(world)) == 4
    for role in ("wing-officer", "head-of-unit"):
        client = world.client(role)
        html = client.get(reverse("safety:check-ins", args=["a"])).content.decode()
        assert "first night" in html
        assert "Nadia" in html
    with world.viewing("wing-officer") as viewer:
        # In the small hours the second day begins with the same evening: the first night leads.
        owed, *_ = due(viewer=viewer, people=[person], until=timezone.localdate())
        (beside,) = aside(viewer=viewer, person_id=person)
    assert owed.words.startswith("Look in, first night: by ")
    assert beside.lines[0].startswith("First night: by ")


def test_the_same_event_twice_opens_nothing_twice(world: World) -> None:
    event = Turned(world.people["Bao Tran"], Turn.BACK_FROM_COURT, timezone.now(), "escort:x")
    for _time in range(2):
        # The wing officer of wing a does not reach Bao.
        with world.viewing("wing-officer"):
            turned.announce(event)
    assert checks(world, "person_id, occasion") == [(world.people["Bao Tran"], "court")]


def test_nobody_signed_in_opens_or_withdraws_nothing(world: World) -> None:
    with (
        pytest.raises(Exception, match="Nobody is looking"),
        transaction.atomic(),
    ):
        turned.announce(
            Turned(world.people["Bao Tran"], Turn.BAD_NEWS, timezone.now(), "reflection:x")
        )
    with pytest.raises(Exception, match="Nobody is looking"), connection.cursor() as cursor:
        cursor.execute("select daybook.withdraw_check_ins(1, null)")


@pytest.mark.parametrize(("kind", "opened"), [("court", ["court"]), ("hospital", [])])
def test_back_from_court(world: World, kind: str, opened: list[str]) -> None:
    now = timezone.now().replace(second=0, microsecond=0)
    escort = world.add_escort("Amir Kaya", kind, now - timedelta(hours=5))
    with world.viewing("wing-officer") as viewer:
        for _time in range(2):
            come_back(by=viewer, person_id=world.people["Amir Kaya"], escort_id=escort, back_at=now)
    assert checks(world) == opened


def reflect(world: World, *circumstances: str) -> str:
    key = str(new_key())
    answer = world.client("wing-officer").post(
        reverse("reflections:reflect", args=[world.people["Amir Kaya"]]),
        {"key": key, "contact": "talk", "seen_heard": "Sat down.", "circumstances": circumstances},
    )
    assert answer.status_code == 302
    return key


def test_bad_news_in_a_reflection_opens_one_and_taking_it_back_withdraws_it(world: World) -> None:
    key = reflect(world, "bad-news")
    assert checks(world, "occasion, source") == [("bad-news", f"reflection:{key}")]
    url = reverse("reflections:withdraw", args=[key])
    assert world.client("wing-officer").post(url).status_code == 302
    assert checks(world, "withdrawn_at is not null") == [True]
    with world.viewing("wing-officer") as viewer:
        people = [world.people["Amir Kaya"]]
        assert due(viewer=viewer, people=people, until=timezone.localdate()) == []


def test_another_circumstance_opens_nothing(world: World) -> None:
    reflect(world, "no-visit")
    assert checks(world) == []


# ---- Somebody looks in ----


def test_an_officer_looks_in_and_it_stands_in_the_timeline(world: World) -> None:
    key = owe(world)
    assert answer(world, key).status_code == 302
    assert checks(world, "came_of_it, words, done_by_id") == [
        ("talked", "Slept badly.", world.staff["wing-officer"])
    ]
    amir = world.people["Amir Kaya"]
    log = world.owner.execute(
        "select people from audit_entry where subject = 'check-in' and kind = 'collection'"
    ).fetchall()
    assert log == [([amir],)]
    page = world.client("head-of-unit").get(reverse("reflections:person", args=[amir]))
    assert "Slept badly." in page.content.decode()
    with world.viewing("wing-officer") as viewer:
        (told,) = [
            line
            for provider in providers.shift
            for line in provider(
                viewer=viewer, unit_id=world.units["a"],
                since=timezone.now() - timedelta(hours=1), until=timezone.now(),
            )
            if line.person_id == amir
        ]  # fmt: skip
    assert told.words == "looked in, first night: we talked"


def test_declining_is_an_answer_that_needs_no_words(world: World) -> None:
    key = owe(world)
    assert answer(world, key, came_of_it="seen", words="").status_code == 302
    assert checks(world, "came_of_it, words") == [("seen", "")]


def test_who_was_away_is_owed_it_still(world: World) -> None:
    key = owe(world)
    answer(world, key, came_of_it="away", words="At court.")
    assert checks(world, "source", "done_at is null") == ["stay:1/1"]
    (next_key,) = checks(world, "id", "done_at is null")
    answer(world, next_key, came_of_it="away", words="")
    assert checks(world, "source", "done_at is null") == ["stay:1/2"]
    with world.viewing("wing-officer"), connection.cursor() as cursor:
        cursor.execute(
            "select daybook.withdraw_check_ins(%s, 'stay:1')", [world.people["Amir Kaya"]]
        )
        assert cursor.fetchone() == (1,)


def test_nothing_chosen_loses_nothing_typed(world: World) -> None:
    page = answer(world, owe(world), came_of_it="", words="Asked for a call.")
    assert page.status_code == 422
    html = page.content.decode()
    assert "Choose how it went." in html
    assert "Asked for a call." in html


def test_a_double_tap_saves_once_and_a_colleague_is_told_who_was_there(world: World) -> None:
    key = owe(world)
    assert {answer(world, key).status_code for _tap in range(2)} == {302}
    page = answer(world, key, by="head-of-unit", words="Fine.")
    assert page.status_code == 422
    html = page.content.decode()
    assert "looked in already" in html
    assert "Slept badly." in html


def test_two_at_the_same_moment_one_is_told(world: World) -> None:
    key = owe(world)

    def look(by: str) -> str:
        try:
            with world.viewing(by) as viewer:
                look_in(by=viewer, check_in_id=key, came_of_it="talked", words=by)
        except Cannot as refusal:
            return str(refusal)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(2) as both:
        said = list(both.map(look, ["wing-officer", "head-of-unit"]))
    assert sorted(map(bool, said)) == [False, True]


def test_too_early_is_said(world: World) -> None:
    key = owe(world, opens_at=timezone.now() + timedelta(hours=1))
    assert "too early" in answer(world, key).content.decode()


# ---- Late ----


def test_what_nobody_did_stays_until_somebody_does_and_the_head_is_told_once(
    world: World,
) -> None:
    key = owe(world, **late(25))
    owe(world, occasion="day-2", **late(2))
    for _hour in range(2):
        tell_of_late_check_ins()
    told = "select s.username, n.path, n.answered_at is null from duties_notice n" \
        " join staff_staff s on s.id = n.staff_id where n.kind = 'check-in-late'"  # fmt: skip
    path = reverse("safety:check-in", args=[key])
    assert world.owner.execute(told).fetchall() == [("head-of-unit", path, True)]
    html = world.client("wing-officer").get(reverse("safety:check-ins", args=["a"])).content
    assert "not done; was due 1 day ago" in html.decode()
    assert answer(world, key).status_code == 302
    assert world.owner.execute(told).fetchall() == [("head-of-unit", path, False)]


def test_a_month_later_it_still_stands(world: World) -> None:
    owe(world, **late(24 * 30))
    with world.viewing("head-of-unit") as viewer:
        (owed,) = due(viewer=viewer, people=[world.people["Amir Kaya"]], until=timezone.localdate())
    assert owed.words.endswith("not done; was due 30 days ago")


# ---- Walls and locks ----


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.key)
def test_who_reads_and_who_looks_in(world: World, role: Any) -> None:
    key = owe(world)
    rights = role.rights.get(Compartment.SAFETY, ())
    reaches = Right.READ in rights and role.key != "on-call-care"
    client = world.client(role.key)
    page = client.get(reverse("safety:check-in", args=[key]))
    assert page.status_code == (200 if reaches else 404)
    saved = answer(world, key, by=role.key).status_code
    does = reaches and Right.WRITE in rights and role.key != "clerk"
    assert (saved == 302) is does
    if not does:
        assert saved == 404
        assert checks(world, "done_at") == [None]


@pytest.mark.parametrize(
    "change",
    [
        "update safety_checkin set due_at = due_at + interval '1 day'",
        "update safety_checkin set occasion = 'day-2'",
        "delete from safety_checkin",
    ],
)
def test_neither_the_app_nor_the_owner_rewrites_what_is_owed(world: World, change: str) -> None:
    owe(world)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        world.owner.execute(change)
    with (
        pytest.raises(Exception, match=r"permission denied|is not re"),
        world.viewing("wing-officer"),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_nobody_makes_a_check_in_go_away_by_hand(world: World) -> None:
    owe(world)
    with (
        pytest.raises(Exception, match="owed until it is done"),
        world.viewing("wing-officer"),
        connection.cursor() as cursor,
    ):
        cursor.execute("update safety_checkin set withdrawn_at = now()")


# ---- As many reads for sixty as for one ----


def test_the_list_asks_as_much_for_many_as_for_one(world: World) -> None:
    def asked() -> int:
        client = world.client("wing-officer")
        client.get(reverse("safety:check-ins", args=["a"]))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("safety:check-ins", args=["a"]))
        return len(queries)

    owe(world)
    for_one = asked()
    for person in world.add_people(12, "a"):
        owe(world, person_id=person)
    assert asked() == for_one <= 16


def test_opening_four_takes_one_statement(world: World) -> None:
    event = Turned(world.people["Amir Kaya"], Turn.ARRIVED, timezone.now(), "stay:7")
    with world.viewing("wing-officer"), CaptureQueriesContext(connection) as queries:
        turned.announce(event)
    assert len(queries) == 1
