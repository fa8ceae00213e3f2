"""The log of the shift: it writes itself, is added to, and is signed for by the next."""

from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from daybook.foundation.registry.providers import Happened, shift
from daybook.observe.reflections.models.meetings import Shift
from daybook.observe.shifts.queries.handover import log_of
from daybook.observe.shifts.rules.handover import (
    in_order,
    may_be_signed,
    shift_before,
    shift_now,
    shift_of,
)

from .shift_world import add_event, add_request, add_step, move

database = pytest.mark.django_db(transaction=True)
MOMENT = timedelta(seconds=1)


def look(world, by="wing-officer", unit="a"):
    return world.client(by).get(reverse("shifts:handover", args=[unit])).content.decode()


def log_url(span, unit="a"):
    return reverse("shifts:log", args=[unit, span.day.isoformat(), span.shift.value])


def add_note(world, by="wing-officer", **said):
    return world.client(by).post(
        reverse("shifts:handover", args=["a"]),
        {"key": str(new_key()), "words": "The kettle is with the works team.", "person_id": ""}
        | said,
    )


def sign(world, span, by, until=None):
    until = until or timezone.now()
    return world.client(by).post(log_url(span), {"read_until": until.isoformat()})


# ---- Shifts ----


@pytest.mark.parametrize(
    ("hour", "day", "shift_name"),
    [(5, 11, "night"), (6, 12, "early"), (13, 12, "early"), (14, 12, "late"), (22, 12, "night")],
)
def test_the_clock_says_which_shift_it_is(hour, day, shift_name):
    now = timezone.make_aware(datetime(2026, 3, 12, hour))  # noqa: DTZ001
    span = shift_now(now)
    assert (span.day, span.shift) == (date(2026, 3, day), shift_name)
    assert span.since <= now < span.until


def test_shifts_follow_each_other_without_a_gap_also_when_the_clocks_change():
    span = shift_of(date(2026, 4, 2), Shift.NIGHT)
    for _each in range(30):
        before = shift_before(span)
        assert before.until == span.since
        span = before


def test_a_log_is_signed_from_its_beginning_for_a_week():
    span = shift_of(date(2026, 3, 12), Shift.EARLY)
    assert not may_be_signed(span, span.since - MOMENT)
    assert may_be_signed(span, span.since)
    assert may_be_signed(span, span.until + timedelta(days=6))
    assert not may_be_signed(span, span.until + timedelta(days=7))


def test_the_log_stands_by_cell_and_time():
    at = datetime(2026, 3, 12, 7, tzinfo=UTC)
    told = [
        Happened(at + 3 * MOMENT, "third", "Amir K.", 1),
        Happened(at + 2 * MOMENT, "second", "Jonas P.", 2),
        Happened(at + MOMENT, "first", "Amir K.", 1),
        Happened(at, "gone", "Bao T.", 3),
        Happened(at, "staffing 3 of 4"),
    ]
    log = in_order(told, [(2, "a-01 Jonas P."), (1, "a-02 Amir K.")])
    assert [each.words for each in log.unit] == ["staffing 3 of 4"]
    assert [(one.who, one.here) for one in log.people] == [
        ("a-01 Jonas P.", True), ("a-02 Amir K.", True), ("Bao T.", False),
    ]  # fmt: skip
    assert [each.words for each in log.people[1].lines] == ["first", "third"]


# ---- It writes itself ----


@database
def test_the_log_writes_itself_from_what_is_written_anywhere(world):
    now = timezone.now()
    world.add_reflection(
        "Amir Kaya", "wing-officer", saved_at=now, difference="clearly", way="less",
        of_what="joking", leaning="worries", seen_heard="Sat alone.",
    )  # fmt: skip
    world.add_reflection(
        "Jonas Petit", "wing-officer", saved_at=now, difference="clearly", way="more",
        of_what="shouting", withdrawn_at=now,
    )  # fmt: skip
    world.insert(
        "duties_action", id=new_key(), person_id=world.people["Jonas Petit"],
        what="Call the school", owner_id=world.staff["wing-officer"],
        raised_by_id=world.staff["wing-officer"],
        raised_at=now, due_on=timezone.localdate(), source="", effect="helped", outcome="",
        done_at=now,
    )  # fmt: skip
    world.insert(
        "people_escort", id=new_key(), person_id=world.people["Jonas Petit"], kind="court",
        left_at=now,
    )  # fmt: skip
    world.insert(
        "places_unitday", unit_id=world.units["a"], day=shift_now(now).day, staff_present=3,
        hours_locked_down=0, incident="", event="Boiler repaired", feast="",
    )  # fmt: skip
    add_event(world, "Amir Kaya", at=now)
    add_step(world, add_request(world, at=now), 1, "promised", due=timezone.localdate())
    html = look(world)
    for words in (
        "Amir", "clearly different: less joking. Sat alone.", "Call the school: it helped",
        "at court", "Boiler repaired", "Six a side, and a draw.", "A call with my mother",
        "promised",
    ):  # fmt: skip
        assert words in html, words
    assert "shouting" not in html
    assert "worries" not in html, "what the author makes of it stands with the entry"


@database
def test_who_came_and_who_left_without_where_to(world):
    move(world, "Bao Tran", "a", hours=0)
    move(world, "Amir Kaya", "b", hours=0)
    html = look(world)
    assert "came to the unit" in html
    assert "left the unit" in html
    assert "B wing" not in html
    assert f"/people/{world.people['Amir Kaya']}/" not in html


@database
def test_a_note_about_the_unit_stays_and_one_about_a_person_goes_with_them(world):
    assert add_note(world).status_code == 302
    assert (
        add_note(world, words="Sleeps badly.", person_id=world.people["Amir Kaya"]).status_code
        == 302
    )
    assert add_note(world, words="").status_code == 422
    html = look(world, "head-of-unit")
    assert "The kettle is with the works team." in html
    assert "Sleeps badly." in html
    move(world, "Amir Kaya", "c", hours=0)
    html = look(world, "head-of-unit")
    assert "The kettle" in html
    assert "Sleeps badly." not in html
    for rewrite in (
        "update shifts_handovernote set words = 'x'",
        "delete from shifts_handovernote",
    ):
        with pytest.raises(psycopg.Error):
            world.owner.execute(rewrite)


@database
def test_a_second_tap_adds_one_note(world):
    key = str(new_key())
    for _tap in range(2):
        assert add_note(world, key=key).status_code == 302
    assert world.owner.execute("select count(*) from shifts_handovernote").fetchone() == (1,)


# ---- Signing ----


@database
def test_one_signature_each_and_it_changes_nothing(world):
    span = shift_now(timezone.now())
    add_note(world)
    before = world.owner.execute("select n::text from shifts_handovernote n").fetchall()
    for by in ("wing-officer", "wing-officer", "head-of-unit"):
        assert sign(world, span, by).status_code == 302
    signed = world.owner.execute("select count(*) from shifts_signature").fetchone()
    assert signed == (2,)
    html = world.client("duty-manager").get(log_url(span)).content.decode()
    assert "A. Wing Officer" in html
    assert "A. Head Of Unit" in html
    assert world.owner.execute("select n::text from shifts_handovernote n").fetchall() == before


@database
def test_what_comes_after_one_has_signed_shows_apart_to_them_alone(world):
    span = shift_now(timezone.now())
    add_note(world, words="Before.")
    sign(world, span, "wing-officer")
    add_note(world, words="After.", by="head-of-unit")
    html = world.client("wing-officer").get(log_url(span)).content.decode()
    assert html.index("Since you signed") < html.index("After.") < html.index("Before.")
    assert (
        "Since you signed" not in world.client("duty-manager").get(log_url(span)).content.decode()
    )


@database
def test_nobody_signs_for_what_they_can_t_have_read(world):
    span = shift_now(timezone.now())
    ahead = sign(world, span, "wing-officer", until=timezone.now() + timedelta(days=9))
    assert ahead.status_code == 302
    until, at = world.owner.execute(
        "select read_until, written_at from shifts_signature"
    ).fetchone()
    assert until <= at
    long_past = shift_of(timezone.localdate() - timedelta(days=9), Shift.EARLY)
    sign(world, long_past, "wing-officer")
    assert world.owner.execute("select count(*) from shifts_signature").fetchone() == (1,)


@database
@pytest.mark.parametrize(
    "address", ["2100-01-01/early", "2026-02-30/early", "x/early", "2026-01-01/noon"]
)
def test_a_shift_that_is_none_is_not_here(world, address):
    assert world.client("wing-officer").get(f"/wing/a/handover/{address}/").status_code == 404


@database
@pytest.mark.parametrize("by", ["b-officer", "case-lead", "activity-staff", "nobody"])
def test_the_log_is_the_unit_s_own(world, by):
    span = shift_now(timezone.now())
    assert world.client(by).get(reverse("shifts:handover", args=["a"])).status_code == 404
    assert world.client(by).get(log_url(span)).status_code == 404
    assert sign(world, span, by).status_code == 404


@database
def test_as_many_questions_for_sixty_as_for_one(world):
    span = shift_now(timezone.now())

    def questions():
        with world.viewing("wing-officer") as viewer, CaptureQueriesContext(connection) as asked:
            log_of(span, world.units["a"], viewer=viewer)
        return len(asked)

    add_event(world, "Amir Kaya", at=timezone.now())
    world.add_reflection("Amir Kaya", "wing-officer", saved_at=timezone.now(), difference="clearly")
    for_one = questions()
    for number in range(60):
        name = f"Person{number:03d} Test"
        world.add_person(name, "a")
        world.add_reflection(name, "wing-officer", saved_at=timezone.now(), difference="clearly")
        add_event(world, "Amir Kaya", name, at=timezone.now())
    assert questions() == for_one


@database
def test_every_app_may_tell_of_a_shift(world):
    def told(*, viewer, unit_id, since, until):
        return [Happened(since, "the lift stood still")]

    shift.register("a test", told)
    try:
        assert "The lift stood still" in look(world)
    finally:
        del shift.known["a test"]
