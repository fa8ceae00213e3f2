"""What a team relies on when it stands around the board."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone
from psycopg.types.json import Jsonb

from daybook.foundation.places.queries import unit_day
from daybook.foundation.registry.keys import new_key
from daybook.observe.reflections.queries.board import Place, Wing, wing_today
from daybook.observe.reflections.rules import board as rules
from daybook.observe.reflections.rules.board import Chart, Entered
from tests.world import World

TODAY = date(2026, 3, 12)


def today() -> date:
    return timezone.localdate()


def at(day: date, hour: int = 15) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def picture(world: World, person: str, channel: str, **values: Any) -> None:
    """A chart as the night draws it: 60 quiet days, unless ``values`` say otherwise."""
    drawn = {
        "state": "no-lasting-change", "direction": None, "since": None, "noticed_on": None,
        "size": None, "wing_share": None, "usual": 3.0, "band_low": 2.5, "band_high": 3.5,
        "first_day": today() - timedelta(days=59), "raw": [3.0] * 60, "adjusted": [3.0] * 60,
        "line": [3.0] * 60, "method": "test", "parameters": Jsonb({}),
        "drawn_at": timezone.now(), "drawn_to": today(), "because": "",
    } | values  # fmt: skip
    (channel_id,) = world.owner.execute(
        "select id from reflections_channel where key = %s", [channel]
    ).fetchone()  # type: ignore[misc]
    world.insert(
        "reflections_picture", person_id=world.people[person], channel_id=channel_id, **drawn
    )


def board(world: World, who: str = "wing-officer", unit: str = "a", **asked: Any) -> Wing:
    with world.viewing(who) as viewer:
        return wing_today(unit, viewer=viewer, today=today(), **asked)


def place(wing: Wing, name: str) -> Place:
    return next(place for place in wing.places if place.person.full_name == name)


def html(client: Client, address: str = "/wing/a/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


# ---- Who stands on it, and who sees it ----


def test_everyone_on_the_unit_and_nobody_else(world: World) -> None:
    assert [p.person.full_name for p in board(world).places] == ["Amir Kaya", "Jonas Petit"]


@pytest.mark.parametrize(
    "who", ["b-officer", "psychologist", "analyst", "nobody", "activity-staff"]
)
def test_a_board_out_of_reach_is_absent(world: World, who: str) -> None:
    with pytest.raises(Http404):
        board(world, who)
    assert world.client(who).get("/wing/a/").status_code == 404


@pytest.mark.parametrize("who", ["head-of-unit", "duty-manager", "governor", "oversight"])
def test_leaders_and_oversight_see_the_same_board(world: World, who: str) -> None:
    world.add_reflection("Amir Kaya", "wing-officer", difference="clearly", of_what="sleep")
    seen = board(world, who)
    assert [p.person.full_name for p in seen.places] == ["Amir Kaya", "Jonas Petit"]
    assert place(seen, "Amir Kaya").entries[0].of_what == "sleep"


def test_the_log_says_whose_records_a_board_showed(world: World) -> None:
    world.client("wing-officer").get("/wing/a/")
    (people,) = world.owner.execute(
        "select people from audit_entry where subject like 'reflections:board:%'"
    ).fetchone()  # type: ignore[misc]
    assert set(people) == {world.people["Amir Kaya"], world.people["Jonas Petit"]}


def test_one_unit_opens_at_once_and_several_are_a_plain_list(world: World) -> None:
    assert world.client("wing-officer").get("/wing/").url == "/wing/a/"  # type: ignore[attr-defined]
    listed = html(world.client("governor"), "/wing/")
    assert "A wing" in listed
    assert "B wing" in listed
    assert "C wing" not in listed
    assert world.client("psychologist").get("/wing/").status_code == 404


def test_the_last_meeting_s_words_stand_in_the_unit_s_line(world: World) -> None:
    officer, now = world.staff["wing-officer"], timezone.now()
    meeting = world.insert(
        "reflections_meeting", id=new_key(), unit_id=world.units["a"], shift="late",
        opened_at=now - timedelta(hours=9), opened_by_id=officer, led_by_id=officer,
        went_well="Lunch", how_we_are="Tired, all right", theme="The showers",
        closed_at=now - timedelta(hours=8), closed_by_id=officer,
    )  # fmt: skip
    page = html(world.client("wing-officer"))
    assert "The showers · Tired, all right" in page
    assert f"/meetings/{meeting}/minutes/" in page


def test_a_change_is_told_in_full_to_whoever_lingers_or_listens(world: World) -> None:
    picture(
        world, "Amir Kaya", "mood", state="worth-talking-about", direction=-1, size=-1.0,
        wing_share=0.0, chance=3.0, since=today() - timedelta(days=5),
    )  # fmt: skip
    page = html(world.client("wing-officer"))
    assert "Mood: about one step lower than their usual since" in page
    assert "Chance alone shows as much in 3 of 100 people over four months." in page


@pytest.mark.parametrize("count", [1, 60])
def test_sixty_people_cost_as_many_queries_as_one(
    world: World, count: int, django_assert_max_num_queries: Any
) -> None:
    """Seven questions are the door’s and the log’s; the board itself asks a dozen."""
    for person in world.add_people(count, "b"):
        name = next(name for name, key in world.people.items() if key == person)
        world.add_reflection(name, "b-officer", difference="a-little", way="less", of_what="talk")
        for channel in ("mood", "with-others"):
            picture(world, name, channel)
        world.add_coming(name, "visit", at(today(), 0))
    client = world.client("b-officer")
    client.get("/wing/b/")
    with django_assert_max_num_queries(26):
        assert html(client, "/wing/b/").count('<li class="tile') == count + 1


# ---- What it says of a person ----


def test_an_officer_who_sees_a_difference_is_quoted(world: World) -> None:
    world.add_reflection(
        "Amir Kaya", "head-of-unit", difference="a-little", way="less",
        of_what="talking at the servery", leaning="worries",
    )  # fmt: skip
    world.add_reflection("Jonas Petit", "wing-officer", difference="as-usual")
    shown = html(world.client("wing-officer"), "/wing/a/?show=different")
    assert (
        "A little different: less talking at the servery, “worries me” — A. Head Of Unit" in shown
    )
    assert "Amir K." in shown
    assert "Jonas P." not in shown


def test_a_personal_officer_looks_with_own_eyes_before_reading_a_colleague_s_word(
    world: World,
) -> None:
    world.assign(world.staff["personal-officer"], "wing-officer", unit="a")
    world.add_reflection("Amir Kaya", "head-of-unit", difference="clearly", of_what="joking")
    before = place(board(world, "personal-officer"), "Amir Kaya").entries
    assert [entry.difference for entry in before] == [""]
    assert place(board(world, "wing-officer"), "Amir Kaya").entries[0].difference == "clearly"
    world.add_reflection("Amir Kaya", "personal-officer", difference="as-usual")
    after = place(board(world, "personal-officer"), "Amir Kaya").entries
    assert {entry.difference for entry in after} == {"clearly", "as-usual"}


def test_what_was_taken_back_is_not_quoted(world: World) -> None:
    world.add_reflection(
        "Amir Kaya", "head-of-unit", difference="clearly", withdrawn_at=timezone.now()
    )
    assert "Clearly different" not in html(world.client("wing-officer"))


def entered(ago: int = 0, difference: str = "", who: int = 1, **more: Any) -> Entered:
    words = {"contact": "talk", "way": "", "of_what": "", "leaning": ""} | more
    return Entered(
        TODAY - timedelta(days=ago), difference=difference, author_id=who,
        author=f"Officer {who}", **words,
    )  # fmt: skip


def say(*entries: Entered, pronoun: str = "he") -> list[tuple[str | None, str]]:
    lines = rules.officers_say(entries, today=TODAY, pronoun=pronoun)
    return [(line.direction, line.text) for line in lines]


def test_good_is_said_as_plainly_as_bad() -> None:
    more = {"way": "more", "of_what": "laughing"}
    assert say(entered(0, "clearly", leaning="good", **more), pronoun="she") == [
        ("higher", "Clearly different: more laughing, “good for her” — Officer 1")
    ]


def test_words_stand_for_two_days() -> None:
    assert say(entered(1, "a-little")) == [("mixed", "A little different yesterday — Officer 1")]
    assert say(entered(2, "a-little")) == []


def test_an_officer_s_newer_word_takes_the_place_of_the_older() -> None:
    assert say(entered(0, "as-usual"), entered(1, "clearly")) == []


def test_officers_who_differ_are_both_heard() -> None:
    assert say(entered(0, "clearly", who=1), entered(0, "as-usual", who=2)) == [
        ("mixed", "Clearly different — Officer 1"),
        (None, "as usual, says Officer 2"),
    ]


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([], ["no entry yet"]),
        ([entered(0)], []),
        ([entered(1)], []),
        ([entered(2)], ["no entry since Tuesday"]),
        ([entered(0, contact="not-seen")], ["not seen today, says Officer 1"]),
        ([entered(0, contact="not-seen"), entered(0)], []),
        ([entered(3, contact="not-seen")], ["no entry since Monday"]),
    ],
)
def test_no_entry_is_not_the_same_as_not_seen(entries: list[Entered], said: list[str]) -> None:
    assert [line.text for line in rules.last_entry(entries, today=TODAY)] == said


def chart(name: str = "With others", **more: Any) -> Chart:
    values = {
        "channel": "with-others", "state": "worth-talking-about", "direction": -1,
        "since": date(2026, 3, 6), "size": -1.0, "wing_share": -0.1, "chance": 3.0,
            "usual": 3.2,
        "band": (2.6, 3.5), "first_day": TODAY - timedelta(days=41),
    } | more  # fmt: skip
    return Chart(name=name, **values)  # type: ignore[arg-type]


def changes(*charts: Chart) -> list[tuple[str | None, str]]:
    return [(line.direction, line.text) for line in rules.changes(charts, today=TODAY)]


def test_a_lasting_change_is_said_with_its_day_and_the_wing_s_share() -> None:
    said = [("lower", "With others lower since Friday. The wing explains little.")]
    assert changes(chart()) == said


@pytest.mark.parametrize(
    ("share", "said"), [(0.4, "little"), (-0.5, "some of it"), (-0.9, "most of it")]
)
def test_the_wing_s_share_has_a_direction(share: float, said: str) -> None:
    assert rules.wing_in_words(-1.0, share) == f"The wing explains {said}."


def test_how_large_and_how_sure_a_change_is_stands_behind_the_line() -> None:
    both = [chart("Mood", wing_share=-0.4), chart("Tension", size=-0.5, chance=0.4)]
    (line,) = rules.changes(both, today=TODAY, brief=True, pronoun="he")
    assert line.more == (
        "Mood: about one step lower than his usual since Friday. The wing explains some of it. "
        "Chance alone shows as much in 3 of 100 people over four months. "
        "Tension: about half a step lower than his usual since Friday. The wing explains little. "
        "Chance alone shows as much in fewer than 1 of 100 people over four months."
    )


def test_channels_that_changed_alike_share_a_line() -> None:
    both = [
        chart("Mood", direction=1, size=0.9, wing_share=None),
        chart("With staff", direction=1, size=0.8, since=date(2026, 3, 9), wing_share=None),
        chart("Tension", wing_share=None),
    ]
    assert changes(*both) == [
        ("higher", "Mood and with staff higher since Friday."),
        ("lower", "Tension lower since Friday."),
    ]


def test_what_the_wing_explains_is_said_once() -> None:
    both = [chart("Mood", direction=1, size=0.9, wing_share=0.0), chart("Tension")]
    assert changes(*both) == [
        ("higher", "Mood higher since Friday."),
        ("lower", "Tension lower since Friday. The wing explains little."),
    ]


@pytest.mark.parametrize("state", ["baseline-forming", "no-lasting-change", "not-separable"])
def test_other_charts_say_nothing_on_the_board(state: str) -> None:
    assert changes(chart(state=state, direction=None)) == []


def test_a_sudden_brightening_after_a_low_spell_is_worth_talking_about() -> None:
    low = [3.0] * 20 + [1.8] * 12
    assert rules.brightened([*low, None, 3.4, 3.6], usual=3.0)
    assert not rules.brightened([*low, 1.9, 2.2, 2.5, 2.8, 3.0], usual=3.0), "took its time"
    assert not rules.brightened([3.0] * 30 + [4.4, 4.5], usual=3.0), "was not low before"
    assert not rules.brightened([*low, 3.4], usual=3.0), "one good day"
    assert not rules.brightened([1.8, 3.4, 3.6], usual=3.0), "nobody knows the spell"


def test_a_brightening_is_news_for_three_days() -> None:
    days = [1.8] * 40 + [3.6, 3.6]
    fresh = chart("Mood", channel="mood", adjusted=days, usual=3.0)
    assert rules.brightening([fresh], today=TODAY)[0].direction == "higher"
    assert not rules.brightening([fresh], today=TODAY + timedelta(days=4))


# ---- The day ahead ----


def test_the_day_of_a_person(world: World) -> None:
    amir = world.people["Amir Kaya"]
    soon = at(today(), 23).replace(minute=59)
    world.add_coming("Amir Kaya", "visit", soon, "mother")
    world.add_coming("Amir Kaya", "court", at(today() + timedelta(1), 9))
    world.add_coming("Amir Kaya", "release", at(today() + timedelta(2)))
    for what, due, done, effect in (
        ("Ask for the radio", today() - timedelta(1), None, ""),
        ("Phone call arranged", today(), timezone.now(), "helped"),
        ("Next month’s visit", today() + timedelta(20), None, ""),
    ):
        from daybook.foundation.registry.keys import new_key

        world.insert(
            "duties_action", id=new_key(), person_id=amir, what=what, due_on=due, done_at=done,
            owner_id=world.staff["wing-officer"], raised_by_id=world.staff["wing-officer"],
            raised_at=timezone.now(), source="", effect=effect, outcome="",
        )  # fmt: skip
    shown = html(world.client("wing-officer"), "/wing/a/?show=today")
    assert "Visit 23:59: mother" in shown
    assert "Court tomorrow 09:00" in shown
    assert "Release" not in shown
    assert "Due: Ask for the radio — A. Wing Officer, since yesterday" in shown
    assert "Phone call arranged: it helped" in shown
    assert "Next month" not in shown


def test_whoever_is_away_is_away_and_not_forgotten(world: World) -> None:
    world.add_escort("Amir Kaya", "hospital", timezone.now() - timedelta(days=1))
    shown = html(world.client("wing-officer"))
    assert "at hospital since yesterday" in shown
    assert shown.count("no entry yet") == 1


def test_a_care_word_stands_until_it_lapses(world: World) -> None:
    from daybook.foundation.registry.keys import new_key

    officer, now = world.staff["wing-officer"], timezone.now()
    meeting = world.insert(
        "reflections_meeting", id=new_key(), unit_id=world.units["a"], shift="late",
        opened_at=now - timedelta(days=2), opened_by_id=officer, led_by_id=officer,
        went_well="", how_we_are="", theme="",
    )  # fmt: skip
    for name, word, ends in (
        ("Amir Kaya", "stay-close", now + timedelta(days=1)),
        ("Jonas Petit", "check-in", now - timedelta(hours=1)),
    ):
        world.insert(
            "reflections_care", id=new_key(), person_id=world.people[name], word=word,
            meeting_id=meeting, set_at=now - timedelta(days=2), set_by_id=officer, ends_at=ends,
        )  # fmt: skip
    shown = html(world.client("wing-officer"))
    assert "Stay close, until the next meeting" in shown
    assert "Check in" not in shown


def test_my_people_carry_a_dot_and_can_be_shown_alone(world: World) -> None:
    world.assign(world.staff["personal-officer"], "wing-officer", unit="a")
    shown = html(world.client("personal-officer"), "/wing/a/?show=mine")
    assert "Amir K." in shown
    assert "one of your people" in shown
    assert "Jonas P." not in shown


# ---- Charts ----


def test_the_line_shows_the_change_unless_another_is_asked_for(world: World) -> None:
    picture(world, "Amir Kaya", "mood")
    picture(
        world, "Amir Kaya", "with-others", state="worth-talking-about", direction=-1,
        since=today() - timedelta(days=5), noticed_on=today(), size=-1.0, wing_share=-0.1,
    )  # fmt: skip
    for asked, drawn in (("", "with-others"), ("mood", "mood"), ("tension", "with-others")):
        charts = place(board(world, channel=asked), "Amir Kaya").charts
        shown = [chart for chart in charts if chart.shown]
        if asked != "tension":
            assert [chart.channel for chart in shown] == [drawn]
        assert all(len(chart.raw) == 42 for chart in shown)
    said = html(world.client("wing-officer"), "/wing/a/?channel=mood&show=different")
    assert "The wing explains little." in said


def test_a_service_without_charts_has_a_board_without_them(world: World, settings: Any) -> None:
    settings.CHARTS = False
    picture(
        world, "Amir Kaya", "mood", state="worth-talking-about", direction=1,
        since=today() - timedelta(days=5), noticed_on=today(), size=1.0, wing_share=0.1,
    )  # fmt: skip
    shown = html(world.client("wing-officer"))
    assert "Amir K." in shown
    for word in ("higher", "<svg", "Lines show", "six weeks"):
        assert word not in shown


# ---- The order, the counts, the unit's own day ----


def test_the_order_is_by_cell_whatever_happens(world: World) -> None:
    world.add_reflection("Jonas Petit", "wing-officer", difference="clearly", leaning="worries")
    shown = html(world.client("wing-officer"))
    assert shown.index("Amir K.") < shown.index("Jonas P.")


def test_every_way_to_narrow_the_board_says_how_many_and_what_when_nobody(world: World) -> None:
    client = world.client("wing-officer")
    for show, sentence in (
        ("different", "Nobody is different from their own usual"),
        ("today", "Nothing is coming up"),
        ("mine", "None of your people"),
    ):
        assert sentence in html(client, f"/wing/a/?show={show}")
    assert 'No entry today <span class="number">2</span>' in html(client)
    for name in ("Amir Kaya", "Jonas Petit"):
        world.add_reflection(name, "wing-officer")
    assert "Everyone has an entry today." in html(client, "/wing/a/?show=no-entry")


def test_nonsense_in_the_address_shows_everyone(world: World) -> None:
    assert "Amir K." in html(world.client("wing-officer"), "/wing/a/?show=%00x&channel='%22--")


DAY = {"staff_present": "3", "staff_needed": "4", "hours_out": "5.5", "hours_locked_down": "2",
       "incident": "", "event": "heating off", "feast": ""}  # fmt: skip


def test_the_unit_s_day_is_written_once_and_read_above_everyone(world: World) -> None:
    client = world.client("wing-officer")
    assert client.post("/wing/a/day/", DAY).status_code == 302
    said = html(client)
    assert "staffing 3 of 4" in said
    assert "2 hours locked down" in said
    assert "heating off" in said
    client.post("/wing/a/day/", DAY | {"staff_present": "2"})
    assert "staffing 2 of 4" in html(client), "whoever writes last is believed"
    written = world.owner.execute(
        "select count(*) from audit_entry where subject = 'unit day'"
    ).fetchone()
    assert written == (2,)


def test_yesterday_can_still_be_written_tomorrow_never(world: World) -> None:
    client, yesterday = world.client("wing-officer"), today() - timedelta(days=1)
    client.post(f"/wing/a/day/?day={yesterday}", DAY)
    unit = world.units["a"]
    assert unit_day(unit, yesterday)
    assert not unit_day(unit, today())
    client.post(f"/wing/a/day/?day={today() + timedelta(days=1)}", DAY)
    assert not unit_day(unit, today() + timedelta(days=1))


def test_a_slip_is_explained_and_nothing_typed_is_lost(world: World) -> None:
    slip = DAY | {"hours_locked_down": "25", "event": "x" * 201}
    said = html_of_post(world.client("wing-officer"), slip)
    assert "A day has 24 hours." in said
    assert "This is 201 characters long; keep it to 200." in said
    assert "x" * 201 in said


@pytest.mark.parametrize("who", ["b-officer", "governor", "oversight"])
def test_whoever_does_not_write_there_does_not_write_the_day(world: World, who: str) -> None:
    client = world.client(who)
    assert client.get("/wing/a/day/").status_code == 404
    assert client.post("/wing/a/day/", DAY).status_code == 404
    assert not unit_day(world.units["a"], today())


def html_of_post(client: Client, values: dict[str, str]) -> str:
    answer = client.post("/wing/a/day/", values)
    assert answer.status_code == 200
    return answer.content.decode()
