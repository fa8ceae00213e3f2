"""When an assessment is due again: at its interval, at times of change, and why is said."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from daybook.understand.assessments.queries.due import due
from daybook.understand.assessments.rules.due import AFTER_A_CHANGE, Change, Last, owed
from daybook.understand.instruments.loading import shipped
from tests.world import World

from .assessed import (
    AMIR,
    LEAD,
    begin,
    close,
    closed,
    instrument_id,
    made_earlier,
    sign,
    trained,
)

FULL = next(each for each in shipped() if each.key == "needs-and-strengths")
SCREEN = next(each for each in shipped() if each.key == "immediate-needs")
CLOSED = date(2026, 3, 2)


def last(instrument=FULL, days: int = 90) -> Last:
    return Last(1, instrument, CLOSED, CLOSED + timedelta(days=days))


def test_it_is_due_at_its_interval():
    [found] = owed([last()], [])
    assert (found.due_on, found.because) == (CLOSED + timedelta(days=90), "interval")


@pytest.mark.parametrize("because", [str(each) for each in FULL.again_at])
def test_it_is_due_sooner_after_each_change_that_it_asks_about(because):
    on = CLOSED + timedelta(days=10)
    [found] = owed([last()], [Change(1, because, on)])
    assert (found.due_on, found.because, found.since) == (on + AFTER_A_CHANGE, because, on)


def test_what_it_does_not_ask_about_what_came_before_and_others_change_nothing():
    before, after = CLOSED - timedelta(days=1), CLOSED + timedelta(days=1)
    changes = [
        Change(1, "transfer", before), Change(1, "transfer", CLOSED), Change(2, "transfer", after),
    ]  # fmt: skip
    assert "transfer" not in SCREEN.again_at
    [found, screen] = owed([last(), last(SCREEN, 14)], [*changes, Change(1, "incident", CLOSED)])
    assert found.because == screen.because == "interval"
    [screen] = owed([last(SCREEN, 14)], [Change(1, "transfer", after)])
    assert screen.because == "interval"


def test_a_change_close_to_the_interval_does_not_put_it_off():
    [found] = owed([last()], [Change(1, "court", CLOSED + timedelta(days=89))])
    assert found.because == "interval"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "because",
    [
        "court",
        "hearing",
        "release-date",
        "lost-visit",
        "bereavement",
        "incident",
        "record",
        "transfer",
    ],
)
def test_each_time_of_change_is_read_from_the_record(world: World, because: str):
    trained(world)
    made_earlier(world, closed(world), 10)
    amir, today = world.people[AMIR], timezone.localdate()
    on = today - timedelta(days=3)
    at = timezone.now() - timedelta(days=3)
    if because == "court":
        world.add_escort(AMIR, "court", at, back_at=at)
    elif because == "hearing":
        world.insert("people_keydate", person_id=amir, kind="hearing", on=on, noted_at=None)
    elif because == "release-date":
        world.insert(
            "people_keydate", person_id=amir, kind="release", on=today + timedelta(days=200),
            noted_at=at,
        )  # fmt: skip
    elif because in ("lost-visit", "bereavement"):
        what = {"lost-visit": "no-visit", "bereavement": "bad-news"}[because]
        world.add_reflection(AMIR, "wing-officer", day=on, circumstances=[what])
    elif because == "incident":
        event = world.insert(
            "shifts_sharedevent", id=new_key(), unit_id=world.units["a"], kind="argument",
            place="Yard", happened_at=at, fact="Words over a chair.", reading="", responses=[],
            response="", opening="", present="", others=False,
            written_by_id=world.staff["wing-officer"], written_at=at,
        )  # fmt: skip
        world.insert(
            "shifts_eventpart", id=new_key(), event_id=event, person_id=amir, part="Was there.",
            written_by_id=world.staff["wing-officer"], written_at=at,
        )  # fmt: skip
    elif because == "transfer":
        world.owner.execute("update people_stay set ended_at = %s where person_id = %s", [at, amir])
        world.insert(
            "people_stay", person_id=amir, unit_id=world.units["b"], reason="", source="",
            began_at=at,
        )  # fmt: skip
    else:
        from tests.observe.reflections.person_world import add_picture

        add_picture(world, AMIR, "mood", state="worth-talking-about", noticed_on=on, since=on)
    with world.viewing(LEAD) as viewer:
        found = due(viewer=viewer, people=[amir], until=today + timedelta(days=60))
    assert [each.because for each in found] == [
        {"hearing": "court", "record": "change-in-the-record"}.get(because, because)
    ]
    assert found[0].since == on


@pytest.mark.django_db(transaction=True)
def test_it_waits_at_home_once_it_is_due_and_not_while_one_is_under_way(world: World):
    trained(world)
    made_earlier(world, closed(world), 100)
    home = world.client(LEAD).get(reverse("home")).content.decode()
    assert "Look again, Needs and strengths" in home
    begin(world)
    home = world.client(LEAD).get(reverse("home")).content.decode()
    assert "Look again, Needs and strengths" not in home
    # Whoever doesn't read casework isn't told.
    assert "Look again" not in world.client("wing-officer").get(reverse("home")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_what_was_closed_years_ago_is_due_until_it_is_done_or_offered_no_more(world: World):
    trained(world)
    made_earlier(world, closed(world), 740)
    with world.viewing(LEAD) as viewer:
        [found] = due(viewer=viewer, people=[world.people[AMIR]], until=timezone.localdate())
    assert found.because == "interval"
    world.owner.execute("update instruments_definition set retired_at = now()")
    with world.viewing(LEAD) as viewer:
        assert due(viewer=viewer, people=[world.people[AMIR]], until=timezone.localdate()) == []


NEWCOMER = "Nadia Berg"
MISSING = "Not looked at yet, Immediate needs"


@pytest.fixture
def arrived(world: World) -> World:
    """Somebody who came to wing a three days ago, and one who has lived there for 60 days."""
    world.add_person(NEWCOMER, "a")
    came(world, 3)
    return world


def came(world: World, days: int) -> None:
    world.owner.execute(
        "update people_stay set began_at = now() - make_interval(days => %s) where person_id = %s",
        [days, world.people[NEWCOMER]],
    )


def at_home(world: World, who: str) -> str:
    return world.client(who).get(reverse("home")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_screen_of_whoever_came_lately_waits_for_the_wing_until_it_is_done(arrived: World):
    home = at_home(arrived, "wing-officer")
    assert home.count(MISSING) == 1
    assert re.search(f"{MISSING}: came .* · Nadia B", home)
    for other in ("b-officer", "governor", "activity-staff"):
        assert MISSING not in at_home(arrived, other), other
    page = arrived.client("wing-officer").get(
        reverse("assessments:of-person", args=[arrived.people[NEWCOMER]])
    ).content.decode()  # fmt: skip
    assert "nobody has looked yet" in page
    screened = {"about": NEWCOMER, "by": "wing-officer", "assessors": ("wing-officer",)}
    made = begin(arrived, "immediate-needs", **screened)
    assert MISSING not in at_home(arrived, "wing-officer")
    sign(arrived, made, "wing-officer")
    close(arrived, made, "wing-officer", again_on=timezone.localdate() + timedelta(days=10))
    assert MISSING not in at_home(arrived, "wing-officer")


@pytest.mark.django_db(transaction=True)
def test_a_colleague_s_screen_counts_for_those_who_may_not_read_it(arrived: World):
    arrived.add_staff("night-officer", "wing-officer", unit="a")
    assert MISSING in at_home(arrived, "night-officer")
    begin(arrived, "immediate-needs", about=NEWCOMER, by="wing-officer",
          assessors=("wing-officer",))  # fmt: skip
    assert MISSING not in at_home(arrived, "night-officer")


@pytest.mark.django_db(transaction=True)
def test_whoever_comes_back_is_screened_anew_and_a_move_between_wings_is_no_arrival(
    arrived: World,
):
    person = arrived.people[NEWCOMER]

    def lived_before(until: str) -> None:
        arrived.owner.execute(
            "insert into people_stay (person_id, unit_id, reason, source, began_at, ended_at)"
            " select person_id, %s, '', '', began_at - interval '30 days',"
            "        began_at - interval '1 hour' * %s from people_stay where person_id = %s",
            [arrived.units["b"], until, person],
        )

    made = arrived.insert(
        "assessments_assessment", id=new_key(), person_id=person,
        definition_id=instrument_id(arrived, "immediate-needs"), purpose="needs", because="first",
        opened_by_id=arrived.staff["wing-officer"], opened_at=timezone.now() - timedelta(days=30),
        signed_at=timezone.now() - timedelta(days=30),
        closed_at=timezone.now() - timedelta(days=30), dropped_because="",
    )  # fmt: skip
    lived_before("240")
    assert MISSING in at_home(arrived, "wing-officer"), made
    arrived.owner.execute(
        "update people_stay set ended_at = now() - interval '3 days'"
        " where person_id = %s and ended_at is not null", [person]
    )  # fmt: skip
    assert MISSING not in at_home(arrived, "wing-officer")


@pytest.mark.django_db(transaction=True)
def test_after_two_weeks_and_after_a_release_nobody_is_asked_for_it(arrived: World):
    came(arrived, 15)
    assert MISSING not in at_home(arrived, "wing-officer")
    came(arrived, 3)
    arrived.owner.execute(
        "update people_stay set ended_at = now() where person_id = %s", [arrived.people[NEWCOMER]]
    )
    assert MISSING not in at_home(arrived, "wing-officer")
