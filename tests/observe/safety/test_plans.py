"""Keep-safe plans: at the door at once, looked in on, never lapsing, handed back by name."""

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
from daybook.foundation.registry import providers
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key
from daybook.observe.safety.actions.calling import call_on
from daybook.observe.safety.actions.plans import make_plan
from daybook.observe.safety.actions.telling import tell_of_reviews
from daybook.observe.safety.queries.plans import running_plans
from tests.world import World

from .concern_world import add_concern, add_look, add_plan, add_turn, notices, send, taken_up
from .safety_world import in_days

pytestmark = pytest.mark.django_db(transaction=True)

STAFF_ROLES = [role for role in ROLES.values() if role is not CLERK]
DECIDES = (
    "duty-manager", "head-of-unit", "case-lead", "psychologist", "probation-officer",
    "on-call-care",
)  # fmt: skip
BACK = {
    "to": "His personal officers", "because": "He sleeps, and says so.", "spoke": "yes",
    "words": "Laughed about the match.",
}  # fmt: skip


def words(**more: Any) -> dict[str, Any]:
    return {
        "key": str(new_key()), "what": "Knock, say his name.", "who": "The landing officer",
        "helps": "Tea.", "every_minutes": "30", "review_on": in_days(3).isoformat(),
    } | more  # fmt: skip


def make(world: World, by: str = "wing-officer", **more: Any) -> Any:
    url = reverse("safety:make-plan", args=[world.people["Amir Kaya"]])
    return world.client(by).post(url, words(**more))


def plans(world: World, columns: str) -> list[Any]:
    return world.owner.execute(f"select {columns} from safety_plan order by made_at").fetchall()


def looks(world: World) -> list[Any]:
    return world.owner.execute("select spoke, words from safety_check").fetchall()


def look(world: World, plan: Any, by: str = "wing-officer", **said: Any) -> Any:
    return send(world, "look-in", plan, by, **({"key": str(new_key()), "spoke": "no"} | said))


def first_lines(world: World, by: str = "activity-staff") -> list[str]:
    with world.viewing(by) as viewer:
        return [
            line.words
            for provider in providers.first
            for line in provider(viewer=viewer, people=[world.people["Amir Kaya"]]).get(
                world.people["Amir Kaya"], ()
            )
        ]


# ---- Making one ----


def test_a_plan_stands_at_the_door_the_same_minute(world: World) -> None:
    assert make(world).status_code == 302
    (line,) = first_lines(world)
    assert line.startswith("Keep safe: every 30 minutes, first by ")
    board = world.client("wing-officer").get(reverse("reflections:board", args=["a"]))
    assert line in board.content.decode()
    page = reverse("reflections:person", args=[world.people["Amir Kaya"]])
    html = world.client("wing-officer").get(page).content.decode()
    for told in (line, "Knock, say his name.", "What helps: Tea."):
        assert told in html
    reflect = reverse("reflections:reflect", args=[world.people["Amir Kaya"]])
    assert line in world.client("wing-officer").get(reflect).content.decode()


def test_the_form_says_that_nothing_clinical_belongs_in_it(world: World) -> None:
    url = reverse("safety:make-plan", args=[world.people["Amir Kaya"]])
    html = world.client("wing-officer").get(url).content.decode()
    assert "Nothing clinical, no diagnosis, nothing told in confidence" in html


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"what": ""}, "Write what staff do."),
        ({"who": ""}, "Write who does it."),
        ({"every_minutes": ""}, "Choose how often."),
        ({"review_on": in_days(8).isoformat()}, "within a week"),
        ({"review_on": in_days(0).isoformat()}, "after today"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    world: World, wrong: dict[str, str], sentence: str
) -> None:
    answer = make(world, **({"helps": "The radio, softly."} | wrong))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert sentence in html
    assert "The radio, softly." in html
    assert plans(world, "id") == []


def test_it_answers_the_concern_that_was_taken_up_and_leads_back_to_it(world: World) -> None:
    concern = add_concern(world, **taken_up(world, "wing-officer"))
    answer = make(world)
    assert answer["Location"] == reverse("safety:concern", args=[concern])
    assert plans(world, "concern_id") == [(concern,)]
    end = send(world, "end-concern", concern, "wing-officer", how="plan", words="See the plan.")
    assert end.status_code == 302


def test_a_double_tap_makes_one(world: World) -> None:
    key = str(new_key())
    assert [make(world, key=key).status_code for _ in range(2)] == [302, 302]
    assert len(plans(world, "id")) == 1


def test_a_newer_plan_takes_its_place_for_its_maker_and_those_who_decide(world: World) -> None:
    old = add_plan(world, made_by_id=world.staff["head-of-unit"])
    assert make(world, replaces=str(old)).status_code == 404
    assert make(world, "duty-manager", replaces=str(old), every_minutes="15").status_code == 302
    assert plans(world, "every_minutes, replaced_at is null") == [(30, False), (15, True)]
    assert len(first_lines(world)) == 1


def test_whoever_had_an_older_plan_before_their_eyes_is_told(world: World) -> None:
    add_plan(world)
    answer = make(world)
    assert answer.status_code == 422
    assert "has made a plan meanwhile" in answer.content.decode()


def test_two_make_one_at_once_and_one_runs(world: World) -> None:
    def try_it(who: str) -> str:
        said = words() | {"every_minutes": 30, "review_on": in_days(3), "key": new_key()}
        try:
            with world.viewing(who) as viewer:
                make_plan(by=viewer, person_id=world.people["Amir Kaya"], **said)
            return "made"
        except Cannot as refusal:
            return str(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as both:
        came = list(both.map(try_it, ("wing-officer", "head-of-unit")))
    assert came.count("made") == 1
    assert len(plans(world, "id")) == 1


# ---- Looking in ----


def test_one_touch_says_that_somebody_looked_in(world: World) -> None:
    plan = add_plan(world, minutes_ago=20)
    assert look(world, plan, spoke="yes").status_code == 302
    assert look(world, plan, words="Reads.").status_code == 302
    assert sorted(looks(world)) == [(False, "Reads."), (True, "")]
    (line,) = first_lines(world)
    assert "last looked in" in line


def test_a_double_tap_is_one_look_and_no_answer_is_asked_again(world: World) -> None:
    plan, key = add_plan(world), str(new_key())
    assert [look(world, plan, key=key).status_code for _ in range(2)] == [302, 302]
    assert len(looks(world)) == 1
    wrong = look(world, plan, spoke="", words="Was asleep.")
    assert wrong.status_code == 422
    assert "Was asleep." in wrong.content.decode()


def test_a_look_under_a_plan_that_was_replaced_counts_for_the_one_that_runs(world: World) -> None:
    old = add_plan(world, minutes_ago=60, replaced_at=timezone.now())
    new = add_plan(world)
    assert look(world, old).status_code == 302
    rows = world.owner.execute("select plan_id from safety_check").fetchall()
    assert rows == [(new,)]


@pytest.mark.parametrize("role", STAFF_ROLES, ids=lambda r: r.key)
def test_who_looks_in_reads_and_hands_back(world: World, role: Any) -> None:
    plan, elsewhere = add_plan(world), add_plan(world, "Cem Demir")
    rights = role.rights.get(Compartment.SAFETY, frozenset())
    here = role.reach is not Reach.SERVICE
    client = world.client(role.key)
    page = reverse("safety:keep-safe", args=[world.people["Amir Kaya"]])
    assert client.get(page).status_code == (200 if Right.READ in rights else 404)
    away = client.get(reverse("safety:keep-safe", args=[world.people["Cem Demir"]])).status_code
    assert away == (200 if Right.READ in rights and not here else 404)
    writes = Right.WRITE in rights and here
    assert look(world, plan, role.key).status_code == (302 if writes else 404)
    assert look(world, elsewhere, role.key).status_code == 404
    decides = role.key in DECIDES
    back = send(world, "hand-back", plan, role.key, key=str(new_key()), **BACK)
    assert back.status_code == (302 if decides else 404)
    assert send(
        world, "hand-back", elsewhere, role.key, key=str(new_key()), **BACK
    ).status_code == 404  # fmt: skip


def test_a_late_look_leads_home_and_the_duty_manager_hears_after_as_much_again(
    world: World,
) -> None:
    world.add_staff("second-manager", "duty-manager", establishment="north")
    add_turn(world, "second-manager", "manager")
    plan = add_plan(world, minutes_ago=200)
    add_look(world, plan, minutes_ago=45)
    (line,) = first_lines(world)
    assert line.startswith("Keep safe: look in now.")
    for who in ("wing-officer", "head-of-unit", "duty-manager", "governor"):
        assert line in world.client(who).get(reverse("home")).content.decode()
    assert notices(world, "look-in-late") == set()
    for _twice in range(2):
        with world.viewing("clerk") as clerk:
            call_on(by=clerk, now=timezone.now() + timedelta(minutes=16))
    assert notices(world, "look-in-late") == {"second-manager"}
    look(world, plan)
    assert notices(world, "look-in-late") == set()
    assert notices(world, "look-in-late", waiting=False) == {"second-manager"}


# ---- It never lapses ----


def test_a_plan_whose_review_is_overdue_runs_and_is_told_higher_each_day(world: World) -> None:
    today = timezone.localdate()
    add_plan(world, review_on=today, minutes_ago=60 * 24 * 3)
    assert first_lines(world)
    due = world.client("head-of-unit").get(reverse("home")).content.decode()
    assert "Look again: the keep-safe plan" in due
    assert (
        "Look again: the keep-safe plan"
        not in world.client("wing-officer").get(reverse("home")).content.decode()
    )
    with world.viewing("clerk") as clerk:
        tell_of_reviews(by=clerk, today=today)
    assert notices(world, "protection-review") == {"head-of-unit"}
    with world.viewing("clerk") as clerk:
        tell_of_reviews(by=clerk, today=today + timedelta(days=1))
    assert notices(world, "protection-review-late") == {"governor", "duty-manager"}


def test_a_named_person_lets_it_go_on(world: World) -> None:
    plan = add_plan(world)
    form = {"key": str(new_key()), "words": "Nights are bad.", "next_on": in_days(5).isoformat()}
    assert send(world, "plan-stands", plan, "wing-officer", **form).status_code == 404
    for _twice in range(2):
        assert send(world, "plan-stands", plan, "head-of-unit", **form).status_code == 302
    assert plans(world, "review_on") == [(in_days(5),)]
    too_far = form | {"key": str(new_key()), "next_on": in_days(20).isoformat()}
    assert send(world, "plan-stands", plan, "head-of-unit", **too_far).status_code == 422


def test_the_owner_neither_rewrites_nor_removes_it(world: World) -> None:
    plan = add_plan(world)
    add_look(world, plan)
    for change in (
        "update safety_plan set what = 'Nothing.'",
        "update safety_plan set every_minutes = 1440",
        "delete from safety_plan",
        "update safety_check set spoke = false",
        "delete from safety_check",
    ):
        with pytest.raises(psycopg.Error):
            world.owner.execute(change)


# ---- Handing back ----


def test_it_goes_back_to_ordinary_care_by_name_after_a_last_look(world: World) -> None:
    plan = add_plan(world)
    missing = send(world, "hand-back", plan, "head-of-unit", key=str(new_key()), because="Fine.")
    assert missing.status_code == 422
    assert first_lines(world)
    form = {"key": str(new_key()), **BACK}
    for _twice in range(2):
        assert send(world, "hand-back", plan, "head-of-unit", **form).status_code == 302
    late = send(world, "hand-back", plan, "duty-manager", **(form | {"because": "Me too."}))
    assert late.status_code == 422
    assert "handed it back a moment ago" in late.content.decode()
    assert looks(world) == [(True, "Laughed about the match.")]
    assert first_lines(world) == []
    assert plans(world, "handed_back_to, handed_back_by_id") == [
        ("His personal officers", world.staff["head-of-unit"])
    ]
    assert look(world, plan).status_code == 422
    page = world.client("wing-officer").get(reverse("safety:plan", args=[plan]))
    assert "He sleeps, and says so." in page.content.decode()


def test_on_call_care_reaches_the_person_while_a_plan_runs(world: World) -> None:
    plan, amir = add_plan(world), world.people["Amir Kaya"]
    with world.viewing("on-call-care") as viewer:
        assert amir in viewer.people(Compartment.SAFETY, Right.WRITE)
    back = send(world, "hand-back", plan, "on-call-care", key=str(new_key()), **BACK)
    assert back.status_code == 302
    assert world.client("on-call-care").get(back["Location"]).status_code == 200
    with world.viewing("on-call-care") as viewer:
        assert amir not in viewer.people(Compartment.SAFETY)


# ---- Told ----


def test_the_log_of_the_shift_counts_looks_and_names_who_decided(world: World) -> None:
    concern = add_concern(world, minutes_ago=30, **taken_up(world, minutes_ago=20))
    plan = add_plan(world, minutes_ago=15)
    for minutes in (10, 5):
        add_look(world, plan, minutes_ago=minutes)
    send(world, "end-concern", concern, "duty-manager", how="plan", words="See the plan.")
    now = timezone.now()
    with world.viewing("wing-officer") as viewer:
        told = [
            each
            for provider in providers.shift
            for each in provider(
                viewer=viewer, unit_id=world.units["a"], since=now - timedelta(hours=1),
                until=now + timedelta(hours=1),
            )
        ]  # fmt: skip
    assert {each.words for each in told} >= {
        "concern for safety raised", "concern for safety taken up", "concern for safety ended",
        "keep-safe plan made", "looked in 2 times, spoke: 2",
    }  # fmt: skip
    assert {each.who for each in told if "taken up" in each.words} == {"A. Duty Manager"}


def test_the_timeline_tells_plans_and_looks_of_which_something_was_said(world: World) -> None:
    plan = add_plan(world)
    look(world, plan)
    look(world, plan, words="Sang along.")
    send(world, "hand-back", plan, "head-of-unit", key=str(new_key()), **BACK)
    url = reverse("reflections:person", args=[world.people["Amir Kaya"]])
    html = world.client("wing-officer").get(url).content.decode()
    for told in ("Knock, say his name.", "Sang along.", "He sleeps, and says so."):
        assert told in html


def test_reading_costs_as_much_for_many_as_for_one(world: World) -> None:
    counts = []
    for more in (1, 20):
        for key in world.add_people(more, "a"):
            name = next(name for name, known in world.people.items() if known == key)
            add_look(world, add_plan(world, name), name)
        with world.viewing("wing-officer") as viewer, CaptureQueriesContext(connection) as asked:
            assert len(running_plans(viewer=viewer)) >= more
        counts.append(len(asked))
    assert counts[0] == counts[1]
