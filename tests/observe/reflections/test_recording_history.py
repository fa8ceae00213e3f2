"""After saving: take back, add, and who reads what when."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.access.roles import Compartment
from daybook.observe.reflections.actions.recording import save
from daybook.observe.reflections.queries.recording import latest_entries, reflections_of
from daybook.observe.reflections.queries.today import written_today
from daybook.observe.reflections.rules.recording import CannotSign, Entry

pytestmark = pytest.mark.django_db(transaction=True)

WRITTEN = "reflections:written"


@pytest.fixture
def amir(world):
    return world.people["Amir Kaya"]


def just_now(world, author="wing-officer", person="Amir Kaya", minutes=1, **values):
    return world.add_reflection(
        person, author, saved_at=timezone.now() - timedelta(minutes=minutes), **values
    )


def withdrawn(world):
    return world.owner.execute(
        "select count(*) filter (where withdrawn_at is not null) from reflections_reflection"
    ).fetchone()[0]


def entries(world, viewer_name, person, **options):
    with world.viewing(viewer_name) as viewer:
        return reflections_of(person, viewer=viewer, **options)


# ---- Taking back ----


def test_the_author_takes_back_what_was_saved_a_moment_ago(world, amir):
    key = just_now(world, seen_heard="About the wrong man.", steps={"mood": 2})
    client = world.client("wing-officer")
    assert "Take it back" in client.get(reverse(WRITTEN)).content.decode()
    for _ in range(2):
        answer = client.post(reverse("reflections:withdraw", args=[key]))
        assert answer["Location"] == reverse(WRITTEN)
    assert withdrawn(world) == 1
    assert world.owner.execute("select counts from reflections_rating").fetchall() == [(False,)]
    page = client.get(reverse(WRITTEN)).content.decode()
    assert "taken back" in page
    assert "About the wrong man." not in page
    for reader in ("wing-officer", "personal-officer", "oversight"):
        assert entries(world, reader, amir) == []
    with world.viewing("wing-officer") as viewer:
        assert written_today([amir], viewer=viewer) == {}
        assert latest_entries([amir], viewer=viewer) == {}
    assert client.get(reverse("reflections:add", args=[key])).status_code == 404
    logged = world.owner.execute("select subject from audit_entry where kind = 'alteration'")
    assert logged.fetchall() == [("reflection taken back",)]


def test_after_a_quarter_of_an_hour_it_stands(world):
    key = just_now(world, minutes=16)
    client = world.client("wing-officer")
    assert "Take it back" not in client.get(reverse(WRITTEN)).content.decode()
    answer = client.post(reverse("reflections:withdraw", args=[key]), follow=True)
    assert "more than 15 minutes ago" in answer.content.decode()
    assert withdrawn(world) == 0


@pytest.mark.parametrize("who", ["head-of-unit", "b-officer", "governor", "activity-staff"])
def test_nobody_takes_back_what_somebody_else_wrote(world, who):
    key = just_now(world)
    url = reverse("reflections:withdraw", args=[key])
    assert world.client(who).post(url).status_code == 404
    assert world.client(who).post(
        reverse("reflections:withdraw", args=[uuid.uuid4()])
    ).status_code == 404  # fmt: skip
    assert withdrawn(world) == 0


def test_activity_staff_take_back_and_see_their_own_and_nobody_elses(world):
    just_now(world, seen_heard="The wing’s own.")
    key = just_now(world, "activity-staff", seen_heard="Finished a chapter.")
    client = world.client("activity-staff")
    page = client.get(reverse(WRITTEN)).content.decode()
    assert "Finished a chapter." in page
    assert "The wing’s own." not in page
    client.post(reverse("reflections:withdraw", args=[key]))
    assert withdrawn(world) == 1


def test_what_was_taken_back_is_written_anew(world, amir):
    key = just_now(world)
    client = world.client("wing-officer")
    client.post(reverse("reflections:withdraw", args=[key]))
    url = reverse("reflections:reflect", args=[amir])
    assert client.post(url, {"key": str(uuid.uuid4()), "contact": "seen"}).status_code == 302


# ---- Adding ----


@pytest.mark.parametrize(
    ("author", "who"),
    [
        ("wing-officer", "wing-officer"),
        ("wing-officer", "personal-officer"),
        ("activity-staff", "activity-staff"),
    ],
)
def test_an_addition_stands_beside_the_entry(world, amir, author, who):
    key = world.add_reflection("Amir Kaya", author, seen_heard="Ate alone.")
    client, url = world.client(who), reverse("reflections:add", args=[key])
    form = client.get(url).context["form"]
    addition = {"key": form["key"].value(), "text": "He did eat later, with Jonas."}
    for _ in range(2):
        assert client.post(url, addition).status_code == 302
    (entry,) = entries(world, "head-of-unit", amir)
    assert [added.text for added in entry.additions] == ["He did eat later, with Jonas."]
    assert entry.seen_heard == "Ate alone."


@pytest.mark.parametrize("who", ["governor", "b-officer", "activity-staff", "chaplain"])
def test_whoever_does_not_read_or_write_there_adds_nothing(world, who):
    key = world.add_reflection("Amir Kaya", "wing-officer")
    url = reverse("reflections:add", args=[key])
    assert world.client(who).get(url).status_code == 404
    answer = world.client(who).post(url, {"key": str(uuid.uuid4()), "text": "Mine."})
    assert answer.status_code == 404
    assert world.owner.execute("select count(*) from reflections_addition").fetchone() == (0,)


@pytest.mark.parametrize(
    ("text", "sentence"), [("  ", "Write what"), ("x" * 30_000, "30,000")]
)  # fmt: skip
def test_an_addition_that_cannot_be_kept_comes_back(world, text, sentence):
    key = world.add_reflection("Amir Kaya", "wing-officer")
    url = reverse("reflections:add", args=[key])
    answer = world.client("wing-officer").post(url, {"key": str(uuid.uuid4()), "text": text})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert text.strip() in answer.content.decode()


# ---- Reading ----


def test_a_colleagues_judgement_of_today_shows_once_ones_own_is_saved(world, amir):
    said = {
        "seen_heard": "Ate alone.", "reading": "Tired.", "difference": "clearly",
        "leaning": "worries", "steps": {"mood": 1},
    }  # fmt: skip
    world.add_reflection("Amir Kaya", "head-of-unit", **said)
    (before,) = entries(world, "wing-officer", amir)
    assert (before.waits, before.steps, before.difference, before.reading) == (True, (), "", "")
    assert before.seen_heard == "Ate alone."
    world.add_reflection("Amir Kaya", "wing-officer", seen_heard="Mine.")
    after = {entry.author_id: entry for entry in entries(world, "wing-officer", amir)}
    entry = after[world.staff["head-of-unit"]]
    assert (entry.waits, entry.difference, entry.reading) == (False, "clearly", "Tired.")
    assert [(step.channel, step.step) for step in entry.steps] == [("Mood", 1)]


@pytest.mark.parametrize("who", ["governor", "oversight", "psychologist"])
def test_nothing_waits_for_whoever_never_writes_here(world, amir, who):
    world.add_reflection("Amir Kaya", "head-of-unit", reading="Tired.")
    assert [entry.reading for entry in entries(world, who, amir)] == ["Tired."]


def test_yesterday_waits_for_nobody(world, amir):
    yesterday = timezone.localdate() - timedelta(days=1)
    world.add_reflection("Amir Kaya", "head-of-unit", day=yesterday, reading="Tired.")
    assert entries(world, "wing-officer", amir)[0].reading == "Tired."


def test_a_timeline_turns_its_pages_without_losing_or_repeating(world, amir):
    today = timezone.localdate()
    keys = [
        world.add_reflection("Amir Kaya", "wing-officer", day=today - timedelta(days=ago))
        for ago in range(1, 8)
    ]
    seen, before = [], None
    while page := entries(world, "wing-officer", amir, before=before, limit=3):
        seen += [entry.key for entry in page]
        before = page[-1].saved_at
    assert seen == keys


@pytest.mark.parametrize("who", ["b-officer", "activity-staff", "analyst", "nobody"])
def test_out_of_reach_there_is_nothing_to_read(world, amir, who):
    world.add_reflection("Amir Kaya", "wing-officer")
    assert entries(world, who, amir) == []
    with world.viewing(who) as viewer:
        assert latest_entries([amir], viewer=viewer) == {}


def test_the_latest_entry_tells_what_has_differed_lately(world, amir):
    today = timezone.localdate()
    world.add_reflection("Amir Kaya", "wing-officer", day=today - timedelta(days=3))
    world.add_reflection(
        "Amir Kaya", "head-of-unit", day=today - timedelta(days=2), difference="a-little",
        way="more", of_what="laughter", leaning="good",
    )  # fmt: skip
    world.add_reflection(
        "Amir Kaya", "wing-officer", day=today - timedelta(days=1), contact="not-seen"
    )
    with world.viewing("wing-officer") as viewer:
        found = latest_entries([amir, world.people["Bao Tran"]], viewer=viewer)
    assert list(found) == [amir]
    latest = found[amir]
    assert (latest.day, latest.contact) == (today - timedelta(days=1), "not-seen")
    assert latest.last_not_seen == today - timedelta(days=1)
    assert [(d.of_what, d.leaning) for d in latest.differing] == [("laughter", "good")]


@pytest.mark.parametrize("people", [2, 60])
def test_lists_cost_the_same_for_two_and_for_sixty(world, people, django_assert_num_queries):
    names = [f"Somebody{i:02d} Test" for i in range(people)]
    for name in names:
        world.add_person(name, "b")
        world.add_reflection(name, "b-officer", difference="a-little", steps={"mood": 3})
    world.add_staff("keen", "personal-officer", "head-of-unit", unit="b")
    for name in names:
        world.add_personal_officer("keen", name)
    keys = [world.people[name] for name in names]
    client = world.client("keen")
    for url, asked in (
        (reverse("reflections:my-people"), 13),
        (reverse("reflections:round", args=["b"]), 18),
        (reverse("reflections:reflect", args=[keys[0]]), 19),
    ):
        with django_assert_num_queries(asked):
            assert client.get(url).status_code == 200
    with world.viewing("b-officer") as viewer:
        viewer.people(Compartment.WING)
        with django_assert_num_queries(2):
            assert len(latest_entries(keys, viewer=viewer)) == people
    client = world.client("b-officer")
    with django_assert_num_queries(14):
        client.get(reverse(WRITTEN))


# ---- The quick round ----


def test_the_rest_of_the_wing_takes_two_touches_each(world, amir):
    client, url = world.client("wing-officer"), reverse("reflections:round", args=["a"])
    assert "Amir" in client.get(url).content.decode()
    row = {"person": amir, "key": str(uuid.uuid4()), "contact": "talk", "difference": "as-usual"}
    for _ in range(2):
        assert client.post(url, row)["Location"] == f"{url}#person-{amir}"
    assert world.owner.execute(
        "select form, contact, difference, setting from reflections_reflection"
    ).fetchall() == [("quick", "talk", "as-usual", "")]
    assert "Written by you" in client.get(url).content.decode()


def test_one_row_of_the_round_answers_alone(world, amir):
    client, url = world.client("wing-officer"), reverse("reflections:round", args=["a"])
    row = {"person": amir, "key": str(uuid.uuid4()), "difference": "as-usual"}
    answer = client.post(url, row, headers={"HX-Request": "true"})
    assert answer.status_code == 200, "htmx puts no other answer in its place"
    page = answer.content.decode()
    assert "Choose how much contact" in page
    assert "Jonas" not in page
    assert "<html" not in page
    page = client.post(url, row | {"contact": "seen"}, headers={"HX-Request": "true"})
    assert "Written by you" in page.content.decode()


def test_a_row_that_cannot_be_right_comes_back_with_the_whole_round(world, amir):
    client, url = world.client("wing-officer"), reverse("reflections:round", args=["a"])
    answer = client.post(url, {"person": amir, "key": str(uuid.uuid4()), "contact": ""})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Choose how much contact" in page
    assert "Jonas" in page


def test_the_round_leaves_out_ones_own_people_who_get_a_full_reflection(world):
    world.assign(world.staff["personal-officer"], "wing-officer", unit="a")
    client = world.client("personal-officer")
    page = client.get(reverse("reflections:round", args=["a"]))
    assert [row["line"].name for row in page.context["rows"]] == ["Jonas P."]


@pytest.mark.parametrize("person", ["Bao Tran", "Cem Demir", "", "x", "999999"])
def test_a_forged_row_saves_nothing(world, person):
    client, url = world.client("wing-officer"), reverse("reflections:round", args=["a"])
    row = {"person": world.people.get(person, person), "key": str(uuid.uuid4()), "contact": "talk"}
    assert client.post(url, row).status_code == 404
    assert world.owner.execute("select count(*) from reflections_reflection").fetchone() == (0,)


@pytest.mark.parametrize(("who", "unit"), [("wing-officer", "b"), ("governor", "a")])
def test_no_round_of_a_wing_where_one_does_not_write(world, who, unit):
    assert world.client(who).get(reverse("reflections:round", args=[unit])).status_code == 404


# ---- The action itself, as imports and the API will call it ----


def test_the_same_key_pressed_twice_at_once_is_one_entry(world, amir):
    """Two threads, two connections: the second waits for the first and finds itself saved."""
    key, day = uuid.uuid4(), timezone.localdate()
    entry = Entry(key=key, person_id=amir, day=day, form="full", contact="talk", steps={1: 3})
    at_once, failures = threading.Barrier(2), []

    def press():
        try:
            with world.viewing("wing-officer") as viewer:
                viewer.people(Compartment.WING)
                at_once.wait(timeout=10)
                save(by=viewer, entry=entry)
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    presses = [threading.Thread(target=press) for _ in range(2)]
    for each in presses:
        each.start()
    for each in presses:
        each.join(timeout=30)
    assert failures == []
    assert world.owner.execute("select id from reflections_reflection").fetchall() == [(key,)]
    assert world.owner.execute("select count(*) from reflections_rating").fetchone() == (1,)


def test_the_rules_hold_without_a_form(world, amir):
    tomorrow = timezone.localdate() + timedelta(days=1)
    entry = Entry(key=uuid.uuid4(), person_id=amir, day=tomorrow, form="full", contact="talk")
    with world.viewing("wing-officer") as viewer, pytest.raises(CannotSign):
        save(by=viewer, entry=entry)


def test_without_its_line_in_the_log_nothing_is_saved(world, amir, monkeypatch):
    def fails(**_):
        raise RuntimeError("the log is full")

    monkeypatch.setattr("daybook.observe.reflections.actions.recording.record", fails)
    entry = Entry(
        key=uuid.uuid4(), person_id=amir, day=timezone.localdate(), form="full", contact="talk"
    )
    with pytest.raises(RuntimeError), world.viewing("wing-officer") as viewer:
        save(by=viewer, entry=entry)
    assert world.owner.execute("select count(*) from reflections_reflection").fetchone() == (0,)
