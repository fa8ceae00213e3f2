"""A concern for safety: raised by anybody, never dropped, answered by name."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.access.roles import CLERK, ROLES, Compartment, Reach, Right
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key
from daybook.observe.safety.actions.calling import call_on, first_and_call_on
from daybook.observe.safety.actions.concerns import end_concern, raise_concern, take_up
from daybook.observe.safety.queries.concerns import concern_with, open_concerns
from daybook.observe.safety.tasks import call_on as every_minute
from tests.world import World

from .concern_world import (
    add_concern,
    add_plan,
    add_turn,
    called,
    notices,
    raise_it,
    raised,
    send,
    taken_up,
)

pytestmark = pytest.mark.django_db(transaction=True)

STAFF_ROLES = [role for role in ROLES.values() if role is not CLERK]
RAISES = [role.key for role in STAFF_ROLES if role.reach not in (Reach.NONE, Reach.SERVICE)]


# ---- Raising ----


def test_two_touches_from_the_landing_call_those_on_duty(world: World) -> None:
    client = world.client("wing-officer")
    home = client.get(reverse("home")).content.decode()
    assert f'href="{reverse("safety:raise")}"' in home
    page = client.get(reverse("safety:raise"))
    assert page.status_code == 200
    html = page.content.decode()
    assert html.index("Amir K.") < html.index("Jonas P.")
    assert "Bao T." not in html
    answer = raise_it(world)
    assert answer.status_code == 302
    (key,) = raised(world)[0]
    assert answer["Location"] == reverse("safety:concern", args=[key])
    assert called(world) == {"called": {"on-call-care", "duty-manager"}}
    assert notices(world) == {"on-call-care", "duty-manager"}
    shown = client.get(answer["Location"]).content.decode()
    for words in ("Tell someone now as well.", "On-Call-Care".replace("-", " "),
                  "What did you see or hear?", "Nobody has taken it up yet."):  # fmt: skip
        assert words.lower() in shown.lower()


@pytest.mark.parametrize("role", RAISES)
def test_whoever_knows_somebody_may_fear_for_them_and_reads_it_back(
    world: World, role: str
) -> None:
    if ROLES[role].reach is Reach.ANSWERING:
        add_concern(world)
    answer = raise_it(world, by=role)
    assert answer.status_code == 302
    assert world.client(role).get(answer["Location"]).status_code == 200
    assert raise_it(world, by=role, person="Cem Demir").status_code == 404


@pytest.mark.parametrize("role", [role.key for role in STAFF_ROLES if role.key not in RAISES])
def test_whoever_knows_nobody_or_inspects_raises_none(world: World, role: str) -> None:
    assert raise_it(world, by=role).status_code == 404
    assert reverse("safety:raise") not in world.client(role).get(reverse("home")).content.decode()
    assert raised(world) == []


def test_a_double_tap_is_one_concern_and_another_button_is_another(world: World) -> None:
    key = str(new_key())
    first, again = raise_it(world, key=key), raise_it(world, key=key)
    other, other_again = (raise_it(world, key=key, kind="health") for _ in range(2))
    elsewhere = raise_it(world, key=key, person="Jonas Petit")
    assert first["Location"] == again["Location"]
    assert other["Location"] == other_again["Location"] != first["Location"]
    assert elsewhere.status_code == 302
    assert sorted(raised(world, "person_id, kind")) == sorted(
        [
            (world.people["Amir Kaya"], "health"),
            (world.people["Amir Kaya"], "self-harm"),
            (world.people["Jonas Petit"], "self-harm"),
        ]
    )


def test_two_taps_in_the_same_moment_are_one(world: World) -> None:
    key = str(new_key())

    def tap(_number: int) -> int:
        try:
            return raise_it(world, key=key).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as both:
        assert list(both.map(tap, range(2))) == [302, 302]
    assert len(raised(world)) == 1


@pytest.mark.parametrize("key", ["", "no key", "0" * 40])
def test_a_broken_form_still_raises_it(world: World, key: str) -> None:
    assert raise_it(world, key=key, noticed_at="soon").status_code == 302
    assert len(raised(world)) == 1


def test_what_is_no_button_says_so(world: World) -> None:
    answer = raise_it(world, kind="anything")
    assert answer.status_code == 422
    assert "has not been raised yet" in answer.content.decode()


def test_a_wrong_clock_is_kept_beside_ours(world: World) -> None:
    said = timezone.now() - timedelta(days=300)
    raise_it(world, noticed_at=said.isoformat())
    ((noticed, at),) = raised(world, "noticed_at, raised_at")
    assert abs(noticed - said) < timedelta(seconds=1)
    assert timezone.now() - at < timedelta(minutes=1)
    (key,) = raised(world)[0]
    html = world.client("duty-manager").get(reverse("safety:concern", args=[key])).content.decode()
    assert "The device it was raised on said" in html


def test_words_are_kept_whole_and_what_is_too_long_comes_back(world: World) -> None:
    raise_it(world)
    (key,) = raised(world)[0]
    too_long = "w" * 1001
    answer = send(world, "concern-words", key, "wing-officer", words=too_long)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert too_long in html
    assert "The concern is raised, and stands." in html
    assert called(world) == {"called": {"on-call-care", "duty-manager"}}
    whole = "w" * 1000
    assert send(world, "concern-words", key, "wing-officer", words=whole).status_code == 302
    assert send(world, "concern-words", key, "wing-officer", words=whole).status_code == 302
    assert send(world, "concern-words", key, "wing-officer", words="other").status_code == 422
    assert send(world, "concern-words", key, "duty-manager", words="other").status_code == 404
    assert raised(world, "words") == [(whole,)]


def test_words_can_be_said_also_of_somebody_who_has_been_moved_away(world: World) -> None:
    raise_it(world)
    (key,) = raised(world)[0]
    world.owner.execute(
        "update people_stay set unit_id = %s, cell_id = null where person_id = %s",
        [world.units["c"], world.people["Amir Kaya"]],
    )
    assert send(world, "concern-words", key, "wing-officer", words="Cried.").status_code == 302
    page = world.client("wing-officer").get(reverse("safety:concern", args=[key]))
    assert page.status_code == 200
    assert "Cried." in page.content.decode()
    assert "Amir" not in page.content.decode()


def test_it_is_written_in_the_log(world: World) -> None:
    raise_it(world)
    log = world.owner.execute("select people from audit_entry where subject = 'concern'").fetchall()
    assert log == [([world.people["Amir Kaya"]],)]


# ---- Who is called, and called again ----


def test_whoever_has_a_turn_is_called_and_nobody_else_of_that_duty(world: World) -> None:
    world.add_staff("second-care", "on-call-care", establishment="north")
    add_turn(world, "second-care", "care")
    raise_it(world)
    assert called(world) == {"called": {"second-care", "duty-manager"}}


def test_where_nobody_is_there_to_call_everybody_is_at_once(world: World) -> None:
    world.owner.execute(
        "delete from access_assignment where role in ('on-call-care', 'duty-manager')"
    )
    raise_it(world)
    assert "head-of-unit" in called(world)["again"]


def test_nobody_answers_and_the_call_goes_further(world: World) -> None:
    add_concern(world)
    for minutes, step in ((1, "called"), (6, "again"), (11, "everybody")):
        now = timezone.now() + timedelta(minutes=minutes)
        with world.viewing("clerk") as clerk:
            call_on(by=clerk, now=now)
            call_on(by=clerk, now=now)
        assert minutes == 1 or step in called(world)
    steps = called(world)
    assert {"on-call-care", "duty-manager", "head-of-unit"} == steps["again"]
    assert steps["everybody"] == {
        "on-call-care", "duty-manager", "head-of-unit", "wing-officer", "governor", "chaplain",
        "personal-officer",
    }  # fmt: skip
    count = "select count(*) from duties_notice where kind = 'concern'"
    before = world.owner.execute(count).fetchone()[0]
    with world.viewing("clerk") as clerk:
        call_on(by=clerk, now=timezone.now() + timedelta(minutes=15))
    assert world.owner.execute(count).fetchone()[0] == before
    with world.viewing("clerk") as clerk:
        call_on(by=clerk, now=timezone.now() + timedelta(minutes=21))
    assert world.owner.execute(count).fetchone()[0] == before + len(steps["everybody"])


def test_an_answer_settles_what_everybody_was_told(world: World) -> None:
    key = add_concern(world, minutes_ago=75)
    every_minute()
    assert "governor" in notices(world)
    assert send(world, "take-up", key, "wing-officer").status_code == 302
    assert notices(world) == set()
    before = called(world)
    every_minute()
    assert called(world) == before


def test_the_worker_twice_at_once_calls_once(world: World) -> None:
    add_concern(world, minutes_ago=7)

    def run(_number: int) -> None:
        try:
            every_minute()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as both:
        list(both.map(run, range(2)))
    rows = world.owner.execute("select count(*) from duties_notice where kind = 'concern'")
    assert rows.fetchone()[0] == len(called(world)["again"]) == 3


def test_the_worker_stands_still_and_any_page_calls_on(world: World) -> None:
    """The concern stands on the board and before the leaders from the first second regardless."""
    key = add_concern(world)
    words = "Nobody has taken it up yet"
    for who, page in (
        ("wing-officer", reverse("reflections:board", args=["a"])),
        ("head-of-unit", reverse("home")),
        ("duty-manager", reverse("home")),
        ("governor", reverse("home")),
        ("on-call-care", reverse("home")),
    ):
        assert words in world.client(who).get(page).content.decode(), (who, page)
    assert called(world) == {}
    world.owner.execute("alter table safety_concern disable trigger safety_concern_kept")
    world.owner.execute("update safety_concern set raised_at = raised_at - interval '1 hour'")
    world.client("wing-officer").get(reverse("reflections:board", args=["a"]))
    assert "governor" in called(world)["everybody"]
    assert send(world, "take-up", key, "head-of-unit").status_code == 302


def test_who_inspects_looks_and_calls_nobody(world: World) -> None:
    add_concern(world, minutes_ago=60)
    with world.viewing("oversight") as viewer:
        first_and_call_on(viewer=viewer, people=list(world.people.values()))
    assert called(world) == {}


# ---- Taking it up ----


@pytest.mark.parametrize("role", STAFF_ROLES, ids=lambda r: r.key)
def test_who_writes_of_safety_there_takes_it_up(world: World, role: Any) -> None:
    key = add_concern(world)
    may = Right.WRITE in role.rights.get(Compartment.SAFETY, ()) and role.reach is not Reach.SERVICE
    answer = send(world, "take-up", key, role.key)
    assert answer.status_code == (302 if may else 404)
    assert (raised(world, "acknowledged_at")[0][0] is not None) is may


def test_two_take_it_up_at_once_and_the_second_hears_who_has_it(world: World) -> None:
    key = add_concern(world)

    def take(who: str) -> str:
        try:
            with world.viewing(who) as viewer:
                take_up(by=viewer, concern_id=key)
            return "taken"
        except Cannot as refusal:
            return str(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as both:
        came = sorted(both.map(take, ("duty-manager", "on-call-care")))
    assert came.count("taken") == 1
    assert any("took it up at" in each for each in came)


def test_whoever_is_off_duty_is_told_who_is_on_and_the_call_goes_on(world: World) -> None:
    world.add_staff("second-care", "on-call-care", establishment="north")
    add_turn(world, "on-call-care", "care", since=480, until=-5)
    add_turn(world, "second-care", "care")
    key = add_concern(world, minutes_ago=3)
    client = world.client("on-call-care")
    answer = client.post(reverse("safety:take-up", args=[key]), follow=True)
    html = answer.content.decode()
    assert "You are not on duty now" in html
    assert "Second Care" in html
    assert raised(world, "acknowledged_at") == [(None,)]
    with world.viewing("clerk") as clerk:
        call_on(by=clerk, now=timezone.now() + timedelta(minutes=3))
    assert "second-care" in called(world)["again"]
    assert send(world, "take-up", key, "second-care").status_code == 302


# ---- Reach of on-call care ----


def test_on_call_care_reaches_the_person_only_while_answering(world: World) -> None:
    amir = world.people["Amir Kaya"]

    def reached() -> bool:
        with world.viewing("on-call-care") as viewer:
            return amir in viewer.people(Compartment.SAFETY, Right.WRITE)

    assert not reached()
    raise_it(world)
    (key,) = raised(world)[0]
    assert reached()
    send(world, "take-up", key, "on-call-care")
    assert reached()
    answer = send(world, "end-concern", key, "on-call-care", how="helped", words="We talked.")
    assert answer.status_code == 302
    assert not reached()
    page = world.client("on-call-care").get(reverse("safety:concern", args=[key]))
    assert page.status_code == 404
    assert world.client("on-call-care").get(answer["Location"]).status_code == 200


# ---- Ending ----


def test_it_ends_only_once_taken_up_by_name_with_words(world: World) -> None:
    key = add_concern(world)
    end = {"how": "helped", "words": "We talked for an hour."}
    assert send(world, "end-concern", key, "head-of-unit", **end).status_code == 422
    send(world, "take-up", key, "duty-manager")
    assert send(world, "end-concern", key, "wing-officer", **end).status_code == 404
    assert send(world, "end-concern", key, "duty-manager", how="helped").status_code == 422
    wrong = send(world, "end-concern", key, "duty-manager", **(end | {"how": "plan"}))
    assert "Make the keep-safe plan first" in wrong.content.decode()
    assert end["words"] in wrong.content.decode()
    add_plan(world)
    for _twice in range(2):
        sent = send(world, "end-concern", key, "duty-manager", **(end | {"how": "plan"}))
        assert sent.status_code == 302
    late = send(world, "end-concern", key, "head-of-unit", **end)
    assert late.status_code == 422
    assert "ended it a moment ago" in late.content.decode()
    assert raised(world, "ended_how, ended_by_id") == [("plan", world.staff["duty-manager"])]


def test_nobody_rewrites_or_removes_it_the_owner_neither(world: World) -> None:
    key = add_concern(world, words="Cut his arm.", **taken_up(world))
    for change in (
        "update safety_concern set words = 'Nothing.'",
        "update safety_concern set kind = 'health'",
        "update safety_concern set acknowledged_at = now()",
        "update safety_concern set raised_at = now()",
        "delete from safety_concern",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            world.owner.execute(change)
    assert raised(world) == [(key,)]


@pytest.mark.parametrize("role", STAFF_ROLES, ids=lambda r: r.key)
def test_who_reads_a_concern(world: World, role: Any) -> None:
    here, elsewhere = (
        add_concern(world, who, raised_by_id=world.staff["nobody"])
        for who in ("Amir Kaya", "Cem Demir")
    )
    reads = Right.READ in role.rights.get(Compartment.SAFETY, ())
    client = world.client(role.key)
    page = client.get(reverse("safety:concern", args=[here])).status_code
    assert page == (200 if reads else 404)
    away = client.get(reverse("safety:concern", args=[elsewhere])).status_code
    assert away == (200 if reads and role.reach is Reach.SERVICE else 404)
    with world.viewing(role.key) as viewer:
        assert {each.key for each in open_concerns(viewer=viewer)} == (
            set() if not reads else {here, elsewhere} if role.reach is Reach.SERVICE else {here}
        )


def test_in_raw_sql_nobody_raises_in_anothers_name_or_out_of_reach(world: World) -> None:
    row = """insert into safety_concern (id, person_id, establishment_id, kind, words, raised_by_id,
        raised_at, noticed_at, ended_how, ended_words) values (gen_random_uuid(), %s, %s, 'health',
        '', %s, now(), now(), '', '')"""
    north = world.establishments["north"]
    for person, by in (("Amir Kaya", "head-of-unit"), ("Cem Demir", "activity-staff")):
        with (
            pytest.raises(Exception, match="row-level security"),
            world.viewing("activity-staff"),
            connection.cursor() as cursor,
        ):
            cursor.execute(row, [world.people[person], north, world.staff[by]])


# ---- As it grows ----


def test_lists_cost_as_many_reads_for_many_as_for_one(world: World) -> None:
    counts = []
    for more in (1, 30):
        for name in world.add_people(more, "a"):
            add_concern(world, next(n for n, key in world.people.items() if key == name),
                        **taken_up(world))  # fmt: skip
        for page in ("raise", "concerns"):
            with CaptureQueriesContext(connection) as asked:
                world.client("wing-officer").get(reverse(f"safety:{page}"))
            counts.append((page, len(asked)))
    assert counts[:2] == counts[2:]


def test_five_hundred_at_once_are_all_there(world: World) -> None:
    began = time.monotonic()
    with world.viewing("wing-officer") as viewer:
        for _number in range(500):
            raise_concern(
                by=viewer, person_id=world.people["Amir Kaya"], key=new_key(), kind="health"
            )
    with world.viewing("duty-manager") as viewer:
        assert len(open_concerns(viewer=viewer)) == 500
    assert time.monotonic() - began < 60


def test_the_timeline_tells_it_to_those_who_read_of_safety(world: World) -> None:
    add_concern(world, words="Gave his radio away.")
    url = reverse("reflections:person", args=[world.people["Amir Kaya"]])
    assert "Gave his radio away." in world.client("wing-officer").get(url).content.decode()
    assert (
        "Gave his radio away."
        not in world.client("probation-officer")
        .get(reverse("reflections:person", args=[world.people["Jonas Petit"]]))
        .content.decode()
    )


def test_whoever_ended_it_stands_in_it(world: World) -> None:
    key = add_concern(world, **taken_up(world))
    with world.viewing("duty-manager") as viewer:
        end_concern(by=viewer, concern_id=key, how="mistaken", words="A quarrel in a film.")
    with world.viewing("wing-officer") as viewer:
        whole = concern_with(key, viewer=viewer)
    assert (whole.ended_by, whole.how) == ("A. Duty Manager", "it was something else")
