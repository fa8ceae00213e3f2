"""Acting at once on what is unconfirmed: shown, decided, over in a day, reviewed by another."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import Error, connection, connections, transaction
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key
from daybook.observe.information.models import Protection, Urging
from daybook.observe.information.tasks import tell_of_urgent_steps
from daybook.observe.shifts.rules.handover import shift_now
from tests.observe.confidences.confidence_world import move_away
from tests.observe.safety.concern_world import add_turn
from tests.world import World

from .information_world import AMIR, FACT, dismiss, report
from .outside_world import (
    SAID,
    WHY,
    old_protection,
    old_urging,
    protect,
    urge,
)

pytestmark = pytest.mark.django_db(transaction=True)

OTHERS = (
    "wing-officer", "personal-officer", "head-of-unit", "governor", "psychologist", "case-lead",
    "chaplain", "analyst", "oversight", "source-custodian", "probation-officer",
)  # fmt: skip
FOUND = {
    "right": "milder", "found": "They had settled it at noon.", "left": "Nothing.",
}  # fmt: skip


def at(name: str, *args: Any) -> str:
    return reverse(f"information:{name}", args=args)


def read(world: World, address: str, who: str = "duty-manager") -> str:
    answer = world.client(who).get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def rows(world: World, statement: str, *args: Any) -> list[tuple[Any, ...]]:
    return world.owner.execute(statement, args).fetchall()


def a_step(**more: Any) -> dict[str, Any]:
    said = dict(SAID)
    return said | {"feared": said.pop("danger"), "key": new_key(), "hours": "4"} | more


def second_manager(world: World) -> str:
    name = "other-manager"
    world.add_staff(name, "duty-manager", establishment="north")
    return name


# ---- The desk shows it ----


def test_the_desk_shows_it_to_the_duty_manager_who_is_told_at_once(world: World) -> None:
    concern, client = report(world), world.client("analyst")
    assert "A. Duty Manager" in client.get(at("urge", concern)).content.decode()
    form = {"key": new_key(), "managers": [world.staff["duty-manager"]], "why": WHY}
    for _tap in range(2):
        assert client.post(at("urge", concern), form)["Location"] == at("concern", concern)
    assert rows(world, "select count(*) from information_urging") == [(1,)]
    assert rows(
        world, "select staff_id, urgent, path from duties_notice where kind = 'urged'"
    ) == [(world.staff["duty-manager"], True, at("urged", concern))]  # fmt: skip
    assert "something unconfirmed that may not wait" in read(world, "/")
    assert "Shown already" in read(world, at("urge", concern), "analyst")


def test_those_on_duty_are_chosen_beforehand(world: World) -> None:
    other, concern = second_manager(world), report(world)
    add_turn(world, other, "manager")
    shown = read(world, at("urge", concern), "analyst")
    chosen = shown.index("A. Other Manager, on duty until")
    assert chosen < shown.index("A. Duty Manager")
    assert re.search(f'value="{world.staff[other]}"[^>]* checked', shown)


def test_only_the_desk_shows_and_only_to_duty_managers_there(world: World) -> None:
    concern, client = report(world), world.client("analyst")
    good = {"key": new_key(), "managers": [world.staff["duty-manager"]], "why": WHY}
    for who in (*OTHERS, "duty-manager"):
        if who != "analyst":
            assert world.client(who).get(at("urge", concern)).status_code == 404, who
            assert world.client(who).post(at("urge", concern), good).status_code == 404, who
    world.add_staff("south-manager", "duty-manager", establishment="south")
    for staff in ("governor", "south-manager"):
        sent = client.post(at("urge", concern), good | {"managers": [world.staff[staff]]})
        assert (sent.status_code, WHY in sent.content.decode()) == (422, True)
    assert client.post(at("urge", concern), good | {"why": " "}).status_code == 422
    assert client.post(at("urge", concern), good | {"managers": []}).status_code == 422
    assert rows(world, "select count(*) from information_urging") == [(0,)]


def test_nothing_that_ended_is_shown(world: World) -> None:
    concern, client = report(world), world.client("analyst")
    dismiss(world, concern)
    assert client.get(at("urge", concern)).status_code == 404
    form = {"key": new_key(), "managers": [world.staff["duty-manager"]], "why": WHY}
    late = client.post(at("urge", concern), form)
    assert (late.status_code, WHY in late.content.decode()) == (422, True)
    assert "nothing that ended goes on" in late.content.decode()


# ---- The duty manager reads it ----


def test_it_reads_unconfirmed_with_what_is_missing_and_what_else_it_may_be(world: World) -> None:
    concern = report(world)
    urge(world, concern)
    shown = read(world, at("urged", concern))
    for words in (
        "Unconfirmed", FACT, WHY, "a legal basis", "a grade of the source",
        "Both lend and borrow tobacco.",
        reverse("safety:raise-for", args=[world.people[AMIR]]),
        reverse("safety:make-plan", args=[world.people[AMIR]]),
    ):  # fmt: skip
        assert words in shown, words
    assert "A. Wing Officer" not in shown
    logged = "select people from audit_entry where subject ~ '^information:urged: .*unconfirmed'"
    assert ([world.people[AMIR]],) in rows(world, logged)


def test_nobody_else_opens_what_is_unconfirmed(world: World) -> None:
    concern, other = report(world), second_manager(world)
    urge(world, concern)
    for who in (*OTHERS, other):
        client = world.client(who)
        assert client.get(at("urged", concern)).status_code == 404, who
        assert client.post(at("protect", concern), a_step()).status_code == 404, who
    for who in ("wing-officer", "head-of-unit", "governor", "psychologist"):
        shown = read(world, f"/people/{world.people[AMIR]}/", who)
        assert FACT not in shown
        assert "unconfirmed" not in shown
    assert rows(world, "select count(*) from information_protection") == [(0,)]


def test_after_a_day_the_duty_manager_reads_it_no_more_and_loses_nothing(world: World) -> None:
    concern = report(world)
    old_urging(world, concern, hours=24.1)
    client = world.client("duty-manager")
    assert client.get(at("urged", concern)).status_code == 404
    late = client.post(at("protect", concern), a_step())
    said = unescape(late.content.decode())
    assert late.status_code == 422
    assert "a day has passed since" in said
    assert SAID["danger"] in said
    assert FACT not in said
    assert "may not wait" not in read(world, "/")
    with world.viewing("duty-manager"), pytest.raises(Error), transaction.atomic():
        Protection.objects.bulk_create([a_row(world, concern)])
    old_urging(world, concern, hours=23.9)
    assert FACT in read(world, at("urged", concern))


def test_once_it_has_ended_nobody_acts_on_it_and_nothing_typed_is_lost(world: World) -> None:
    concern = report(world)
    urge(world, concern)
    dismiss(world, concern)
    client = world.client("duty-manager")
    assert client.get(at("urged", concern)).status_code == 404
    late = client.post(at("protect", concern), a_step())
    said = unescape(late.content.decode())
    assert (late.status_code, SAID["why_now"] in said, FACT in said) == (422, True, False)
    assert rows(world, "select count(*) from information_protection") == [(0,)]


# ---- The duty manager acts ----


def a_row(world: World, concern: UUID, **more: Any) -> Protection:
    now = timezone.now()
    return Protection(
        **{
            "id": new_key(), "concern_id": concern, "person_id": world.people[AMIR],
            "establishment_id": world.establishments["north"],
            "until": now + timedelta(hours=4), "written_at": now,
            "review_on": timezone.localdate() + timedelta(days=1),
            "written_by_id": world.staff["duty-manager"], **SAID,
        } | more,
    )  # fmt: skip


def test_a_step_is_signed_once_and_ends_by_itself(world: World) -> None:
    concern, client, form = report(world), world.client("duty-manager"), a_step(hours="24")
    urge(world, concern)
    for _tap in range(2):
        sent = client.post(at("protect", concern), form)
        assert sent["Location"] == at("protection", form["key"])
    assert rows(
        world, "select until - written_at, review_on from information_protection"
    ) == [(timedelta(hours=24), timezone.localdate() + timedelta(days=1))]  # fmt: skip
    shown = read(world, at("protection", form["key"]))
    assert "Holds until tomorrow" in shown
    assert "and ends by itself" in shown
    assert "don’t lapse with this" in shown
    told = "select staff_id from duties_notice where kind = 'urgent-step'"
    assert rows(world, told) == [(world.staff["analyst"],)]
    waits = "select count(*) from duties_notice where kind = 'urged' and answered_at is null"
    assert rows(world, waits) == [(0,)]
    assert "may not wait" not in read(world, "/")


def test_a_minute_more_than_a_day_is_refused_in_a_plain_sentence(world: World) -> None:
    concern, longer = report(world), timedelta(hours=24, minutes=1)
    urge(world, concern)
    with pytest.raises(Cannot, match="Twenty-four hours at most"):
        protect(world, concern, lasts=longer)
    sent = world.client("duty-manager").post(at("protect", concern), a_step(hours="25"))
    said = unescape(sent.content.decode())
    assert (sent.status_code, "Twenty-four hours at most" in said) == (422, True)
    assert SAID["step"] in said
    with world.viewing("duty-manager"), pytest.raises(Error, match="within a day"):
        Protection.objects.bulk_create([a_row(world, concern, until=timezone.now() + longer)])
    for missing in ("feared", "why_now", "step", "instead_of"):
        form = a_step(**{missing: " "})
        assert world.client("duty-manager").post(at("protect", concern), form).status_code == 422
    assert rows(world, "select count(*) from information_protection") == [(0,)]


def test_two_decide_at_once_and_the_second_reads_who_was_first(world: World) -> None:
    concern, other = report(world), second_manager(world)
    urge(world, concern, "duty-manager", other)

    def decide(who: str) -> tuple[int, str]:
        sent = world.client(who).post(at("protect", concern), a_step(feared=f"{who} fears."))
        connections.close_all()
        return sent.status_code, unescape(sent.content.decode())

    with ThreadPoolExecutor(2) as threads:
        (one, first), (two, second) = threads.map(decide, ["duty-manager", other])
    assert sorted([one, two]) == [302, 422]
    said, loser, winner = (
        (second, other, "A. Duty Manager")
        if one == 302
        else (first, "duty-manager", "A. Other Manager")
    )
    assert f"{winner} decided on it today" in said
    assert f"{loser} fears." in said
    assert rows(world, "select count(*) from information_protection") == [(1,)]


def test_nothing_renews_it(world: World) -> None:
    concern = report(world)
    old_protection(world, concern)
    old_urging(world, concern, hours=2)
    sent = world.client("duty-manager").post(at("protect", concern), a_step())
    assert (sent.status_code, "nothing renews it" in sent.content.decode()) == (422, True)
    with pytest.raises(Cannot, match="nothing renews it"):
        urge(world, concern)
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="nothing renews it"):
        world.owner.execute("update information_protection set until = now() + interval '1 hour'")
    with pytest.raises(psycopg.errors.IntegrityError):
        old_protection(world, concern, hours=1)


def test_the_database_itself_lets_nobody_act_who_was_not_shown_it(world: World) -> None:
    concern = report(world)
    for who in ("duty-manager", "governor", "analyst"):
        row = a_row(world, concern, written_by_id=world.staff[who])
        with world.viewing(who), pytest.raises(Error), transaction.atomic():
            Protection.objects.bulk_create([row])
    wrongly = Urging(
        id=new_key(),
        concern_id=concern,
        person_id=world.people[AMIR],
        staff_id=world.staff["governor"],
        why=WHY,
        written_at=timezone.now(),
        written_by_id=world.staff["analyst"],
    )
    with world.viewing("analyst"), pytest.raises(Error), transaction.atomic():
        Urging.objects.bulk_create([wrongly])


# ---- Who sees that it was taken ----


def test_those_who_lead_see_it_beside_the_person_and_nobody_on_the_wing(world: World) -> None:
    concern = report(world)
    urge(world, concern)
    key, person = protect(world, concern), f"/people/{world.people[AMIR]}/"
    for who in ("duty-manager", "governor", "head-of-unit"):
        assert "Urgent step" in read(world, person, who), who
        assert SAID["danger"] in read(world, at("protection", key), who), who
    for who in ("wing-officer", "personal-officer", "psychologist", "case-lead"):
        shown = read(world, person, who)
        assert "Urgent step" not in shown, who
        assert SAID["step"] not in shown, who
        assert world.client(who).get(at("protection", key)).status_code == 404, who
    now = shift_now(timezone.now())
    log = read(world, f"/wing/a/handover/{now.day}/{now.shift}/", "wing-officer")
    assert SAID["step"] not in log


# ---- The review ----


def reviewed(world: World, key: UUID, by: str, **more: Any) -> Any:
    return world.client(by).post(at("protection-review", key), FOUND | more)


def test_somebody_else_who_leads_reviews_it_the_day_after(world: World) -> None:
    key = old_protection(world, report(world))
    for who in ("governor", "head-of-unit"):
        assert "An urgent step to review" in read(world, "/", who), who
    assert "An urgent step to review" not in read(world, "/", "wing-officer")
    own = reviewed(world, key, "duty-manager")
    assert (own.status_code, "somebody else who leads reviews it" in own.content.decode()) == (
        422, True,
    )  # fmt: skip
    assert FOUND["found"] in own.content.decode()
    assert "An urgent step to review" not in read(world, "/")
    for _tap in range(2):
        assert reviewed(world, key, "governor").status_code == 302
    shown = read(world, at("protection", key), "head-of-unit")
    assert "a milder step would have done" in shown
    assert "An urgent step to review" not in read(world, "/", "head-of-unit")
    assert "Urgent step" not in read(world, f"/people/{world.people[AMIR]}/", "head-of-unit")
    told = "select staff_id from duties_notice where kind = 'urgent-step-reviewed'"
    assert rows(world, told) == [(world.staff["duty-manager"],)]


def test_two_review_and_the_second_reads_who_was_first(world: World) -> None:
    key = old_protection(world, report(world))
    assert reviewed(world, key, "head-of-unit", found=" ").status_code == 422
    assert reviewed(world, key, "head-of-unit").status_code == 302
    second = reviewed(world, key, "governor", found="I found this.")
    said = unescape(second.content.decode())
    assert (second.status_code, "A. Head Of Unit reviewed it today" in said) == (422, True)
    assert "I found this." in said
    other = old_protection(world, report(world))
    with pytest.raises(psycopg.errors.CheckViolation):
        world.owner.execute(
            "update information_protection set reviewed_at = now(), reviewed_words = 'x',"
            " reviewed_by_id = written_by_id where id = %s",
            [other],
        )


def test_another_duty_manager_reviews_and_nobody_before_its_day(world: World) -> None:
    other, concern = second_manager(world), report(world)
    urge(world, concern)
    key = protect(world, concern)
    early = reviewed(world, key, other)
    assert (early.status_code, "reviewed from tomorrow on" in early.content.decode()) == (
        422, True,
    )  # fmt: skip
    late = old_protection(world, report(world), hours=60)
    assert "An urgent step to review, overdue" in read(world, "/", other)
    assert reviewed(world, late, other).status_code == 302
    for who in ("wing-officer", "analyst", "oversight", "psychologist"):
        assert reviewed(world, key, who).status_code == 404, who


def test_in_the_morning_those_who_lead_are_told_once(world: World) -> None:
    key = old_protection(world, report(world), hours=25)
    done = old_protection(world, report(world), hours=25)
    assert reviewed(world, done, "governor").status_code == 302
    concern = report(world)
    urge(world, concern)
    protect(world, concern)
    for _run in range(2):
        tell_of_urgent_steps()
    told = rows(
        world, "select staff_id, path from duties_notice where kind ~ '^urgent-step-review'"
        " and kind <> 'urgent-step-reviewed' order by staff_id",
    )  # fmt: skip
    assert sorted(told) == sorted(
        (world.staff[who], at("protection", key)) for who in ("governor", "head-of-unit")
    )
    assert reviewed(world, key, "head-of-unit").status_code == 302
    waits = (
        "select count(*) from duties_notice where kind = 'urgent-step-review'"
        " and answered_at is null"
    )
    assert rows(world, waits) == [(0,)]


def test_whom_to_tell_of_reviews_is_known_to_daybook_itself_alone(world: World) -> None:
    old_protection(world, report(world), hours=25)
    for who in ("governor", "oversight", "analyst", "duty-manager"):
        with world.viewing(who), connection.cursor() as cursor:
            cursor.execute("select * from daybook.urgent_steps_to_review(current_date + 9)")
            assert cursor.fetchall() == [], who


def test_whoever_moved_away_is_out_of_the_duty_manager_s_sight(world: World) -> None:
    concern = report(world)
    urge(world, concern)
    move_away(world)
    client = world.client("duty-manager")
    assert client.get(at("urged", concern)).status_code == 404
    assert client.post(at("protect", concern), a_step()).status_code == 404
    with world.viewing("duty-manager"), connection.cursor() as cursor:
        cursor.execute("select count(*) from information_concern")
        assert cursor.fetchone() == (0,)
