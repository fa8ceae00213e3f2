"""What is ahead of people, and escorts: who writes them, and what two officers at once meet."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.access.roles import ROLES, Compartment, Reach, Right
from daybook.foundation.people.ahead.queries import coming, what_is_ahead
from daybook.foundation.people.ahead.rules import coming_problem, leaving_problem, when
from daybook.foundation.people.queries import dates_and_numbers
from daybook.foundation.registry.keys import new_key

pytestmark = pytest.mark.django_db(transaction=True)

BRUSSELS = ZoneInfo("Europe/Brussels")
NOON = datetime(2026, 3, 12, 12, 0, 30, tzinfo=BRUSSELS)
WRITES = {
    role.key for role in ROLES.values() if Right.WRITE in role.rights.get(Compartment.WING, ())
} - {"clerk"}


def at(days=0, hour=14, minute=0):
    day = timezone.localdate() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BRUSSELS)


def of(world, name="ahead", person="Amir Kaya", **more):
    return reverse(f"people:{name}", kwargs={"person": world.people[person], **more})


def something(days=3, **said):
    day = (timezone.localdate() + timedelta(days=days)).isoformat()
    return {"key": new_key(), "kind": "visit", "on": day, "at": "14:00", "words": "sister"} | said


def leaving(minutes_ago=5, **said):
    left = timezone.localtime() - timedelta(minutes=minutes_ago)
    return {
        "key": new_key(), "kind": "hospital", "on": left.date().isoformat(),
        "at": left.strftime("%H:%M"),
    } | said  # fmt: skip


def now_on_the_clock():
    now = timezone.localtime()
    return {"on": now.date().isoformat(), "at": now.strftime("%H:%M")}


def held(world, table):
    return world.owner.execute(f"select * from {table}").fetchall()


def count(world, table):
    return len(held(world, table))


def page(client, address):
    return client.get(address).content.decode()


# ---- Who writes ----


@pytest.mark.parametrize("role", sorted(ROLES.keys() - {"clerk"}))
def test_whoever_writes_on_the_wing_writes_what_is_ahead(world, role):
    answer = world.client(role).post(of(world), something())
    assert (answer.status_code == 302) is (role in WRITES)
    assert count(world, "people_coming") == (role in WRITES)


def test_nobody_writes_for_people_elsewhere(world):
    for role in ("wing-officer", "duty-manager"):
        client = world.client(role)
        for name in ("ahead", "leave"):
            address = of(world, name, "Cem Demir")
            assert client.get(address).status_code == 404
            assert client.post(address, something()).status_code == 404
    assert count(world, "people_coming") == 0


def test_the_second_wall_holds_alone(world):
    """As the app's own role, past every query: a row about somebody out of reach, or by
    somebody else, is refused."""
    from django.db import DatabaseError, connection, transaction

    row = "insert into people_coming (id, person_id, kind, at, words, source, written_by_id)"
    for person, author in (("Cem Demir", "wing-officer"), ("Amir Kaya", "governor")):
        with (
            world.viewing("wing-officer"),
            connection.cursor() as cursor,
            pytest.raises(DatabaseError, match="row-level security"),
            transaction.atomic(),
        ):
            cursor.execute(
                f"{row} values (%s, %s, 'visit', now(), '', '', %s)",
                [new_key(), world.people[person], world.staff[author]],
            )
    with world.viewing("activity-staff"), connection.cursor() as cursor:
        world.add_escort("Amir Kaya", "court", timezone.now())
        cursor.execute("select count(*) from people_escort")
        assert cursor.fetchone() == (0,)


def test_who_receives_visits_reads_back_their_own_only(world):
    world.add_coming("Amir Kaya", "court", at(2), "second chamber")
    client = world.client("activity-staff")
    client.post(of(world), something(words="brother"))
    shown = page(client, of(world))
    assert "brother" in shown
    assert "second chamber" not in shown
    officer = page(world.client("wing-officer"), of(world))
    assert "brother" in officer
    assert "second chamber" in officer
    assert "written by A. Activity Staff" in officer
    [key] = [row[0] for row in held(world, "people_coming") if row[3] == "brother"]
    assert client.post(of(world, "call-off", coming=key)).status_code == 302
    assert "called off" in page(client, of(world))


# ---- What is ahead ----


def test_it_stands_on_the_page_the_person_page_and_the_board(world):
    client = world.client("wing-officer")
    client.post(of(world), something(days=1))
    assert "Visit, <bdi>sister</bdi>" in page(client, of(world))
    client.post(of(world), something(days=9, kind="court", at="09:40"))
    assert ", 09:40</time>" in page(client, of(world)), "the hour is told also far ahead"
    assert "Visit, <bdi>sister</bdi>" in page(client, f"/people/{world.people['Amir Kaya']}/")
    assert "Visit tomorrow 14:00: sister" in page(client, "/wing/a/")
    assert of(world) in page(client, f"/people/{world.people['Amir Kaya']}/")


def test_pressing_twice_writes_once_and_a_colleague_s_same_visit_is_said(world):
    client, sent = world.client("wing-officer"), something()
    assert [client.post(of(world), sent).status_code for _ in range(2)] == [302, 302]
    answer = world.client("head-of-unit").post(of(world), sent | {"key": new_key()})
    assert answer.status_code == 422
    assert "stands under what is ahead already" in answer.content.decode()
    assert count(world, "people_coming") == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"days": -1}, "That day has passed."),
        ({"days": 4000}, "Choose a day within the next three years."),
        ({"kind": "party"}, "Choose one of these."),
        ({"kind": ""}, "Choose one."),
        ({"on": "soon"}, "Give a day, as in 2026-03-12."),
        ({"at": "25:00"}, "Give a time, as in 14:30."),
        ({"words": "x" * 201}, "up to 200 characters"),
    ],
)
def test_what_can_t_be_is_said_and_what_was_typed_stays(world, said, sentence):
    answer = world.client("wing-officer").post(of(world), something(**{"words": "aunt"} | said))
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert sentence in shown
    assert said.get("words", "aunt") in shown
    assert count(world, "people_coming") == 0


def test_a_key_that_is_somebody_else_s_is_absent(world):
    key = world.add_coming("Cem Demir", "court", at(2))
    assert world.client("wing-officer").post(of(world), something(key=key)).status_code == 404


def test_an_hour_that_has_passed_today_is_refused_and_none_is_needed():
    today = NOON.date()
    assert coming_problem(today, NOON.time().replace(hour=11), now=NOON)[0] == "at"
    assert coming_problem(today, NOON.time().replace(second=0), now=NOON) is None
    assert coming_problem(today, None, now=NOON) is None


def test_a_day_without_an_hour_is_told_as_a_day(world):
    client = world.client("wing-officer")
    client.post(of(world), something(days=0, kind="court", at="", words=""))
    client.post(of(world), something(days=1, kind="hearing", at="", words=""))
    board = page(client, "/wing/a/")
    assert "Court today" in board
    assert "Hearing tomorrow" in board
    assert "00:00" not in board + page(client, of(world)).replace("T00:00", "")
    with world.viewing("wing-officer") as viewer:
        found = coming([world.people["Amir Kaya"]], viewer=viewer, within=timedelta(days=7))
    assert [each.what for each in found] == ["court", "hearing"], "today’s is on all day"
    assert found[0].when == timezone.localdate()


def test_midnight_is_a_day_and_any_other_minute_an_hour():
    assert when(datetime(2026, 7, 1, 22, 0, tzinfo=ZoneInfo("UTC"))).isoformat() == "2026-07-02"
    assert when(NOON) == NOON


def test_it_is_called_off_once(world):
    key = world.add_coming("Amir Kaya", "visit", at(2), "mother")
    client, address = world.client("wing-officer"), of(world, "call-off", coming=key)
    assert "It is called off." in client.post(address, follow=True).content.decode()
    again = client.post(address, follow=True).content.decode()
    assert "That was called off already. Nothing has changed." in again
    assert "called off" in page(client, of(world))
    assert "mother" not in page(client, "/wing/a/")
    logged = world.owner.execute(
        "select reason, people from audit_entry where subject = 'coming event'"
        " and kind = 'alteration'"
    ).fetchall()
    assert logged == [("called off", [world.people["Amir Kaya"]])]


def test_what_was_called_off_by_mistake_takes_place_after_all(world):
    key = world.add_coming("Amir Kaya", "visit", at(2), "mother")
    client = world.client("wing-officer")
    client.post(of(world, "call-off", coming=key))
    assert "It takes place after all" in page(client, of(world))
    client.post(of(world, "call-on", coming=key))
    shown = page(client, of(world))
    assert "Call it off" in shown
    assert "called off" not in shown
    again = client.post(of(world, "call-on", coming=key), follow=True).content.decode()
    assert "That was not called off. Nothing has changed." in again
    assert world.client("b-officer").post(of(world, "call-on", coming=key)).status_code == 404


def test_it_can_be_said_for_a_week_that_it_did_not_take_place(world):
    lately = world.add_coming("Amir Kaya", "visit", at(-2), "uncle")
    before = world.add_coming("Amir Kaya", "visit", at(-9), "cousin")
    client = world.client("wing-officer")
    shown = page(client, of(world))
    assert "Did not take place" in shown
    assert "cousin" not in shown
    client.post(of(world, "call-off", coming=lately))
    long_past = client.post(of(world, "call-off", coming=before), follow=True).content.decode()
    assert "more than seven days ago" in long_past
    called_off = {row[0] for row in held(world, "people_coming") if row[4] is not None}
    assert called_off == {lately}


def test_nobody_calls_off_what_is_another_wing_s_or_only_theirs_to_read(world):
    key = world.add_coming("Amir Kaya", "visit", at(2))
    for role in ("b-officer", "governor", "case-lead", "activity-staff"):
        answer = world.client(role).post(of(world, "call-off", coming=key))
        assert answer.status_code == 404, role


@pytest.mark.parametrize("many", [1, 40])
def test_one_page_asks_as_much_for_forty_as_for_one(world, many, django_assert_max_num_queries):
    for number in range(many):
        world.add_coming("Amir Kaya", "visit", at(1 + number), "sister")
        world.add_coming("Amir Kaya", "appointment", at(-2, minute=number))
    client = world.client("wing-officer")
    client.get(of(world))
    with django_assert_max_num_queries(18):
        assert page(client, of(world)).count("Call it off") == many


# ---- Escorts ----


def test_an_escort_changes_nobody_s_reach_and_ends_no_stay(world):
    client = world.client("wing-officer")
    stays = held(world, "people_stay")
    assert client.post(of(world, "leave"), leaving()).status_code == 302
    assert held(world, "people_stay") == stays
    assert "at hospital since" in page(client, "/wing/a/")
    assert "At hospital, left" in page(client, of(world))
    assert "Has left under escort" not in page(client, of(world))
    with world.viewing("wing-officer") as viewer:
        assert world.people["Amir Kaya"] in viewer.people(Compartment.WING, Right.WRITE)
    [escort] = held(world, "people_escort")
    assert client.post(of(world, "back", escort=escort[0]), now_on_the_clock()).status_code == 302
    assert "at hospital" not in page(client, "/wing/a/")


def test_leaving_twice_is_leaving_once_and_two_officers_are_told(world):
    client, sent = world.client("wing-officer"), leaving()
    assert [client.post(of(world, "leave"), sent).status_code for _ in range(2)] == [302, 302]
    answer = world.client("head-of-unit").post(of(world, "leave"), leaving(kind="court"))
    assert answer.status_code == 422
    assert "They are out under escort already." in answer.content.decode()
    assert count(world, "people_escort") == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"minutes_ago": -90}, "That time is still to come. Write it once they have left"),
        ({"minutes_ago": 60 * 24 * 9}, "Choose a time within the last seven days."),
        ({"kind": "home"}, "Choose one of these."),
        ({"at": ""}, "Fill this in."),
    ],
)
def test_a_leave_that_can_t_be_is_refused_in_words(world, said, sentence):
    answer = world.client("wing-officer").post(of(world, "leave"), leaving(**said))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert count(world, "people_escort") == 0


def test_nobody_leaves_before_they_were_back():
    hour = timedelta(hours=1)
    assert "back from the escort before" in leaving_problem(
        NOON - 2 * hour, last_back=NOON - hour, now=NOON
    )
    assert leaving_problem(NOON - hour, last_back=NOON - hour, now=NOON) == ""


def test_back_before_leaving_or_later_than_now_is_refused(world):
    key = world.add_escort("Amir Kaya", "court", timezone.now() - timedelta(hours=2))
    client, address = world.client("wing-officer"), of(world, "back", escort=key)
    for hours, sentence in ((-3, "They left"), (2, "That time is still to come.")):
        then = timezone.localtime() + timedelta(hours=hours)
        answer = client.post(address, {"on": then.date().isoformat(), "at": then.strftime("%H:%M")})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert held(world, "people_escort")[0][3] is None


def test_two_who_say_that_somebody_is_back_are_told(world):
    key = world.add_escort("Amir Kaya", "court", timezone.now() - timedelta(hours=9))
    client, address = world.client("wing-officer"), of(world, "back", escort=key)
    sent = now_on_the_clock()
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]
    earlier = timezone.localtime() - timedelta(hours=1)
    other = {"on": earlier.date().isoformat(), "at": earlier.strftime("%H:%M")}
    answer = world.client("head-of-unit").post(address, other)
    assert answer.status_code == 422
    assert "A colleague has written already that they are back." in answer.content.decode()


def test_an_escort_that_was_none_leaves_no_trace_on_the_timeline(world):
    key = world.add_escort("Amir Kaya", "court", timezone.now() - timedelta(hours=2))
    client = world.client("wing-officer")
    client.post(of(world, "did-not-leave", escort=key))
    client.post(of(world, "did-not-leave", escort=key))
    assert "at court" not in page(client, "/wing/a/")
    assert "At court" not in page(client, f"/people/{world.people['Amir Kaya']}/")
    assert client.post(of(world, "leave"), leaving()).status_code == 302
    reasons = world.owner.execute(
        "select reason from audit_entry where subject = 'escort' and kind = 'alteration'"
    ).fetchall()
    assert reasons == [("did not take place",)]


# ---- On the person page ----


def test_what_passed_and_escorts_stand_on_the_timeline(world):
    world.add_coming("Amir Kaya", "visit", at(-2), "mother")
    world.add_coming("Amir Kaya", "visit", at(-3), cancelled_at=at(-4))
    world.add_coming("Amir Kaya", "court", at(-5, hour=0))
    world.add_escort("Amir Kaya", "hospital", at(-6, hour=9), back_at=at(-6, hour=15))
    world.add_escort("Amir Kaya", "court", timezone.now() - timedelta(minutes=9))
    shown = page(world.client("wing-officer"), f"/people/{world.people['Amir Kaya']}/")
    timeline = shown[shown.index('id="timeline"') : shown.index('id="beside"')]
    assert "At hospital, back 15:00." in timeline
    assert "At court, not back yet." in timeline
    assert timeline.count("Was planned for this time.") == 2
    assert timeline.count("Called off.") == 1
    assert "mother" in timeline


@pytest.mark.parametrize(
    "role", sorted(r.key for r in ROLES.values() if r.reach in (Reach.UNIT, Reach.ESTABLISHMENT))
)
def test_dates_and_numbers_are_for_whoever_knows_the_person_and_their_reading_is_logged(
    world, role
):
    amir = world.people["Amir Kaya"]
    world.insert("people_keydate", person_id=amir, kind="release", on="2027-11-03")
    world.insert("people_identifier", person_id=amir, system="prison", number="P000123")
    shown = page(world.client(role), f"/people/{amir}/")
    assert "Dates and numbers" in shown
    assert "3 November 2027" in shown
    assert "P000123" in shown
    [(people,)] = world.owner.execute(
        "select people from audit_entry where kind = 'consultation'"
        " and subject like '%dates and numbers%'"
    ).fetchall()
    assert people == [amir]


def test_dates_and_numbers_of_somebody_out_of_reach_are_absent(world):
    from django.http import Http404

    with world.viewing("wing-officer") as viewer:
        for name in ("Bao Tran", "Cem Demir"):
            with pytest.raises(Http404):
                dates_and_numbers(world.people[name], viewer=viewer)
            with pytest.raises(Http404):
                what_is_ahead(world.people[name], viewer=viewer)
