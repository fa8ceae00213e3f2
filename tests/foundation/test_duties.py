"""Actions: who may take one on, who sees it, and what came of it."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.duties import actions, queries
from daybook.foundation.duties.models import Effect
from daybook.foundation.duties.rules import when_due
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key

pytestmark = pytest.mark.django_db(transaction=True)

THURSDAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("due_on", "said"),
    [
        (date(2026, 3, 10), "was due Tuesday"),
        (date(2026, 3, 11), "was due yesterday"),
        (date(2026, 2, 20), "was due 20 February"),
        (THURSDAY, "due today"),
        (date(2026, 3, 13), "due tomorrow"),
        (date(2026, 3, 16), "due Mon 16 Mar"),
    ],
)
def test_a_day_is_said_kindly(due_on, said):
    assert when_due(due_on, THURSDAY) == said


def take_on(world, by="wing-officer", person="Amir Kaya", owner="", days=2, **more):
    with world.viewing(by) as viewer:
        return actions.raise_action(
            by=viewer,
            person_id=world.people[person],
            what=more.pop("what", "Ring his sister"),
            owner_id=world.staff[owner or by],
            due_on=timezone.localdate() + timedelta(days=days),
            **more,
        )


def close(world, by, action, effect=Effect.HELPED, **more):
    with world.viewing(by) as viewer:
        actions.close_action(by=viewer, action_id=action, effect=effect, **more)


def move(world, person, unit):
    world.owner.execute(
        "update people_stay set unit_id = %s, cell_id = null, began_at = now()"
        " where person_id = %s",
        [world.units[unit], world.people[person]],
    )


def log(world, subject="action"):
    return world.owner.execute(
        "select kind, staff_key, people from audit_entry where subject = %s order by at", [subject]
    ).fetchall()


def test_taking_on_and_closing_are_logged_with_the_person(world):
    action = take_on(world)
    close(world, "wing-officer", action, outcome="She comes on Sunday")
    assert [(kind, people) for kind, _, people in log(world)] == [
        ("collection", [world.people["Amir Kaya"]]),
        ("alteration", [world.people["Amir Kaya"]]),
    ]


def test_a_double_tap_takes_on_one_action(world):
    key = new_key()
    assert take_on(world, key=key) == take_on(world, key=key) == key
    with world.viewing("wing-officer") as viewer:
        assert len(queries.open_actions([world.people["Amir Kaya"]], viewer=viewer)) == 1
    assert len(log(world)) == 1


@pytest.mark.parametrize("thief", ["head-of-unit", "b-officer"])
def test_somebody_else_s_key_is_refused_like_an_absent_one(world, thief):
    key = new_key()
    take_on(world, key=key)
    person = "Bao Tran" if thief == "b-officer" else "Jonas Petit"
    with pytest.raises(Http404):
        take_on(world, by=thief, person=person, key=key)


def test_the_day_may_not_have_passed(world):
    with pytest.raises(Cannot, match="today or a later day"):
        take_on(world, days=-1)


def test_the_owner_works_there_or_is_the_personal_officer(world):
    with pytest.raises(Cannot, match="works with this person"):
        take_on(world, owner="b-officer")
    take_on(world, owner="personal-officer")
    with pytest.raises(Cannot, match="works with this person"):
        take_on(world, person="Jonas Petit", owner="personal-officer")


def test_nobody_can_be_given_the_clerk_s_name(world):
    with world.viewing("wing-officer") as viewer:
        owners = queries.possible_owners(world.people["Jonas Petit"], viewer=viewer)
        assert world.staff["clerk"] not in {owner.id for owner in owners}
        assert world.staff["activity-staff"] in {owner.id for owner in owners}


@pytest.mark.parametrize("stranger", ["b-officer", "analyst", "nobody", "governor"])
def test_who_does_not_write_about_the_person_takes_on_nothing(world, stranger):
    with pytest.raises(Http404):
        take_on(world, by=stranger, owner="wing-officer")


def test_an_owner_keeps_and_closes_their_action_when_the_person_has_moved(world):
    action = take_on(world, owner="activity-staff", by="wing-officer")
    move(world, "Amir Kaya", "c")
    with world.viewing("activity-staff") as viewer:
        assert [owed.id for owed in queries.my_actions(viewer=viewer)] == [action]
        assert queries.open_actions([world.people["Amir Kaya"]], viewer=viewer) == []
    page = world.client("activity-staff").get(reverse("duties:mine")).content.decode()
    assert "Ring his sister" in page
    assert "for somebody you don’t work with now" in page
    assert "Amir" not in page
    close(world, "activity-staff", action, Effect.TOO_EARLY)


def test_a_colleague_who_writes_there_may_close_it_others_may_not(world):
    action = take_on(world)
    for stranger in ("b-officer", "activity-staff", "governor", "nobody"):
        with pytest.raises(Http404):
            close(world, stranger, action)
    close(world, "head-of-unit", action, Effect.NO_DIFFERENCE)
    with world.viewing("governor") as viewer:
        (owed,) = queries.recent_outcomes(
            [world.people["Amir Kaya"]],
            since=timezone.now() - timedelta(hours=1),
            viewer=viewer,
        )
    assert owed.effect_words == "no difference seen"


def test_closed_is_closed_and_the_same_twice_is_once(world):
    action = take_on(world)
    close(world, "wing-officer", action)
    close(world, "wing-officer", action)
    with pytest.raises(Cannot, match="closed meanwhile: it helped"):
        close(world, "head-of-unit", action, Effect.WORSE)
    assert [kind for kind, *_ in log(world)] == ["collection", "alteration"]


def test_due_holds_what_was_due_and_what_is_due_by_then(world):
    today = timezone.localdate()
    soon, late = take_on(world, days=0), take_on(world, days=5)
    with world.viewing("wing-officer") as viewer:
        everyone, lately = list(world.people.values()), timezone.now() - timedelta(hours=1)

        def due(until):
            owed, done = queries.due_and_done(everyone, until=until, since=lately, viewer=viewer)
            assert done == []
            return [each.id for each in owed]

        assert due(today) == [soon]
        assert due(today + timedelta(days=7)) == [soon, late]
    close(world, "wing-officer", soon)
    with world.viewing("wing-officer") as viewer:
        owed, done = queries.due_and_done(everyone, until=today, since=lately, viewer=viewer)
    assert ([each.id for each in owed], [each.id for each in done]) == ([], [soon])


def test_a_failed_log_takes_the_action_back(world, monkeypatch):
    def no_log(**_):
        raise RuntimeError("no log")

    monkeypatch.setattr(actions.owed, "record", no_log)
    with pytest.raises(RuntimeError):
        take_on(world)
    assert world.owner.execute("select count(*) from duties_action").fetchone() == (0,)


def test_as_many_reads_for_sixty_people_as_for_one(world):
    add_action(world, "Amir Kaya")
    counts = []
    for _ in range(2):
        with world.viewing("wing-officer") as viewer, CaptureQueriesContext(connection) as asked:
            everyone = list(world.people.values()) + extra(world)
            queries.open_actions(everyone, viewer=viewer)
            queries.recent_outcomes(everyone, since=timezone.now(), viewer=viewer)
        client = world.client("wing-officer")
        with CaptureQueriesContext(connection) as page:
            client.get(reverse("duties:mine"))
        counts.append((len(asked), len(page)))
        for person in world.add_people(60, "a"):
            add_action(world, person)
    assert counts[0] == counts[1]


def extra(world):
    return [key for (key,) in world.owner.execute("select id from people_person").fetchall()]


def add_action(world, person):
    world.insert(
        "duties_action", id=new_key(), person_id=world.people.get(person, person), what="Ask again",
        owner_id=world.staff["wing-officer"], raised_by_id=world.staff["wing-officer"],
        due_on=timezone.localdate(), raised_at=timezone.now(), source="", effect="", outcome="",
    )  # fmt: skip


def test_closing_on_the_page_in_two_touches(world):
    action = take_on(world, days=0)
    client = world.client("wing-officer")
    page = client.get(reverse("duties:mine")).content.decode()
    assert "Due today" in page
    assert f'href="/people/{world.people["Amir Kaya"]}/"' in page
    answer = client.post(reverse("duties:close", args=[action]), {"effect": "helped"}, follow=True)
    assert answer.redirect_chain == [("/actions/", 302)]
    assert "Done lately" in answer.content.decode()
    assert "it helped" in answer.content.decode()


def test_what_was_typed_stays_when_nothing_was_chosen(world):
    action = take_on(world)
    answer = world.client("wing-officer").post(
        reverse("duties:close", args=[action]), {"outcome": "He rang <b>twice</b>"}
    )
    assert answer.status_code == 422
    assert "even if it was not done" in answer.content.decode()
    assert "He rang &lt;b&gt;twice" in answer.content.decode()


def test_absent_and_forbidden_actions_look_the_same(world):
    action = take_on(world)
    client = world.client("b-officer")
    for key in (action, uuid.uuid4()):
        url = reverse("duties:close", args=[key])
        assert client.get(url).status_code == 404
        assert client.post(url, {"effect": "helped"}).status_code == 404


def test_a_reader_sees_an_action_and_is_asked_nothing(world):
    action = take_on(world)
    answer = world.client("governor").get(reverse("duties:close", args=[action]))
    assert "Ring his sister" in answer.content.decode()
    assert "What came of it?" not in answer.content.decode()
    answer = world.client("governor").post(
        reverse("duties:close", args=[action]), {"effect": "helped"}
    )
    assert answer.status_code == 404
