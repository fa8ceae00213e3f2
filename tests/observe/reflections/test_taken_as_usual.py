"""A team that knows why says so, and the chart goes on from there instead of saying it again."""

import html
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.places.models import Unit
from daybook.foundation.registry.keys import new_key
from daybook.observe.reflections.actions import meetings as actions
from daybook.observe.reflections.actions import pictures
from daybook.observe.reflections.models.meetings import Shift
from daybook.observe.reflections.queries import meetings as queries
from tests.observe.reflections.person_world import add_picture, ago, rated_daily
from tests.world import World

ENDING = {"went_well": "Lunch was calm", "how_we_are": "Tired, all right", "theme": "none today"}


@pytest.fixture
def changed(world: World) -> World:
    """Amir's mood has changed, and the chart says so."""
    add_picture(world, channel="mood")
    add_picture(world, channel="tension", state="no-lasting-change")
    return world


def begin(world: World) -> object:
    with world.viewing("wing-officer") as viewer:
        unit = Unit.objects.get(pk=world.units["a"])
        return actions.begin(by=viewer, unit=unit, shift=Shift.LATE)


def page(world: World, name: str, *where: object, by: str = "wing-officer") -> str:
    answer = world.client(by).get(reverse(f"reflections:{name}", args=where))
    return html.unescape(answer.content.decode())


def say(world: World, meeting: object, *channels: str, by: str = "wing-officer", **more: object):
    """Save the discussion as the form does, and these charts go on from now."""
    amir = world.people["Amir Kaya"]
    seen = world.owner.execute(
        "select noted_at from reflections_meetingperson where person_id = %s and meeting_id = %s",
        [amir, meeting],
    ).fetchone()[0]
    given = {
        "seen": seen.isoformat() if seen else "", "facts": "Eats alone, sleeps well.",
        "ordinary": "His sister moved away", "key_ordinary": new_key(),
        "regime": "Work is closed", "key_regime": new_key(), "usual": channels,
    } | more  # fmt: skip
    url = reverse("reflections:discuss", args=[meeting, amir])
    return world.client(by).post(url, given)


def close(world: World, meeting: object) -> None:
    with world.viewing("wing-officer") as viewer:
        actions.close(by=viewer, meeting_id=meeting, carried_because="no time", **ENDING)


def taken(world: World) -> list[tuple]:
    return world.owner.execute(
        "select c.key, t.direction, t.day, s.username from reflections_takenasusual t"
        " join reflections_channel c on c.id = t.channel_id"
        " join staff_staff s on s.id = t.said_by_id where taken_back_at is null"
    ).fetchall()


def test_only_a_chart_that_shows_a_change_can_be_taken_as_usual(changed: World) -> None:
    meeting = begin(changed)
    form = page(changed, "discuss", meeting, changed.people["Amir Kaya"])
    assert "How they are now is their usual" in form
    assert 'value="mood"' in form
    assert 'name="usual" value="tension"' not in form
    other = page(changed, "discuss", meeting, changed.people["Jonas Petit"])
    assert "How they are now is their usual" not in other
    assert say(changed, meeting, "tension").status_code == 422
    assert taken(changed) == []


def test_who_said_so_stands_in_the_minutes_and_on_the_chart(changed: World) -> None:
    meeting = begin(changed)
    assert say(changed, meeting, "mood").status_code == 302
    assert taken(changed) == [("mood", -1, ago(0), "wing-officer")]
    logged = changed.owner.execute(
        "select count(*) from audit_entry where subject = 'change taken as usual'"
    ).fetchone()
    assert logged == (1,)
    close(changed, meeting)
    minutes = page(changed, "minutes", meeting)
    assert "Taken as usual from now on" in minutes
    assert "Mood, lower" in minutes
    chart = page(changed, "chart", changed.people["Amir Kaya"], "mood")
    assert "taken as usual, A. Wing Officer" in chart
    assert "taken as usual" not in page(changed, "chart", changed.people["Amir Kaya"], "tension")


def test_saying_it_twice_is_saying_it_once_and_it_may_be_taken_back(changed: World) -> None:
    meeting = begin(changed)
    keys = {"key_ordinary": new_key(), "key_regime": new_key()}
    say(changed, meeting, "mood", **keys)
    say(changed, meeting, "mood", **keys)
    assert len(taken(changed)) == 1
    say(changed, meeting, **keys)
    assert taken(changed) == []
    say(changed, meeting, "mood", **keys)
    assert len(taken(changed)) == 1
    close(changed, meeting)
    with (
        pytest.raises(DatabaseError, match=r"locked|permission denied"),
        changed.viewing("wing-officer"),
        connection.cursor() as cursor,
    ):
        cursor.execute("update reflections_takenasusual set taken_back_at = now()")


def test_the_chart_goes_on_from_there_and_rewrites_nothing(world: World, monkeypatch) -> None:
    monkeypatch.setattr(pictures, "PARAMETERS", replace(pictures.PARAMETERS, replays=200))
    rated_daily(world, 75)
    draw(world)
    state, direction, usual_before = mood(world)
    assert (state, direction) == ("worth-talking-about", -1)
    meeting = begin(world)
    seen = why(world, meeting)
    assert any("lower" in reason for reason in seen)
    say(world, meeting, "mood")
    draw(world)
    state, direction, usual = mood(world)
    assert direction is None
    assert state in {"no-lasting-change", "hard-to-see"}
    assert usual < usual_before - 0.5, "the usual is the one that is known by now"
    assert why(world, meeting) == seen
    shown = page(world, "person", world.people["Amir Kaya"])
    assert "is lower than" not in shown


def draw(world: World) -> None:
    with world.viewing("clerk") as clerk:
        pictures.draw(
            by=clerk, establishment_id=world.establishments["north"], today=timezone.localdate()
        )


def mood(world: World) -> tuple:
    return world.owner.execute(
        "select state, direction, usual from reflections_picture where person_id = %s",
        [world.people["Amir Kaya"]],
    ).fetchone()


def why(world: World, meeting: object) -> tuple[str, ...]:
    with world.viewing("wing-officer") as viewer:
        found = queries.meeting_with(meeting, viewer=viewer)
        places = queries.agenda(found, viewer=viewer)
    return next(p.why for p in places if p.person.id == world.people["Amir Kaya"])
