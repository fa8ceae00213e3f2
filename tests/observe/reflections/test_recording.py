"""An officer records the day: saved once, signed, logged, and never about anyone else."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

pytestmark = pytest.mark.django_db(transaction=True)


def address(person: int) -> str:
    return reverse("reflections:reflect", args=[person])


def said(**more) -> dict:
    return {"key": str(uuid.uuid4()), "contact": "talk"} | more


def rows(world, table="reflections_reflection", columns="*"):
    return world.owner.execute(f"select {columns} from {table}").fetchall()


@pytest.fixture
def officer(world):
    return world.client("wing-officer")


@pytest.fixture
def amir(world):
    return world.people["Amir Kaya"]


def test_contact_alone_is_a_reflection(world, officer, amir):
    answer = officer.post(address(amir), said(contact="not-seen"))
    assert answer.status_code == 302
    assert rows(world, columns="person_id, author_id, unit_id, contact, form, difference") == [
        (amir, world.staff["wing-officer"], world.units["a"], "not-seen", "full", "")
    ]
    assert rows(world, "reflections_rating") == []


def test_everything_an_officer_says_is_kept_in_its_own_place(world, officer, amir):
    officer.post(
        address(amir),
        said(
            setting="work", difference="clearly", way="more", of_what="silences",
            leaning="worries", circumstances=["no-visit", "bad-news"], seen_heard="Ate alone.",
            reading="Tired.", own_words="I’m fine.", own_mark="2", response="Sat with him.",
            opening="Will call his sister.",
            **{"step-mood": "2", "step-tension": "cant-tell"},
        ),
    )  # fmt: skip
    columns = (
        "setting, difference, way, of_what, leaning, circumstances, seen_heard, reading, own_words,"
        " own_mark, response, opening"
    )
    assert rows(world, columns=columns) == [
        ("work", "clearly", "more", "silences", "worries", ["no-visit", "bad-news"], "Ate alone.",
         "Tired.", "I’m fine.", 2, "Sat with him.", "Will call his sister.")
    ]  # fmt: skip
    steps = world.owner.execute(
        "select c.key, step, rater_id, counts from reflections_rating r"
        " join reflections_channel c on c.id = r.channel_id order by c.position"
    ).fetchall()
    me = world.staff["wing-officer"]
    assert steps == [("mood", 2, me, True), ("tension", None, me, True)]


def test_saving_writes_one_line_in_the_log(world, officer, amir):
    key = str(uuid.uuid4())
    officer.post(address(amir), said(key=key))
    logged = world.owner.execute(
        "select subject, record, people from audit_entry where kind = 'collection'"
    ).fetchall()
    assert logged == [("reflection", key, [amir])]


def test_a_double_tap_is_saved_once_and_answered_alike(world, officer, amir):
    entry = said(seen_heard="Sang in the corridor.", **{"step-mood": "5"})
    first, second = officer.post(address(amir), entry), officer.post(address(amir), entry)
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert len(rows(world)) == 1
    assert len(rows(world, "reflections_rating")) == 1


@pytest.mark.parametrize("who", ["wing-officer", "head-of-unit"])
def test_a_used_key_keeps_what_was_typed_and_saves_at_the_second_press(world, officer, amir, who):
    entry = said(seen_heard="First.")
    officer.post(address(amir), entry)
    other = world.client(who)
    answer = other.post(address(amir), entry | {"seen_heard": "Second, other words."})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Second, other words." in page
    assert "stays as it is" in page
    again = entry | {"seen_heard": "Second, other words."}
    again["key"] = answer.context["form"]["key"].value()
    assert other.post(address(amir), again).status_code == 302
    assert rows(world, columns="seen_heard") == [("First.",), ("Second, other words.",)]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"contact": ""}, "Choose how much contact"),
        ({"contact": "not-seen", "step-mood": "3"}, "You chose “not seen”"),
        ({"setting": "worship"}, "never recorded"),
        ({"day": "2100-01-01"}, "still to come"),
        ({"day": "2020-01-01"}, "days later"),
        ({"day": "yesterday"}, "as in 2026-03-12"),
        ({"seen_heard": "x" * 1_000_000}, "1,000,000"),
        ({"difference": "as-usual", "of_what": "singing"}, "a little"),
    ],
)
def test_what_cannot_be_right_comes_back_with_a_sentence_and_all_that_was_typed(
    world, officer, amir, more, sentence
):
    answer = officer.post(address(amir), said(reading="Keep me.") | more)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Keep me." in answer.content.decode()
    if "seen_heard" in more:
        assert more["seen_heard"] in answer.content.decode()
    assert rows(world) == []


def test_yesterdays_late_shift_is_written_today(world, officer, amir):
    yesterday = timezone.localdate() - timedelta(days=1)
    officer.post(address(amir), said(day=yesterday.isoformat(), **{"step-mood": "3"}))
    assert rows(world, columns="day, unit_id") == [(yesterday, world.units["a"])]
    assert rows(world, "reflections_rating", "day") == [(yesterday,)]


@pytest.mark.parametrize(
    "words",
    [
        "مرحبا، قال «أنا بخير»",
        "שלום abc שלום",
        "left \u202eright-to-left override\u202c and \u2067isolate\u2069",
        "e\u0301 vs é, 👩‍👩‍👧, \U0001f3f4\U000e0067\U000e0062\U000e007f, ꧁꧂, ﷽",
        "line one\nline two\t<script>alert(1)</script> & “quotes”",
        "  leading and trailing  ",
    ],
)
def test_words_in_every_direction_come_back_as_typed(world, officer, amir, words):
    officer.post(address(amir), said(own_words=words))
    assert rows(world, columns="own_words") == [(words,)]
    page = officer.get(reverse("reflections:written")).content.decode()
    assert "<script>alert" not in page


def test_what_nothing_can_show_is_left_out(world, officer, amir):
    officer.post(address(amir), said(seen_heard="a\0b", of_what="c\0d", difference="clearly"))
    assert rows(world, columns="seen_heard, of_what") == [("ab", "cd")]


@pytest.mark.parametrize("person", ["Bao Tran", "Cem Demir", None])
def test_nobody_writes_about_people_elsewhere(world, officer, person):
    key = world.people.get(person, 999_999)
    assert officer.get(address(key)).status_code == 404
    assert officer.post(address(key), said()).status_code == 404
    assert rows(world) == []
    denied = world.owner.execute("select subject from audit_entry where kind = 'denial'").fetchall()
    assert denied == [("reflections:reflect",)] * 2


@pytest.mark.parametrize("who", ["governor", "analyst", "case-lead", "psychologist", "nobody"])
def test_whoever_may_not_write_finds_no_form(world, amir, who):
    client = world.client(who)
    for url in (address(amir), reverse("reflections:my-people"), reverse("reflections:written")):
        assert client.get(url).status_code == 404
    assert client.post(address(amir), said()).status_code == 404
    assert rows(world) == []


def test_a_dead_session_leads_back_to_the_form_and_saves_nothing(world, amir):
    client = world.client("wing-officer")
    world.owner.execute("update staff_signin set ended_at = now()")
    stood = {"Referer": f"http://testserver{address(amir)}"}
    answer = client.post(address(amir), said(), headers=stood)
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('sign-in')}?next={address(amir)}"
    assert rows(world) == []


def test_two_officers_write_about_the_same_person(world, amir):
    for who in ("wing-officer", "personal-officer"):
        assert world.client(who).post(address(amir), said()).status_code == 302
    assert len(rows(world)) == 2


def test_activity_staff_are_asked_less_and_read_nothing(world, amir):
    world.add_reflection("Amir Kaya", "wing-officer", seen_heard="Only the wing reads this.")
    usual(world, amir, "Quiet before noon.")
    client = world.client("activity-staff")
    page = client.get(address(amir)).content.decode()
    assert 'name="contact"' in page
    for unasked in ("step-mood", 'name="reading"', "Quiet before noon", "Only the wing"):
        assert unasked not in page
    answer = client.post(address(amir), said(setting="education", seen_heard="Finished a chapter."))
    assert answer["Location"] == reverse("reflections:my-people")
    assert ("short", "education", "Finished a chapter.") in rows(
        world, columns="form, setting, seen_heard"
    )
    listed = client.get(reverse("reflections:my-people")).content.decode()
    assert "Written by you" in listed
    assert "Wing Officer" not in listed
    assert "Quiet before noon" not in listed


def usual(world, person, words):
    today = timezone.localdate()
    world.insert(
        "reflections_usualpattern", id=uuid.uuid4(), person_id=person, words=words, own_words="",
        agreed_with_person=True, written_by_id=world.staff["wing-officer"],
        written_at=timezone.now(), review_on=today + timedelta(days=30),
    )  # fmt: skip


def test_my_people_says_who_is_written_about_and_by_whom_but_not_what(world, amir):
    usual(world, amir, "Quiet before noon.\nJokes at the servery.")
    world.add_reflection("Amir Kaya", "head-of-unit", seen_heard="Secret until I look myself.")
    client = world.client("personal-officer")
    page = client.get(reverse("reflections:my-people")).content.decode()
    assert "0 of 1 written today" in page
    assert "Quiet before noon." in page
    assert "Jokes at the servery" not in page
    assert "Head Of Unit" in page
    assert "Secret until" not in page
    client.post(address(amir), said())
    page = client.get(reverse("reflections:my-people")).content.decode()
    assert "1 of 1 written today" in page


def test_whoever_only_writes_finds_people_by_wing_and_uncounted(world, amir):
    client = world.client("activity-staff")
    page = client.get(reverse("reflections:my-people")).content.decode()
    assert "<h2>A wing</h2>" in page
    assert "written today" not in page
    assert " of " not in client.get(address(amir)).content.decode().partition("<form")[0]


def test_whoever_covers_finds_the_people_of_the_absent_colleague(world, amir):
    world.assign(world.staff["b-officer"], "personal-officer")
    officer = world.owner.execute("select id from people_personalofficer").fetchone()[0]
    now = timezone.now()
    world.insert(
        "people_cover", assignment_id=officer, person_id=amir, staff_id=world.staff["b-officer"],
        since=now - timedelta(hours=1), until=now + timedelta(hours=8),
    )  # fmt: skip
    client = world.client("b-officer")
    assert "Amir K." in client.get(reverse("reflections:my-people")).content.decode()
    assert client.post(address(amir), said()).status_code == 302


def test_saving_leads_to_the_next_without_an_entry_and_the_last_to_the_wing(world, amir):
    world.assign(world.staff["personal-officer"], "wing-officer", unit="a")
    for name in ("Jonas Petit", "Bao Tran"):
        world.add_personal_officer("personal-officer", name)
    jonas, bao = world.people["Jonas Petit"], world.people["Bao Tran"]
    world.add_reflection("Jonas Petit", "personal-officer")
    client = world.client("personal-officer")
    page = client.get(address(amir))
    assert "1 of 3" in page.content.decode()
    then = page.context["form"]["then"].value()
    assert then == bao
    answer = client.post(address(amir), said(then=then))
    assert answer["Location"] == address(bao)
    assert client.post(address(bao), said())["Location"] == reverse("reflections:boards")
    assert "2 of 3" in client.get(address(jonas)).content.decode()


def test_a_forged_next_person_opens_nothing(world, officer, amir):
    bao = world.people["Bao Tran"]
    answer = officer.post(address(amir), said(then=bao))
    assert officer.get(answer["Location"]).status_code == 404


def test_no_column_keeps_how_long_somebody_took(world, officer, amir):
    page = officer.get(address(amir))
    key = uuid.UUID(page.context["form"]["key"].value())
    drawn = (key.int >> 80) / 1000
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    assert drawn == midnight.timestamp()
    moments = world.owner.execute(
        "select column_name from information_schema.columns"
        " where table_name in ('reflections_reflection', 'reflections_rating')"
        " and data_type not in ('text', 'character varying', 'uuid', 'bigint', 'smallint',"
        " 'boolean', 'ARRAY')"
    ).fetchall()
    assert {name for (name,) in moments} == {
        "day", "saved_at", "noted_at", "withdrawn_at", "struck_at",
    }  # fmt: skip


def test_a_save_is_few_statements(world, officer, amir, django_assert_num_queries):
    entry = said(seen_heard="Ate alone.", **{"step-mood": "2", "step-tension": "3"})
    with django_assert_num_queries(9) as asked:
        assert officer.post(address(amir), entry).status_code == 302
    words = [query["sql"].split("(")[0].split(" FROM")[0][:60] for query in asked.captured_queries]
    assert sum("insert" in sql.lower() for sql in words) == 3, words
