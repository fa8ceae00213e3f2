"""The reflection meeting: whom it talks about, what a discussion needs, what stays locked."""

import threading
import uuid
from datetime import date, timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, connections
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.duties import queries as duties
from daybook.foundation.places.models import Unit
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key
from daybook.observe.reflections.actions import meetings as actions
from daybook.observe.reflections.models import Care, Explanation, Meeting, MeetingPerson
from daybook.observe.reflections.models.meetings import Shift
from daybook.observe.reflections.queries import discussions
from daybook.observe.reflections.queries import meetings as queries
from daybook.observe.reflections.queries.care import care_now
from daybook.observe.reflections.rules import meetings as rules
from daybook.observe.reflections.rules.meetings import (
    ChangedMeanwhile,
    Closed,
    NewAction,
    NewExplanation,
    Note,
    Said,
    Standing,
    still_to_talk_about,
)

from .person_world import add_meeting

pytestmark = pytest.mark.django_db(transaction=True)

THURSDAY = date(2026, 3, 12)
ENDING = {"went_well": "Lunch was calm", "how_we_are": "Tired, all right", "theme": "none today"}


def begin(world, by="wing-officer", unit="a"):
    with world.viewing(by) as viewer:
        where = Unit.objects.get(pk=world.units[unit])
        return actions.begin(by=viewer, unit=where, shift=Shift.LATE)


def note(**more):
    values = {
        "seen": None,
        "finished": True,
        "facts": "Ate alone since Monday",
        "explanations": [
            NewExplanation(new_key(), "ordinary", "His sister did not ring"),
            NewExplanation(new_key(), "regime", "The gym was closed"),
        ],
    }
    return Note(**(values | more))


def write(world, meeting, note, by="wing-officer", person="Amir Kaya"):
    with world.viewing(by) as viewer:
        actions.write_down(by=viewer, meeting_id=meeting, person_id=world.people[person], note=note)


def close(world, meeting, by="wing-officer", **more):
    with world.viewing(by) as viewer:
        actions.close(by=viewer, meeting_id=meeting, **(ENDING | more))


def agenda(world, meeting, by="wing-officer"):
    with world.viewing(by) as viewer:
        found = queries.meeting_with(meeting, viewer=viewer)
        return {place.person.id: place for place in queries.agenda(found, viewer=viewer)}


def shown(world, name, *where, by="wing-officer"):
    return world.client(by).get(reverse(f"reflections:{name}", args=where)).content.decode()


def place_of(world, meeting, person="Amir Kaya"):
    return agenda(world, meeting)[world.people[person]]


def talked_about(world, days_ago, *people, unit="a"):
    """A closed meeting some days ago that discussed these people."""
    at = timezone.now() - timedelta(days=days_ago)
    officer = world.staff["wing-officer"]
    meeting = world.insert(
        "reflections_meeting", id=new_key(), unit_id=world.units[unit], shift="late", opened_at=at,
        opened_by_id=officer, led_by_id=officer, went_well="x", how_we_are="x", theme="x",
        closed_at=at + timedelta(minutes=20), closed_by_id=officer,
    )  # fmt: skip
    for person in people:
        world.insert(
            "reflections_meetingperson", id=new_key(), meeting_id=meeting, at=at, why="",
            said_in=[], carried_because="",
            person_id=world.people[person], outcome="discussed", facts="x", stance="", dissent="",
            went_well="", noted_by_id=officer, noted_at=at,
        )  # fmt: skip
    return meeting


def quiet(world):
    """Everyone on wing a was talked about yesterday and written about today."""
    meeting = talked_about(world, 1, "Amir Kaya", "Jonas Petit")
    for person in ("Amir Kaya", "Jonas Petit"):
        world.add_reflection(person, "wing-officer", saved_at=timezone.now())
    return meeting


def picture(world, person="Amir Kaya", **more):
    values = {
        "state": "worth-talking-about", "because": "", "direction": -1,
        "since": timezone.localdate() - timedelta(days=3), "size": 1.0,
        "wing_share": 0.0, "usual": 3.0,
        "first_day": timezone.localdate() - timedelta(days=40), "raw": [], "adjusted": [],
        "line": [], "method": "test", "parameters": "{}", "drawn_at": timezone.now(),
        "drawn_to": timezone.localdate(),
    } | more  # fmt: skip
    columns = ", ".join(values)
    world.owner.execute(
        f"insert into reflections_picture (person_id, channel_id, {columns})"
        f" select %s, id, {', '.join(['%s'] * len(values))} from reflections_channel"
        " where key = 'mood'",
        [world.people[person], *values.values()],
    )


# ---- Who is put forward, and in which words ----


def standing(**more):
    values = {"here_since": THURSDAY - timedelta(days=90), "last_discussed": THURSDAY,
              "last_entry": THURSDAY} | more  # fmt: skip
    return rules.reasons(Standing(**values), THURSDAY)


def test_nobody_is_put_forward_without_a_reason():
    assert standing() == []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"last_discussed": date(2026, 3, 3)}, "Not talked about since 3 March"),
        ({"last_discussed": date(2026, 3, 5)}, "Not talked about since 5 March"),
        ({"last_discussed": None}, "Not talked about yet"),
        ({"last_entry": date(2026, 3, 9)}, "No entry since Monday"),
        ({"last_entry": None}, "No entry yet"),
        ({"carried_because": ""}, "Carried over from the last meeting"),
        ({"carried_because": "no time"}, "Carried over from the last meeting: no time"),
        ({"changes": ["Mood lower since Friday."]}, "Mood lower since Friday."),
    ],
)
def test_every_reason_is_said_in_words(more, words):
    assert standing(**more) == [words]


def test_officers_are_quoted_as_of_the_day_of_the_meeting():
    kept, taken_back = new_key(), new_key()
    said = {kept: Said(date(2026, 3, 11), "clearly", "less", "joking", "A. Novak")}
    assert rules.put_forward_in_words([kept, taken_back], said, THURSDAY) == (
        "Clearly different, yesterday: less joking — A. Novak",
        "Put forward by words that their author took back",
    )


def test_a_week_is_a_week():
    assert standing(last_discussed=THURSDAY - timedelta(days=6)) == []
    assert standing(last_discussed=None, here_since=THURSDAY - timedelta(days=2)) == []


def test_reasons_are_kept_whole_or_left_out():
    assert rules.in_lines(["a" * 200, "b" * 200]) == "a" * 200
    assert len(rules.in_lines(["a" * 900])) <= 300


def test_beginning_puts_forward_whoever_differs_and_nobody_else(world):
    last = quiet(world)
    world.add_reflection(
        "Amir Kaya", "head-of-unit", saved_at=timezone.now(), difference="clearly", way="less",
        of_what="talking at the servery",
    )  # fmt: skip
    meeting = begin(world)
    assert meeting != last
    assert place_of(world, meeting).why == (
        "Clearly different: less talking at the servery — A. Head Of Unit",
    )
    assert not place_of(world, meeting, "Jonas Petit").put_forward


def differs(world, author="wing-officer", of_what="joking"):
    return world.add_reflection(
        "Amir Kaya", author, saved_at=timezone.now(), difference="clearly", way="less",
        of_what=of_what,
    )  # fmt: skip


def take_back(world, who, reflection):
    assert world.client(who).post(f"/reflections/{reflection}/withdraw/").status_code == 302


def test_words_that_are_taken_back_leave_the_open_meeting(world):
    theirs = differs(world)
    differs(world, "head-of-unit", "sleep")
    meeting = begin(world)
    assert "joking" in str(place_of(world, meeting).why)
    take_back(world, "wing-officer", theirs)
    kept = str(place_of(world, meeting).why)
    assert ("joking" in kept, "sleep" in kept) == (False, True)


@pytest.mark.parametrize("author", ["wing-officer", "activity-staff"])
def test_words_that_are_taken_back_leave_closed_minutes_and_say_so(world, author):
    """Also where the author never reads a meeting."""
    theirs = differs(world, author)
    meeting = begin(world)
    write(world, meeting, note())
    close(world, meeting, carried_because="no time")
    assert "joking" in shown(world, "minutes", meeting)
    take_back(world, author, theirs)
    page = shown(world, "minutes", meeting)
    assert ("joking" in page, "their author took back" in page) == (False, True)
    kept = world.owner.execute("select to_jsonb(p)::text from reflections_meetingperson p")
    assert "joking" not in str(kept.fetchall())


def test_whoever_was_put_forward_by_words_taken_back_is_so_no_longer(world):
    quiet(world)
    theirs = differs(world)
    meeting = begin(world)
    assert place_of(world, meeting).put_forward
    take_back(world, "wing-officer", theirs)
    assert not place_of(world, meeting).put_forward
    with world.viewing("wing-officer") as viewer:
        assert actions.say_nothing_new_of_the_rest(by=viewer, meeting_id=meeting) == 2


def test_what_the_last_meeting_knew_is_not_put_forward_again(world):
    quiet(world)
    world.add_reflection(
        "Amir Kaya", "head-of-unit", day=timezone.localdate() - timedelta(days=2),
        difference="clearly",
    )  # fmt: skip
    assert place_of(world, begin(world)).why == ()


@pytest.mark.parametrize(("direction", "word"), [(-1, "lower"), (1, "higher")])
def test_a_change_in_the_charts_is_put_forward_in_both_directions(world, direction, word):
    quiet(world)
    picture(world, direction=direction)
    (why,) = place_of(world, begin(world)).why
    assert why.startswith(f"Mood {word} since ")


def test_a_discussion_hears_how_large_and_how_sure_a_change_is(world):
    picture(world, direction=1, size=1.0, chance=3)
    page = shown(world, "discuss", begin(world), world.people["Amir Kaya"])
    assert "Mood: about one step higher than their usual since" in page
    assert "The wing explains little." in page
    assert "Chance alone shows as much in 3 of 100 people" in page


def test_drawing_again_rewrites_nothing_that_a_meeting_saw(world):
    quiet(world)
    picture(world, direction=-1)
    meeting = begin(world)
    seen = place_of(world, meeting).why
    assert seen
    world.owner.execute(
        "update reflections_picture set state = 'no-lasting-change', direction = null,"
        " since = null, size = null, method = 'another 9', drawn_at = now()"
    )
    assert place_of(world, meeting).why == seen


def test_charts_can_be_switched_off(world):
    quiet(world)
    picture(world)
    with world.viewing("wing-officer") as viewer:
        unit = Unit.objects.get(pk=world.units["a"])
        meeting = actions.begin(by=viewer, unit=unit, shift=Shift.EARLY, charts=False)
    assert place_of(world, meeting).why == ()


def test_a_sudden_brightening_after_a_low_spell_is_worth_talking_about(world):
    quiet(world)
    days = [3.0] * 20 + [1.5] * 18 + [4.5, 4.5]
    picture(
        world, state="no-lasting-change", direction=None, since=None, adjusted=days, raw=days,
        first_day=timezone.localdate() - timedelta(days=39),
    )  # fmt: skip
    (why,) = place_of(world, begin(world)).why
    assert "brighter after a low spell" in why


def test_nobody_goes_undiscussed_for_more_than_a_week(world):
    quiet(world)
    world.add_person("Nour Haddad", "a")
    world.add_reflection("Nour Haddad", "wing-officer")
    meeting = begin(world)
    assert place_of(world, meeting, "Nour Haddad").why == ("Not talked about yet",)
    with world.viewing("wing-officer") as viewer, pytest.raises(Cannot, match="for a week"):
        actions.say_nothing_new(
            by=viewer, meeting_id=meeting, person_id=world.people["Nour Haddad"]
        )


def test_the_order_is_by_cell_and_never_by_concern(world):
    world.add_person("Zed First", "a", cell="A-01")
    picture(world, "Jonas Petit")
    places = list(agenda(world, begin(world)).values())
    assert [place.person.cell for place in places] == sorted(p.person.cell for p in places)
    assert places[0].person.given_name == "Zed"


# ---- Beginning together ----


def test_whoever_begins_second_joins(world):
    assert begin(world) == begin(world, by="head-of-unit")
    assert Meeting.objects.count() == 0, "without a viewer the wall shows nothing"
    assert world.owner.execute("select count(*) from reflections_meeting").fetchone() == (1,)


def test_two_begin_at_the_same_moment(world):
    found = []

    def one(by):
        try:
            found.append(begin(world, by=by))
        finally:
            connections.close_all()

    both = [threading.Thread(target=one, args=[by]) for by in ("wing-officer", "head-of-unit")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert len(found) == 2
    assert len(set(found)) == 1


def test_whoever_comes_later_can_be_talked_about_too(world):
    quiet(world)
    meeting = begin(world)
    late = world.add_person("Late Comer", "a")
    assert agenda(world, meeting)[late].row is None
    with world.viewing("wing-officer") as viewer:
        actions.choose(by=viewer, meeting_id=meeting, person_id=late)
    assert agenda(world, meeting)[late].why == ("A. Wing Officer would like to talk about them",)


# ---- Nothing new ----


def test_nothing_new_is_one_touch_and_another_takes_it_back(world):
    quiet(world)
    meeting, person = begin(world), world.people["Jonas Petit"]
    url = reverse("reflections:nothing-new", args=[meeting, person])
    client = world.client("wing-officer")
    assert client.post(url, {"nothing-new": "yes"}).status_code == 302
    assert place_of(world, meeting, "Jonas Petit").outcome == "nothing-new"
    row = client.post(url, {"nothing-new": "taken-back"}, headers={"HX-Request": "true"})
    assert 'aria-pressed="false"' in row.content.decode()
    assert "<html" not in row.content.decode()
    assert place_of(world, meeting, "Jonas Petit").outcome == "waiting"


def test_nothing_new_about_the_rest_leaves_those_put_forward_waiting(world):
    quiet(world)
    picture(world, "Amir Kaya")
    meeting = begin(world)
    with world.viewing("wing-officer") as viewer:
        assert actions.say_nothing_new_of_the_rest(by=viewer, meeting_id=meeting) == 1
    assert place_of(world, meeting, "Amir Kaya").waits
    assert place_of(world, meeting, "Jonas Petit").outcome == "nothing-new"


def test_nothing_new_does_not_count_as_talking_about_somebody(world):
    quiet(world)
    meeting = begin(world)
    with world.viewing("wing-officer") as viewer:
        people = [world.people["Jonas Petit"]]
        before = queries.last_discussed(people, viewer=viewer)
        actions.say_nothing_new(by=viewer, meeting_id=meeting, person_id=people[0])
        assert queries.last_discussed(people, viewer=viewer) == before


def test_nothing_new_does_not_wipe_what_is_half_written(world):
    quiet(world)
    meeting = begin(world)
    write(world, meeting, note(finished=False, explanations=[]))
    with world.viewing("wing-officer") as viewer, pytest.raises(Cannot, match="finish it first"):
        actions.say_nothing_new(by=viewer, meeting_id=meeting, person_id=world.people["Amir Kaya"])


# ---- A discussion ----


@pytest.mark.parametrize(
    ("kinds", "missing"),
    [
        ([], {"ordinary", "regime"}),
        (["ordinary", "ordinary"], {"regime"}),
        (["regime", "other"], {"ordinary"}),
        (["ordinary", "regime"], set()),
    ],
)
def test_a_discussion_weighs_an_ordinary_explanation_and_one_about_us(kinds, missing):
    assert set(rules.missing_for_discussed("Ate alone", kinds)) == missing


def test_the_rule_holds_in_the_action_too_and_nothing_is_half_done(world):
    meeting = begin(world)
    with pytest.raises(Cannot, match="about the regime or about us"):
        write(world, meeting, note(explanations=[NewExplanation(new_key(), "ordinary", "x")]))
    assert world.owner.execute("select count(*) from reflections_explanation").fetchone() == (0,)


def test_a_discussion_is_written_with_its_actions_and_logged(world):
    meeting = begin(world)
    due = timezone.localdate() + timedelta(days=2)
    action = NewAction(new_key(), "Arrange a call", world.staff["personal-officer"], due)
    write(world, meeting, note(stance="Unhurried, same people", actions=[action]))
    with world.viewing("head-of-unit") as viewer:
        said = discussions.discussion(meeting, world.people["Amir Kaya"], viewer=viewer)
        assert said.stance == "Unhurried, same people"
        assert [one.kind for one in said.explanations] == ["ordinary", "regime"]
        assert [(owed.what, owed.due_on) for owed in said.actions] == [("Arrange a call", due)]
    logged = world.owner.execute(
        "select subject, people from audit_entry where record = %s", [str(said.id)]
    ).fetchall()
    assert ("discussion", [world.people["Amir Kaya"]]) in logged


def test_a_failed_log_takes_the_whole_discussion_back(world, monkeypatch):
    meeting = begin(world)

    def no_log(**_):
        raise RuntimeError("no log")

    monkeypatch.setattr(actions, "record", no_log)
    with pytest.raises(RuntimeError):
        write(world, meeting, note())
    assert place_of(world, meeting).waits
    assert world.owner.execute("select count(*) from reflections_explanation").fetchone() == (0,)


def test_the_same_note_twice_is_written_once(world):
    meeting, twice = begin(world), note()
    write(world, meeting, twice)
    write(world, meeting, twice)
    assert world.owner.execute("select count(*) from reflections_explanation").fetchone() == (2,)


def test_half_a_discussion_keeps_and_waits(world):
    meeting = begin(world)
    write(world, meeting, note(finished=False, explanations=[], facts="He asked for"))
    place = place_of(world, meeting)
    assert place.begun
    assert place.waits


def test_a_colleague_s_save_is_never_overwritten_unseen(world):
    meeting = begin(world)
    write(world, meeting, note(stance="Unhurried"), by="head-of-unit")
    with pytest.raises(ChangedMeanwhile):
        write(world, meeting, note(stance="Firm"))
    with world.viewing("wing-officer") as viewer:
        said = discussions.discussion(meeting, world.people["Amir Kaya"], viewer=viewer)
    assert said.stance == "Unhurried"
    write(world, meeting, note(seen=said.noted_at, stance="Unhurried, and firm", explanations=[]))


def test_an_explanation_is_dropped_and_never_deleted(world):
    meeting = begin(world)
    write(world, meeting, note())
    with world.viewing("wing-officer") as viewer:
        said = discussions.discussion(meeting, world.people["Amir Kaya"], viewer=viewer)
    better = NewExplanation(new_key(), "regime", "Two of us promised and forgot")
    gone = said.explanations[1].id
    write(
        world,
        meeting,
        note(seen=said.noted_at, explanations=[better], dropped=frozenset({gone})),
    )
    with world.viewing("wing-officer") as viewer:
        kept = discussions.discussion(meeting, world.people["Amir Kaya"], viewer=viewer)
        assert [one.words for one in kept.explanations] == [
            "His sister did not ring",
            "Two of us promised and forgot",
        ]
        assert Explanation.objects.get(pk=gone).dropped_at is not None


@pytest.mark.parametrize("stolen", ["action", "explanation"])
def test_a_key_of_another_discussion_is_refused_like_an_absent_one(world, stolen):
    far, near = begin(world, by="b-officer", unit="b"), begin(world)
    due = timezone.localdate()
    action = NewAction(new_key(), "Ask again", world.staff["b-officer"], due)
    theirs = note(actions=[action])
    write(world, far, theirs, by="b-officer", person="Bao Tran")
    mine = (
        note(actions=[NewAction(action.key, "Mine", world.staff["wing-officer"], due)])
        if stolen == "action"
        else note(explanations=[NewExplanation(theirs.explanations[0].key, "ordinary", "Mine")])
    )
    with pytest.raises(Http404):
        write(world, near, mine)


# ---- Care words ----


def test_a_care_word_ends_with_the_next_meeting_at_the_latest_after_eight_days(world):
    person = world.people["Amir Kaya"]
    first = begin(world)
    write(world, first, note(care="stay-close"))
    close(world, first, carried_because="no time")
    with world.viewing("wing-officer") as viewer:
        running = care_now([person], viewer=viewer)[person]
        assert running.words == "stay close"
        assert running.ends_at - running.set_at == timedelta(days=8)
    second = begin(world)
    assert any("stay close" in why for why in place_of(world, second).why)
    close(world, second, carried_because="no time")
    with world.viewing("wing-officer") as viewer:
        assert care_now([person], viewer=viewer) == {}
        said = discussions.discussion(first, person, viewer=viewer)
        assert said.care == "stay-close", "the minutes still say what was chosen then"


def test_the_team_changes_its_word_while_the_meeting_is_open(world):
    person = world.people["Amir Kaya"]
    meeting = begin(world)
    write(world, meeting, note(care="stay-close"))
    with world.viewing("wing-officer") as viewer:
        said = discussions.discussion(meeting, person, viewer=viewer)
    write(world, meeting, note(seen=said.noted_at, care=rules.NO_CARE, explanations=[]))
    with world.viewing("wing-officer") as viewer:
        assert care_now([person], viewer=viewer) == {}
        assert discussions.discussion(meeting, person, viewer=viewer).care == ""
        assert Care.objects.filter(person_id=person).count() == 1


# ---- Handing over and closing ----


def test_a_meeting_is_handed_over_with_everything_written(world):
    meeting = begin(world)
    write(world, meeting, note(facts="Ate alone"))
    with world.viewing("wing-officer") as viewer:
        actions.hand_over(by=viewer, meeting_id=meeting, to=world.staff["duty-manager"])
    with world.viewing("duty-manager") as viewer:
        found = queries.meeting_with(meeting, viewer=viewer)
        assert found.led_by == "A. Duty Manager"
        said = discussions.discussion(meeting, world.people["Amir Kaya"], viewer=viewer)
        assert said.facts == "Ate alone"


@pytest.mark.parametrize("stranger", ["b-officer", "activity-staff", "governor", "clerk", "nobody"])
def test_only_a_colleague_who_reads_and_writes_there_can_lead(world, stranger):
    meeting = begin(world)
    with world.viewing("wing-officer") as viewer, pytest.raises(Cannot, match="works on this"):
        actions.hand_over(by=viewer, meeting_id=meeting, to=world.staff[stranger])


@pytest.mark.parametrize("empty", ENDING)
def test_a_meeting_ends_with_what_went_well_how_we_are_and_a_theme(world, empty):
    meeting = begin(world)
    with pytest.raises(Cannot):
        close(world, meeting, carried_because="lock-down", **{empty: "  "})


def test_nobody_is_left_out_in_silence(world):
    meeting = begin(world)
    write(world, meeting, note())
    with pytest.raises(Cannot, match="why they wait"):
        close(world, meeting)
    close(world, meeting, carried_because="Called to a lock-down")
    page = world.client("governor").get(reverse("reflections:minutes", args=[meeting]))
    assert "Called to a lock-down" in page.content.decode()
    again = place_of(world, begin(world), "Jonas Petit")
    assert "Carried over from the last meeting: Called to a lock-down" in again.why


@pytest.mark.parametrize(
    ("theme", "said"),
    [("The showers", ["The showers", "Tired"]), ("None today.", ["Tired"]), ("–", ["Tired"])],
)
def test_the_theme_and_how_we_are_come_back_at_the_next_meeting(world, theme, said):
    assert rules.last_time(theme, "Tired") == said
    first = begin(world)
    close(world, first, carried_because="no time", theme=theme, how_we_are="Tired")
    page = shown(world, "meeting", begin(world))
    assert [each in page for each in ("Last time:", *said)] == [True] * (1 + len(said))
    assert reverse("reflections:minutes", args=[first]) in page


def test_after_closing_nothing_more_is_written(world):
    meeting = begin(world)
    close(world, meeting, carried_because="no time")
    with pytest.raises(Closed, match="minutes are locked"):
        write(world, meeting, note())
    with pytest.raises(Closed):
        close(world, meeting)


LOCKED = [
    "update reflections_meeting set theme = 'other'",
    "update reflections_meeting set closed_at = null, closed_by_id = null",
    "update reflections_meetingperson set facts = 'other'",
    "update reflections_explanation set words = 'other'",
    "update reflections_explanation set dropped_at = now()",
    "delete from reflections_explanation",
    "delete from reflections_meetingperson",
    "delete from reflections_meeting",
]


@pytest.mark.parametrize("statement", LOCKED)
def test_closed_minutes_are_locked_for_the_app_and_for_the_owner(world, statement):
    meeting = begin(world)
    write(world, meeting, note())
    close(world, meeting, carried_because="no time")
    with (
        pytest.raises(DatabaseError, match=r"locked|permission denied"),
        world.viewing("wing-officer"),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        world.owner.execute(statement)


def test_minutes_name_the_owner_of_an_action_wherever_they_work_now(world):
    meeting = begin(world)
    owner, tomorrow = world.staff["activity-staff"], timezone.localdate() + timedelta(days=1)
    write(world, meeting, note(actions=[NewAction(new_key(), "Ask at school", owner, tomorrow)]))
    close(world, meeting, carried_because="no time")
    world.owner.execute("update access_assignment set until = now() where staff_id = %s", [owner])
    page = shown(world, "minutes", meeting)
    assert "Ask at school" in page
    assert "A. Activity Staff" in page


def test_a_person_s_page_leads_to_the_minutes_of_closed_meetings_only(world):
    meeting = begin(world)
    write(world, meeting, note())
    link, page = reverse("reflections:minutes", args=[meeting]), world.people["Amir Kaya"]
    assert link not in shown(world, "person", page)
    close(world, meeting, carried_because="no time")
    assert link in shown(world, "person", page)
    assert link not in shown(world, "person", page, by="psychologist"), "out of their reach"


# ---- Who may ----

READERS = {"wing-officer", "head-of-unit", "duty-manager", "governor", "oversight"}


@pytest.mark.parametrize(
    "who",
    [
        *sorted(READERS),
        "b-officer",
        "psychologist",
        "activity-staff",
        "chaplain",
        "analyst",
        "nobody",
    ],
)
def test_a_meeting_is_its_unit_s_and_absent_to_everyone_else(world, who):
    meeting = begin(world)
    client = world.client(who)
    expected = 200 if who in READERS else 404
    assert client.get(reverse("reflections:meeting", args=[meeting])).status_code == expected
    absent = client.get(reverse("reflections:meeting", args=[uuid.uuid4()]))
    assert absent.status_code == 404
    close(world, meeting, carried_because="no time")
    assert client.get(reverse("reflections:minutes", args=[meeting])).status_code == expected


@pytest.mark.parametrize("who", ["governor", "oversight", "b-officer", "psychologist", "chaplain"])
def test_whoever_does_not_write_there_changes_nothing(world, who):
    meeting, person = begin(world), world.people["Amir Kaya"]
    client = world.client(who)
    for name, where in (
        ("discuss", [meeting, person]),
        ("nothing-new", [meeting, person]),
        ("nothing-new-of-the-rest", [meeting]),
        ("hand-over", [meeting]),
        ("close-meeting", [meeting]),
        ("begin-meeting", ["a"]),
    ):
        answer = client.post(reverse(f"reflections:{name}", args=where), {"to": "1"})
        assert answer.status_code == 404, name
    assert place_of(world, meeting).waits


def test_somebody_of_another_wing_is_not_in_this_meeting(world):
    meeting = begin(world)
    client = world.client("duty-manager")
    url = reverse("reflections:discuss", args=[meeting, world.people["Bao Tran"]])
    assert client.get(url).status_code == 404
    url = reverse("reflections:nothing-new", args=[meeting, world.people["Bao Tran"]])
    assert client.post(url).status_code == 404


def test_what_was_read_in_a_meeting_is_logged_with_the_people(world):
    meeting = begin(world)
    world.client("governor").get(reverse("reflections:meeting", args=[meeting]))
    ((people,),) = world.owner.execute(
        "select people from audit_entry where kind = 'consultation'"
        " and subject like 'reflections:meeting:%'"
    ).fetchall()
    assert set(people) == {world.people["Amir Kaya"], world.people["Jonas Petit"]}


# ---- The pages ----


def form_of(client, url):
    """The hidden fields of a discussion's page, as a browser would send them back."""
    form = client.get(url).context["form"]
    names = [name for name in form.fields if name.startswith("key_") or name == "seen"]
    return {name: form[name].value() or "" for name in names}


def test_a_shift_that_is_none_begins_no_meeting_and_says_what_to_do(world):
    quiet(world)
    client = world.client("wing-officer")
    for sent in ({"shift": "zzz"}, {}):
        answer = client.post(reverse("reflections:begin-meeting", args=["a"]), sent, follow=True)
        assert "Say which shift meets, then begin the meeting." in answer.content.decode()
        assert "Begin the meeting" in answer.content.decode(), "none is open"


def test_the_whole_meeting_without_script(world):
    quiet(world)
    picture(world)
    client = world.client("wing-officer")
    assert "Begin the meeting" in client.get(reverse("reflections:meetings")).content.decode()
    began = client.post(reverse("reflections:begin-meeting", args=["a"]), {"shift": "late"})
    meeting = began.url.split("/")[-2]
    url = reverse("reflections:discuss", args=[meeting, world.people["Amir Kaya"]])
    answers = form_of(client, url) | {
        "facts": "Ate alone",
        "ordinary": "His sister did not ring",
        "regime": "The gym was closed",
        "what_1": "Arrange a call",
        "owner_1": world.staff["wing-officer"],
        "due_on_1": timezone.localdate().isoformat(),
    }
    saved = client.post(url, answers)
    assert saved.url == began.url, "nobody else is put forward"
    client.post(reverse("reflections:nothing-new-of-the-rest", args=[meeting]))
    done = client.post(reverse("reflections:close-meeting", args=[meeting]), ENDING, follow=True)
    page = done.content.decode()
    for words in ("Ate alone", "The gym was closed", "Arrange a call", "Lunch was calm"):
        assert words in page
    with world.viewing("wing-officer") as viewer:
        (owed,) = duties.my_actions(viewer=viewer)
        assert owed.what == "Arrange a call"


def test_what_is_missing_is_said_and_what_was_typed_stays(world):
    meeting = begin(world)
    client = world.client("wing-officer")
    url = reverse("reflections:discuss", args=[meeting, world.people["Amir Kaya"]])
    yesterday = timezone.localdate() - timedelta(days=1)
    answer = client.post(
        url,
        form_of(client, url)
        | {"ordinary": "His <sister>", "what_2": "Ring", "due_on_2": yesterday.isoformat()},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in (
        "His &lt;sister&gt;",
        "Find at least one about the regime or about us.",
        "Choose one colleague who does it.",
        "Choose today or a later day.",
    ):
        assert words in page


def test_two_officers_at_once_see_both_versions_and_choose(world):
    meeting = begin(world)
    one, other = world.client("wing-officer"), world.client("head-of-unit")
    url = reverse("reflections:discuss", args=[meeting, world.people["Amir Kaya"]])
    full = {"facts": "Ate alone", "ordinary": "Tired", "regime": "Gym closed"}
    mine, theirs = form_of(one, url), form_of(other, url)
    other.post(url, theirs | full | {"stance": "Unhurried"})
    answer = one.post(url, mine | full | {"stance": "Firm but kind"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Two of you wrote at once" in page
    assert "Unhurried" in page
    assert "Firm but kind" in page
    again = answer.context["form"]
    names = [name for name in again.fields if name.startswith("key_") or name == "seen"]
    chosen = {name: again[name].value() for name in names}
    assert one.post(url, chosen | full | {"stance": "Both"}).status_code == 302
    with world.viewing("wing-officer") as viewer:
        said = discussions.discussion(meeting, world.people["Amir Kaya"], viewer=viewer)
    assert said.stance == "Both"
    assert len(said.explanations) == 4


def test_a_meeting_closed_meanwhile_keeps_what_was_typed_on_the_screen(world):
    meeting = begin(world)
    client = world.client("wing-officer")
    url = reverse("reflections:discuss", args=[meeting, world.people["Amir Kaya"]])
    answers = form_of(client, url) | {
        "facts": "Typed at length", "ordinary": "Tired", "regime": "Gym closed",
    }  # fmt: skip
    close(world, meeting, by="head-of-unit", carried_because="no time")
    answer = client.post(url, answers)
    assert answer.status_code == 409
    assert "Typed at length" in answer.content.decode()
    assert "minutes are locked" in answer.content.decode()


def test_a_note_of_a_megabyte_is_refused_in_words(world):
    meeting = begin(world)
    client = world.client("wing-officer")
    url = reverse("reflections:discuss", args=[meeting, world.people["Amir Kaya"]])
    answer = client.post(url, form_of(client, url) | {"facts": "x" * 1_000_000, "keep": "yes"})
    assert answer.status_code == 422
    assert "20000 characters" in answer.content.decode().replace(",", "")


@pytest.mark.parametrize("wrong", ["yesterday", "\x00", "9999-99-99T00:00:00Z"])
def test_forged_hidden_fields_are_no_way_in(world, wrong):
    meeting = begin(world)
    write(world, meeting, note())
    client = world.client("wing-officer")
    url = reverse("reflections:discuss", args=[meeting, world.people["Amir Kaya"]])
    answer = client.post(url, form_of(client, url) | {"seen": wrong, "facts": "Mine", "keep": "y"})
    assert answer.status_code in (409, 422)


def test_as_many_reads_for_sixty_people_as_for_two(world):
    talked_about(world, 1)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            meeting = begin(world)
        beginning = len(asked)
        write(world, meeting, note())
        client = world.client("wing-officer")
        person = world.people["Amir Kaya"]
        pages = [reads(client, "meeting", meeting), reads(client, "discuss", meeting, person)]
        close(world, meeting, carried_because="no time")
        counts.append([beginning, *pages, reads(client, "minutes", meeting)])
        world.add_people(60, "a")
    assert counts[0] == counts[1]
    assert max(counts[0]) < 50


def reads(client, name, *where):
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse(f"reflections:{name}", args=where))
        return len(asked)


def test_everyone_s_row_is_made_in_one_go(world):
    world.add_people(60, "a")
    meeting = begin(world)
    rows = world.owner.execute(
        "select count(*) from reflections_meetingperson where meeting_id = %s", [meeting]
    )
    assert rows.fetchone() == (62,)
    assert MeetingPerson.objects.count() == 0, "without a viewer the wall shows nothing"


@pytest.mark.parametrize(
    ("noticed", "settled", "forward"),
    [(4, None, True), (4, 2, False), (4, 4, False), (1, 2, True), (9, 8, True), (None, 2, True)],
)
def test_a_change_that_was_settled_comes_back_when_it_is_new_or_a_week_has_gone(
    noticed, settled, forward
):
    today = date(2026, 3, 12)

    def ago_or_none(days):
        return None if days is None else today - timedelta(days=days)

    assert still_to_talk_about(ago_or_none(noticed), ago_or_none(settled), today) is forward


@pytest.mark.parametrize("outcome", ["nothing-new", "discussed"])
def test_a_standing_change_is_not_put_forward_again_the_day_after(world, outcome):
    def why():
        with world.viewing("wing-officer") as viewer:
            wing = Unit.objects.get(pk=world.units["a"])
            forward = queries.put_forward(wing, viewer=viewer, now=timezone.now())
        return " ".join(forward[world.people["Amir Kaya"]].why)

    picture(world, direction=-1, noticed_on=timezone.localdate() - timedelta(days=4))
    assert "Mood lower since" in why()
    add_meeting(world, day=1)
    world.owner.execute("alter table reflections_meetingperson disable trigger user")
    world.owner.execute("update reflections_meetingperson set outcome = %s", [outcome])
    assert "Mood lower since" not in why()
    world.owner.execute("update reflections_picture set noticed_on = current_date")
    assert "Mood lower since" in why()
