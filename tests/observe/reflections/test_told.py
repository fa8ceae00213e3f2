"""What the person is told, what they say to it, and the answer that is owed to an objection."""

from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key
from daybook.observe.reflections.actions import told as actions
from daybook.observe.reflections.rules.told import (
    answer_day_problem,
    how_it_waits,
    waits_too_long,
)
from daybook.observe.reflections.vocabulary import AnsweredHow

from .person_world import add_answer, add_told, ago

pytestmark = pytest.mark.django_db(transaction=True)

LEADERS = ["duty-manager", "head-of-unit"]


def address(world, page, person="Amir Kaya"):
    return reverse(f"reflections:{page}", args=[world.people[person]])


def rows(world, query):
    return world.owner.execute(query).fetchall()


def page(world, name="wing-officer", person="Amir Kaya"):
    return world.client(name).get(address(world, "person", person)).content.decode()


def home(world, name):
    return world.client(name).get("/").content.decode()


def tell(world, by="wing-officer", **said):
    data = {
        "key": str(new_key()), "on": timezone.localdate().isoformat(), "language": "en",
        "said": "", "with_interpreter": "on",
    } | said  # fmt: skip
    return world.client(by).post(address(world, "told"), data)


def test_until_somebody_was_told_the_page_says_so(world):
    client = world.client("wing-officer")
    assert "Nobody has told Amir K. yet" in client.get(address(world, "person")).content.decode()
    assert tell(world).status_code == 302
    html = client.get(address(world, "person")).content.decode()
    assert "Nobody has told" not in html
    assert "in English by A. Wing Officer" in html
    assert rows(world, "select subject from audit_entry where kind = 'collection'") == [
        ("what was told",)
    ]


def test_readers_are_not_asked_to_tell(world):
    html = world.client("governor").get(address(world, "person")).content.decode()
    assert "Nobody has told" not in html


def test_saying_nothing_is_never_a_mark(world):
    tell(world)
    html = world.client("wing-officer").get(address(world, "person")).content.decode()
    for mark in ("declined", "refused", "said nothing", "no answer"):
        assert mark not in html.lower()


def test_the_text_to_read_out_says_what_why_and_how_to_object(world):
    html = world.client("wing-officer").get(address(world, "told")).content.decode()
    for words in ("What we write, and why", "never held against you", "How you pray",
                  "you get an answer", "No computer decides anything about you"):  # fmt: skip
        assert words in html
    assert '<section class="card read-out" lang="en"' in html


def test_the_languages_the_person_speaks_come_first(world):
    world.owner.execute(
        "update people_person set languages = '{ar,nl}' where id = %s", [world.people["Amir Kaya"]]
    )
    form = world.client("wing-officer").get(address(world, "told")).context["form"]
    assert [name for _, name in form.fields["language"].choices[:2]] == ["Arabic", "Dutch"]
    offered = {name for _, name in form.fields["language"].choices}
    assert {"Somali", "Tigrinya", "Pashto", "Romani", "Kurdish"} <= offered
    assert "Esperanto" not in offered


def test_nobody_was_told_tomorrow(world):
    answer = tell(world, on=ago(-1).isoformat(), said="Fine.")
    assert answer.status_code == 422
    assert "That day is still to come." in answer.content.decode()
    assert "Fine." in answer.content.decode()


def test_telling_twice_by_a_double_tap_is_once(world):
    key = str(new_key())
    assert tell(world, key=key).status_code == tell(world, key=key).status_code == 302
    assert len(rows(world, "select from reflections_told")) == 1


def test_somebody_elses_key_is_refused_as_if_absent(world):
    key = add_told(world, "Jonas Petit")
    assert tell(world, key=str(key)).status_code == 404


def test_where_the_text_does_not_exist_in_their_language_the_page_says_so(world):
    world.owner.execute(
        "update people_person set languages = '{pl}' where id = %s", [world.people["Amir Kaya"]]
    )
    answer = world.client("wing-officer").get(address(world, "told"))
    assert "This text isn’t available in Polish yet." in answer.content.decode()
    assert not answer.context["form"]["with_interpreter"].value(), "what happened is ticked after"
    here = world.client("wing-officer").get(address(world, "told", "Jonas Petit"))
    assert "isn’t available" not in here.content.decode()


# ---- Who objects is owed an answer ----


@pytest.fixture
def objection(world):
    return add_told(world, said="I don’t want this.", objects_to_it=True, told_on=ago(3))


def give(world, objection, by="head-of-unit", **said):
    data = {
        "key": str(new_key()), "words": "We took the line about your brother out.",
        "on": timezone.localdate().isoformat(), "language": "ar", "how": "interpreted",
    } | said  # fmt: skip
    return world.client(by).post(reverse("reflections:answer", args=[objection]), data)


def test_an_objection_stands_in_the_person_s_words_with_who_owes_the_answer(world):
    tell(world, said="I don’t want this.", objects="on")
    html = page(world, "governor")
    assert "I don’t want this." in html
    assert "Amir K. is owed an answer. It is for A. Head Of Unit to give." in html


def test_whoever_leads_the_unit_reads_it_first_on_their_home(world, objection):
    add_told(world, "Bao Tran", objects_to_it=True, told_on=ago(20))
    for name in LEADERS:
        shown = home(world, name)
        assert "Owed an answer" in shown
        assert reverse("reflections:answer", args=[objection]) in shown
    shown = home(world, "duty-manager")
    assert "waiting for an answer since" in shown
    assert shown.index("Bao T.") < shown.index("Amir K."), "the longest waiting first"
    assert shown.index("Owed an answer") < shown.index("The wings today")
    assert "Bao T." not in home(world, "head-of-unit"), "another unit's"
    for name in ("wing-officer", "personal-officer", "case-lead", "b-officer"):
        assert "Owed an answer" not in home(world, name)


def test_who_owes_the_answer_is_told_once_and_no_longer_when_it_is_given(world):
    key = str(new_key())
    for _tap in range(2):
        tell(world, key=key, said="I don’t want this.", objects="on")
    tell(world, key=str(new_key()), said="All right.")
    told_of = """select s.username, n.person_id, n.answered_at is not null from duties_notice n
        join staff_staff s on s.id = n.staff_id where n.kind = 'objected'"""
    assert rows(world, told_of) == [("head-of-unit", world.people["Amir Kaya"], False)]
    leader = world.client("head-of-unit")
    shown = leader.get("/notices/").content.decode()
    assert "Somebody objects to what is written" in shown
    assert "I don’t want this." not in shown, "a notice says that something waits, not what"
    give(world, key)
    assert rows(world, told_of) == [("head-of-unit", world.people["Amir Kaya"], True)]


def test_a_governor_sees_that_it_waits_and_leaves_the_answer_to_whoever_leads(world, objection):
    shown = home(world, "governor")
    assert "Owed an answer" in shown
    assert reverse("reflections:answer", args=[objection]) not in shown
    assert give(world, objection, by="governor").status_code == 404


def test_a_later_telling_hides_no_objection(world, objection):
    add_told(world, said="I still don’t.", objects_to_it=True, told_on=ago(2))
    add_told(world, said="Fine now.", told_on=ago(1))
    html = page(world)
    for words in ("I don’t want this.", "I still don’t.", "Fine now."):
        assert words in html
    assert html.count("is owed an answer.") == 2
    assert html.count("An answer to what was objected") == 2


def test_the_answer_stands_beside_the_objection_with_who_when_and_how(world, objection):
    assert give(world, objection).status_code == 302
    assert "Owed an answer" not in home(world, "head-of-unit")
    html = page(world, "governor")
    column, beside = html.split('id="beside"')
    for part in (column, beside):
        said, answered = part.index("I don’t want this."), part.index("We took the line about")
        assert said < answered
        assert "Arabic, in person, with an interpreter" in part
        assert "A. Head Of Unit" in part
    assert "owed an answer" not in html
    assert rows(
        world, "select kind, people from audit_entry where subject = 'answer to an objection'"
    ) == [("collection", [world.people["Amir Kaya"]])]


def test_a_double_tap_is_one_answer_and_a_second_answer_is_refused_kindly(world, objection):
    key = str(new_key())
    for _ in range(2):
        assert give(world, objection, key=key).status_code == 302
    late = give(world, objection, by="duty-manager", words="Something else.")
    html = late.content.decode()
    assert late.status_code == 422
    assert "A. Head Of Unit has answered this already." in html
    assert "We took the line about your brother out." in html
    assert "Something else." in html, "what was typed"
    assert len(rows(world, "select from reflections_answer")) == 1
    mine = world.client("duty-manager").get(reverse("reflections:answer", args=[objection]))
    assert mine.context["form"] is None


@pytest.mark.parametrize(
    "name", ["wing-officer", "personal-officer", "case-lead", "probation-officer", "oversight",
             "activity-staff", "b-officer", "nobody"],
)  # fmt: skip
def test_whoever_does_not_lead_here_meets_no_form(world, objection, name):
    client = world.client(name)
    assert client.get(reverse("reflections:answer", args=[objection])).status_code == 404
    assert give(world, objection, by=name).status_code == 404
    assert rows(world, "select from reflections_answer") == []


def test_what_is_no_objection_has_no_answer(world):
    fine = add_told(world)
    assert give(world, fine).status_code == give(world, new_key()).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"words": ""}, "Write what the person was answered."),
        ({"how": ""}, "Say how the person was told."),
        ({"on": ago(-1).isoformat()}, "That day is still to come."),
        ({"on": ago(9).isoformat()}, "That is before the objection."),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(world, objection, wrong, said):
    answer = give(world, objection, **({"words": "We talked."} | wrong))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert ("We talked." in answer.content.decode()) is ("words" not in wrong)


def test_a_failed_log_entry_takes_the_answer_back(world, objection, monkeypatch):
    def refuse(**_):
        raise RuntimeError("the log is full")

    monkeypatch.setattr(actions, "record", refuse)
    with pytest.raises(RuntimeError):
        give(world, objection)
    assert rows(world, "select from reflections_answer") == []


def test_an_answer_without_the_form_follows_the_same_rules(world, objection):
    def answer(by, told_id, key=None):
        with world.viewing(by) as viewer:
            actions.answer_objection(
                by=viewer, told_id=told_id, key=key or new_key(), words="Yes.", on=ago(0),
                language="en", how=AnsweredHow.IN_PERSON,
            )  # fmt: skip

    other = add_told(world, "Jonas Petit", objects_to_it=True)
    with pytest.raises(Http404):
        answer("wing-officer", objection)
    key = new_key()
    answer("head-of-unit", other, key)
    with pytest.raises(Http404):
        answer("head-of-unit", objection, key)
    with pytest.raises(Cannot):
        answer("duty-manager", other)


INSERT = (
    "insert into reflections_answer (id, told_id, person_id, words, answered_on, answered_by_id,"
    " language, how) values (%s, %s, %s, 'Yes.', current_date, %s, 'en', 'in-person')"
)


def test_the_database_itself_refuses_a_forged_answer(world, objection):
    amir, jonas = world.people["Amir Kaya"], world.people["Jonas Petit"]
    fine = add_told(world, "Jonas Petit")

    def insert(name, told, person, by):
        with world.viewing(name), connection.cursor() as cursor:
            cursor.execute(INSERT, [new_key(), told, person, world.staff[by]])

    for name, told, person, by in (
        ("wing-officer", objection, amir, "wing-officer"),
        ("head-of-unit", objection, amir, "duty-manager"),
        ("head-of-unit", objection, jonas, "head-of-unit"),
        ("head-of-unit", fine, jonas, "head-of-unit"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            insert(name, told, person, by)
    insert("head-of-unit", objection, amir, "head-of-unit")


def test_an_answer_stays_as_it_was_given(world, objection):
    key = add_answer(world, objection)
    for change in ("update reflections_answer set words = 'No.' where id = %s",
                   "delete from reflections_answer where id = %s"):  # fmt: skip
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            world.owner.execute(change, [key])


def test_objecting_is_no_mark_on_the_board_and_none_on_the_officer_s_lists(world, objection):
    amir = world.people["Amir Kaya"]
    for url in ("/wing/a/", "/wing/a/round/", "/meetings/", "/actions/"):
        before_and_after = world.client("head-of-unit").get(url).content.decode().lower()
        assert "object" not in before_and_after, url
        assert "owed an answer" not in before_and_after, url
    assert (
        "object"
        not in world.client("wing-officer")
        .get(reverse("reflections:reflect", args=[amir]))
        .content.decode()
        .lower()
    )


@pytest.mark.parametrize("count", [1, 40])
def test_a_leader_s_home_asks_as_much_for_many_objections_as_for_one(
    world, count, django_assert_max_num_queries
):
    for person in world.add_people(count, "a"):
        name = next(name for name, key in world.people.items() if key == person)
        add_told(world, name, objects_to_it=True)
    client = world.client("head-of-unit")
    client.get("/")
    with django_assert_max_num_queries(41):
        assert "Owed an answer" in client.get("/").content.decode()


# ---- Rules ----


def test_an_answer_is_owed_within_two_weeks():
    today = timezone.localdate()
    assert not waits_too_long(ago(14), today)
    assert waits_too_long(ago(15), today)
    assert how_it_waits(ago(15), today).startswith("waiting for an answer since")
    assert "within two weeks" in how_it_waits(ago(3), today)


def test_an_answer_comes_after_the_objection_and_not_tomorrow():
    today = timezone.localdate()
    assert answer_day_problem(today, objected_on=today, today=today) == ""
    assert answer_day_problem(today + timedelta(days=1), objected_on=today, today=today)
    assert answer_day_problem(ago(2), objected_on=ago(1), today=today)
