"""What was first written on paper comes in row by row, in the order of the sheet."""

import json
from datetime import datetime, time, timedelta

import psycopg
import pytest
from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from daybook.observe.reflections.actions.recording import save
from daybook.observe.safety.queries.sheets import wing_sheet

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "/wing/a/from-paper/"


def yesterday():
    return timezone.localdate() - timedelta(days=1)


def send(world, rows, by="wing-officer", day=None, at="14:05", keys=None):
    """The sheet with ``rows``: for each name, what was answered about them."""
    data = {"day": (day or yesterday()).isoformat(), "at": at}
    for name, said in rows.items():
        prefix = f"person-{world.people[name]}"
        data[f"{prefix}-key"] = str((keys or {}).get(name) or new_key())
        data |= {f"{prefix}-{field}": value for field, value in said.items()}
    return world.client(by).post(ADDRESS, data)


def signed(world):
    return world.owner.execute(
        "select p.given_name, r.day, r.form, r.noted_at, r.seen_heard, s.username"
        " from reflections_reflection r join people_person p on p.id = r.person_id"
        " join staff_staff s on s.id = r.author_id order by p.given_name"
    ).fetchall()


def test_rows_that_say_something_are_signed_for_the_day_and_hour_of_the_sheet(world):
    sent = send(
        world,
        {
            "Amir Kaya": {
                "contact": "talk", "step-mood": "2", "difference": "clearly",
                "circumstances": ["no-visit"], "seen_heard": "Gave away his radio.",
            },
            "Jonas Petit": {},
        },
    )  # fmt: skip
    assert sent.status_code == 302
    noted = timezone.make_aware(datetime.combine(yesterday(), time(14, 5)))
    [row] = signed(world)
    assert row == ("Amir", yesterday(), "paper", noted, "Gave away his radio.", "wing-officer")
    rated = world.owner.execute(
        "select step, day, s.username from reflections_rating r join staff_staff s"
        " on s.id = r.rater_id"
    ).fetchall()
    assert rated == [(2, yesterday(), "wing-officer")], "it counts for the day it was seen"
    page = world.client("head-of-unit").get(f"/people/{world.people['Amir Kaya']}/")
    assert "noted on paper at 14:05" in page.content.decode()
    assert "Gave away his radio." in page.content.decode()


def test_the_screen_follows_the_sheet(world):
    for name, cell in (("Otto Ruiz", "a-70"), ("Zoltan Quill", "a-00")):
        world.add_person(name, "a", cell)
    shown = world.client("wing-officer").get(ADDRESS)
    with world.viewing("wing-officer") as viewer:
        _unit, people = wing_sheet("a", viewer=viewer)
    assert [row["line"].id for row in shown.context["rows"]] == [line.id for line in people]
    html = shown.content.decode()
    asked = ("How much contact?", "Mood", "Usual for", "no visit", "seen or heard")
    places = [html.index(words) for words in asked]
    assert places == sorted(places)
    assert " checked" not in html, "nothing is chosen beforehand"


def test_good_rows_are_kept_and_a_wrong_one_comes_back_with_what_was_typed(world):
    sent = send(
        world,
        {
            "Amir Kaya": {"contact": "seen"},
            "Jonas Petit": {"difference": "a-little", "seen_heard": "Sat alone at dinner."},
        },
    )
    assert sent.status_code == 422
    html = sent.content.decode()
    assert "Choose how much contact there was." in html
    assert "Sat alone at dinner." in html
    assert f'href="#person-{world.people["Jonas Petit"]}"' in html, "one touch leads to the row"
    assert "Saved from paper: one person." in html
    assert [row[0] for row in signed(world)] == ["Amir"]


def test_sending_a_sheet_twice_signs_it_once_and_other_words_are_not_lost(world):
    keys = {"Amir Kaya": new_key()}
    rows = {"Amir Kaya": {"contact": "words"}}
    for _press in range(2):
        assert send(world, rows, keys=keys).status_code == 302
    assert len(signed(world)) == 1
    other = send(world, {"Amir Kaya": {"contact": "words", "seen_heard": "Sang."}}, keys=keys)
    assert other.status_code == 422
    assert "already saved another entry" in other.content.decode()
    assert "Sang." in other.content.decode()
    assert str(keys["Amir Kaya"]) not in other.content.decode(), "saved once more, it is kept"


@pytest.mark.parametrize(
    ("day", "at", "sentence"),
    [
        (timedelta(days=1), "", "That day is still to come."),
        (timedelta(days=-8), "", "A reflection can be written up to 7 days later."),
        (timedelta(), "23:59:59.999999", "That time is still to come."),
        (timedelta(days=-1), "half past", "Write the time as in 14:05"),
    ],
)
def test_a_head_that_cannot_be_right_saves_nothing_and_loses_nothing(world, day, at, sentence):
    rows = {"Amir Kaya": {"contact": "talk", "seen_heard": "Laughed."}}
    sent = send(world, rows, day=timezone.localdate() + day, at=at)
    assert sent.status_code == 422
    assert sentence in sent.content.decode()
    assert "Laughed." in sent.content.decode()
    assert signed(world) == []


def test_an_empty_sheet_is_said_to_be_empty(world):
    sent = send(world, {"Amir Kaya": {}})
    assert sent.status_code == 422
    assert "Nothing is filled in yet." in sent.content.decode()


def test_rows_about_people_elsewhere_are_nothing(world):
    send(world, {"Bao Tran": {"contact": "seen", "seen_heard": "Forged."}})
    assert signed(world) == []
    assert world.client("b-officer").get(ADDRESS).status_code == 404
    assert world.client("governor").get(ADDRESS).status_code == 404, "who only reads"


def test_who_moved_while_the_sheet_lay_there_is_not_lost(world):
    amir = world.people["Amir Kaya"]
    world.owner.execute("update people_stay set ended_at = now() where person_id = %s", [amir])
    [[wing_b]] = world.owner.execute("select id from places_unit where code = 'b'").fetchall()
    now = timezone.now()
    world.insert(
        "people_stay", person_id=amir, unit_id=wing_b, began_at=now, reason="", source="",
    )  # fmt: skip
    wrong = send(world, {"Amir Kaya": {"seen_heard": "Packed quietly."}})
    assert wrong.status_code == 422
    html = wrong.content.decode()
    assert "Packed quietly." in html
    assert "Somebody who has moved since" in html
    assert "Kaya" not in html, "their name is read by whoever receives them"
    assert send(world, {"Amir Kaya": {"contact": "talk"}}).status_code == 302
    assert [row[0] for row in signed(world)] == ["Amir"]


def test_words_about_somebody_out_of_reach_come_back_to_whoever_typed_them(world):
    amir = world.people["Amir Kaya"]
    world.owner.execute("update people_stay set ended_at = now() where person_id = %s", [amir])
    rows = {"Amir Kaya": {"contact": "talk", "seen_heard": "Said goodbye to everyone."}}
    sent = send(world, rows | {"Jonas Petit": {"contact": "seen"}})
    assert sent.status_code == 422
    assert "whom you reach no more" in sent.content.decode()
    assert "Said goodbye to everyone." in sent.content.decode()
    assert [row[0] for row in signed(world)] == ["Jonas"]


@pytest.fixture
def in_the_same_moment(monkeypatch):
    """Let something happen when a row has been read and is about to be saved."""

    def happens(person, what):
        def saving(*, by, entry):
            if entry.person_id == person:
                what()
            save(by=by, entry=entry)

        monkeypatch.setattr("daybook.observe.reflections.views.recording.save", saving)

    return happens


BOTH = {
    "Amir Kaya": {"contact": "talk", "seen_heard": "Said goodbye to everyone."},
    "Jonas Petit": {"contact": "seen"},
}


def comes_back(sent, sentence):
    """One row stands there again, with the sentence and all that was typed."""
    assert sent.status_code == 422
    html = sent.content.decode()
    assert sentence in html
    assert "Said goodbye to everyone." in html
    assert "One row could not be saved." in html
    assert "Saved from paper: one person." in html


def test_somebody_released_in_the_same_moment_fails_no_other_row(world, in_the_same_moment):
    amir = world.people["Amir Kaya"]
    released = "update people_stay set ended_at = now() where person_id = %s"
    in_the_same_moment(amir, lambda: world.owner.execute(released, [amir]))
    sent = send(world, BOTH)
    comes_back(sent, "They have just moved to where you write about them no more")
    assert [row[0] for row in signed(world)] == ["Jonas"]
    logged = "select people from audit_entry where subject = 'reflection'"
    assert world.owner.execute(logged).fetchall() == [([world.people["Jonas Petit"]],)]


def test_midnight_between_reading_and_saving_fails_no_other_row(
    world, in_the_same_moment, monkeypatch
):
    tomorrow = timezone.localdate() + timedelta(days=1)
    in_the_same_moment(
        world.people["Jonas Petit"],
        lambda: monkeypatch.setattr(timezone, "localdate", lambda *_at: tomorrow),
    )
    rows = {"Amir Kaya": BOTH["Jonas Petit"], "Jonas Petit": BOTH["Amir Kaya"]}
    sent = send(world, rows, day=tomorrow - timedelta(days=8), at="")
    comes_back(sent, "A reflection can be written up to 7 days later.")
    assert [row[0] for row in signed(world)] == ["Amir"]


def test_a_channel_retired_in_the_same_moment_loses_no_step(world, in_the_same_moment):
    retired = "update reflections_channel set retired_at = now() where key = 'mood'"
    in_the_same_moment(world.people["Amir Kaya"], lambda: world.owner.execute(retired))
    rows = BOTH | {"Amir Kaya": BOTH["Amir Kaya"] | {"step-mood": "2"}}
    assert send(world, rows).status_code == 302
    assert [row[0] for row in signed(world)] == ["Amir", "Jonas"]
    assert world.owner.execute("select step from reflections_rating").fetchall() == [(2,)]


def test_a_key_taken_in_the_same_moment_fails_no_other_row(world, in_the_same_moment):
    keys = {"Amir Kaya": new_key()}
    in_the_same_moment(
        world.people["Amir Kaya"],
        lambda: world.add_reflection("Amir Kaya", "personal-officer", id=keys["Amir Kaya"]),
    )
    sent = send(world, BOTH, keys=keys)
    comes_back(sent, "already saved another entry")
    assert [row[0] for row in signed(world) if row[5] == "wing-officer"] == ["Jonas"]


def test_what_the_database_refuses_in_one_row_fails_no_other(world, in_the_same_moment):
    amir = world.people["Amir Kaya"]
    closed = (
        "alter table reflections_reflection add constraint closed_for_amir"
        f" check (person_id <> {amir}) not valid"
    )
    in_the_same_moment(amir, lambda: None)
    world.owner.execute(closed)
    comes_back(send(world, BOTH), "This row could not be saved just now.")
    assert [row[0] for row in signed(world)] == ["Jonas"]


def test_a_step_on_a_channel_that_was_just_retired_is_kept(world):
    world.owner.execute("update reflections_channel set retired_at = now() where key = 'mood'")
    assert 'step-mood"' not in world.client("wing-officer").get(ADDRESS).content.decode()
    sent = send(world, {"Amir Kaya": {"contact": "talk", "step-mood": "4"}})
    assert sent.status_code == 302
    assert world.owner.execute("select step from reflections_rating").fetchall() == [(4,)]


def test_whoever_only_writes_enters_the_few_questions_they_have(world):
    shown = world.client("activity-staff").get(ADDRESS).content.decode()
    assert "How much contact?" in shown
    assert "step-" not in shown
    sent = send(world, {"Amir Kaya": {"contact": "talk"}}, by="activity-staff")
    assert sent.status_code == 302
    assert [row[5] for row in signed(world)] == ["activity-staff"]


def test_the_database_itself_knows_that_paper_comes_before_the_signature(world):
    key = world.add_reflection("Amir Kaya", "wing-officer")
    [(row,)] = world.owner.execute(
        "select row_to_json(r) from reflections_reflection r where id = %s", [key]
    ).fetchall()
    never = {"form": "full", "noted_at": row["saved_at"]}, {"form": "paper", "noted_at": "infinity"}
    for change in never:
        with pytest.raises(psycopg.errors.CheckViolation, match="noted_on_paper"):
            world.owner.execute(
                "insert into reflections_reflection"
                " select * from json_populate_record(null::reflections_reflection, %s)",
                [json.dumps(row | {"id": str(new_key())} | change)],
            )


def test_the_database_itself_ties_the_hour_on_the_sheet_to_its_day(world):
    noon = timezone.make_aware(datetime.combine(yesterday(), time(12)))
    day = timedelta(days=1)
    saved = {"form": "paper", "saved_at": noon + 3 * day, "day": yesterday()}
    for noted in (noon - day * 1.2, noon + day * 1.2, noon - 30 * day):
        with pytest.raises(psycopg.errors.CheckViolation, match="noted_on_the_day"):
            world.add_reflection("Amir Kaya", "wing-officer", **saved, noted_at=noted)
    # Where a night begins or ends is for the service's own clock to say, not for a table.
    for minutes in (0, 1, 23 * 60 + 59):
        noted = noon - timedelta(hours=12) + timedelta(minutes=minutes)
        world.add_reflection("Amir Kaya", "wing-officer", **saved, noted_at=noted)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kathmandu"])
def test_any_hour_of_the_day_can_stand_on_a_sheet_anywhere_on_earth(world, settings, zone):
    settings.TIME_ZONE = zone
    for name, at in (("Amir Kaya", "00:00"), ("Jonas Petit", "23:59")):
        assert send(world, {name: {"contact": "talk"}}, at=at).status_code == 302
    assert [row[1] for row in signed(world)] == [yesterday()] * 2


@pytest.mark.parametrize("many", [1, 60])
def test_a_full_wing_is_one_form_and_asks_as_much_as_one_person(
    world, many, django_assert_max_num_queries
):
    world.add_people(many, "a")
    client = world.client("wing-officer")
    client.get(ADDRESS)
    with django_assert_max_num_queries(14):
        shown = client.get(ADDRESS)
    assert len(shown.context["rows"]) >= many
    assert ADDRESS in client.get("/wing/a/round/").content.decode()


def test_a_hundred_full_rows_arrive_at_once(world):
    world.add_people(98, "a")
    full = {
        "contact": "talk", "difference": "as-usual", "seen_heard": "Worked all day.",
        "circumstances": ["visit", "court"], "step-mood": "3", "step-tension": "3",
        "step-staff": "3", "step-others": "3",
    }  # fmt: skip
    rows = world.client("wing-officer").get(ADDRESS).context["rows"]
    on_the_wing = {row["line"].id for row in rows}
    here = {name for name, key in world.people.items() if key in on_the_wing}
    assert send(world, dict.fromkeys(here, full)).status_code == 302
    assert len(signed(world)) == len(here) >= 100
