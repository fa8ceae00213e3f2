"""A person about whom much is known, for the tests of the person page."""

import random
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from tests.world import World

DAYS = 120


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), timezone.get_current_timezone())


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def add_picture(
    world: World,
    person: str = "Amir Kaya",
    channel: str = "with-others",
    *,
    state: str = "worth-talking-about",
    days: int = DAYS,
    **said: Any,
) -> None:
    """A chart as the night task leaves it: a change of one step, twelve days ago."""
    chance = random.Random(7)
    raw: list[float | None] = []
    line: list[float | None] = []
    level = 3.4
    for day in range(days):
        target = 3.4 if day < days - 12 else 2.3
        level += 0.22 * (target - level)
        step = min(5, max(1, round(target + chance.gauss(0, 0.7))))
        raw.append(None if chance.random() < 0.15 else step)
        line.append(None if raw[-1] is None else round(level, 3))
    change = state == "worth-talking-about"
    values = {
        "direction": -1 if change else None, "since": ago(12) if change else None,
        "noticed_on": ago(4) if change else None, "size": -1.0 if change else None,
        "wing_share": 0.1 if change else None, "chance": 5.0 if change else None,
        "usual": 3.4, "band_low": 2.9, "band_high": 3.9, "because": "",
    } | said  # fmt: skip
    channel_id = world.owner.execute(
        "select id from reflections_channel where key = %s", [channel]
    ).fetchone()[0]
    world.insert(
        "reflections_picture", person_id=world.people[person], channel_id=channel_id, state=state,
        first_day=ago(days - 1), raw=raw, adjusted=raw, line=line, method="adjusted CUSUM 1",
        parameters="{}", drawn_at=timezone.now(), drawn_to=ago(0), **values,
    )  # fmt: skip
    weather = [round(chance.gauss(0, 0.2) - (day in range(50, 54)), 3) for day in range(days)]
    if not world.owner.execute(
        "select 1 from reflections_unitpicture where channel_id = %s", [channel_id]
    ).fetchone():
        world.insert(
            "reflections_unitpicture", unit_id=world.units["a"], channel_id=channel_id,
            first_day=ago(days - 1), weather=weather, drawn_at=timezone.now(),
        )  # fmt: skip


def rated_daily(world: World, days: int, *, low_since: int = 15) -> World:
    """Moods of three people in one prison, every day up to yesterday; Amir's falls for good."""
    chance = random.Random(5)
    for day in range(days, 0, -1):
        for person in ("Amir Kaya", "Jonas Petit", "Bao Tran"):
            low = person == "Amir Kaya" and day < low_since
            step = min(5, max(1, round(chance.gauss(1.6 if low else 3.4, 0.7))))
            who = chance.choice(("b-officer", "wing-officer", "personal-officer"))
            world.add_reflection(person, who, day=ago(day), steps={"mood": step})
    return world


def add_usual(
    world: World, person: str = "Amir Kaya", by: str = "wing-officer", **said: Any
) -> Any:
    values = {
        "words": "Quiet before noon, jokes at the servery, keeps to two friends.",
        "own_words": "Mornings are not mine.", "agreed_with_person": True,
        "written_at": at(ago(40)), "review_on": ago(-16),
    } | said  # fmt: skip
    key = world.insert(
        "reflections_usualpattern", id=new_key(), person_id=world.people[person],
        written_by_id=world.staff[by], **values,
    )  # fmt: skip
    world.insert(
        "reflections_earlysign", id=new_key(), pattern_id=key, person_id=world.people[person],
        sign="I stop cooking", response="give me an hour, then ask about my sister", position=0,
    )  # fmt: skip
    return key


def add_trust(world: World, person: str = "Amir Kaya", **said: Any) -> Any:
    values = {
        "what": "Wing cleaner", "offered_on": ago(60), "taken_on": ago(59), "kept_on": ago(8),
        "note": "Keys back every evening.",
    } | said  # fmt: skip
    return world.insert(
        "reflections_truststep", id=new_key(), person_id=world.people[person],
        offered_by_id=world.staff["wing-officer"], **values,
    )  # fmt: skip


def add_strength(world: World, person: str = "Amir Kaya", words: str = "Explains the work") -> Any:
    return world.insert(
        "reflections_strength", id=new_key(), person_id=world.people[person], words=words,
        written_by_id=world.staff["wing-officer"], written_on=ago(20),
    )  # fmt: skip


def add_told(world: World, person: str = "Amir Kaya", **said: Any) -> Any:
    values = {
        "told_on": ago(55), "language": "ar", "with_interpreter": True, "objects_to_it": False,
        "said": "Fine by me.",
    } | said  # fmt: skip
    return world.insert(
        "reflections_told", id=new_key(), person_id=world.people[person],
        told_by_id=world.staff["wing-officer"], **values,
    )  # fmt: skip


def add_answer(
    world: World, objection: Any, person: str = "Amir Kaya", by: str = "head-of-unit", **said: Any
) -> Any:
    values = {
        "words": "We talked it through.", "answered_on": ago(1), "language": "ar",
        "how": "interpreted",
    } | said  # fmt: skip
    return world.insert(
        "reflections_answer", id=new_key(), told_id=objection, person_id=world.people[person],
        answered_by_id=world.staff[by], **values,
    )  # fmt: skip


def add_action(world: World, person: str = "Amir Kaya", **said: Any) -> Any:
    values = {
        "what": "Phone credit sorted", "due_on": ago(0), "raised_at": at(ago(2)), "source": "",
        "effect": "", "outcome": "",
    } | said  # fmt: skip
    return world.insert(
        "duties_action", id=new_key(), person_id=world.people[person],
        owner_id=world.staff["wing-officer"], raised_by_id=world.staff["wing-officer"], **values,
    )  # fmt: skip


def add_meeting(world: World, person: str = "Amir Kaya", day: int = 3) -> Any:
    staff = world.staff["wing-officer"]
    begun = at(ago(day), 14)
    meeting = world.insert(
        "reflections_meeting", id=new_key(), unit_id=world.units["a"], shift="late",
        opened_at=begun, opened_by_id=staff, led_by_id=staff, went_well="", how_we_are="",
        theme="", closed_at=begun + timedelta(hours=1), closed_by_id=staff,
    )  # fmt: skip
    discussion = world.insert(
        "reflections_meetingperson", id=new_key(), meeting_id=meeting,
        person_id=world.people[person], at=begun, why="", said_in=[],
        carried_because="", outcome="discussed",
        facts="Different since the visit was cancelled.", stance="unhurried, same people",
        dissent="", went_well="",
    )  # fmt: skip
    for kind, words in (("ordinary", "no contact with his sister"), ("regime", "gym closed")):
        world.insert(
            "reflections_explanation", id=new_key(), discussion_id=discussion,
            person_id=world.people[person], kind=kind, words=words,
        )  # fmt: skip
    world.insert(
        "reflections_care", id=new_key(), person_id=world.people[person], word="stay-close",
        meeting_id=meeting, set_at=begun, set_by_id=staff, ends_at=at(ago(-4)),
    )  # fmt: skip
    return discussion


def add_days(
    world: World, person: str = "Amir Kaya", days: int = 30, author: str = "b-officer"
) -> None:
    """An entry a day, up to yesterday."""
    for day in range(days, 0, -1):
        world.add_reflection(
            person, author, day=ago(day), seen_heard=f"Seen {day} days ago.",
            contact="talk" if day > 12 else "words",
        )  # fmt: skip


def well_known(world: World) -> World:
    """Amir with everything the page can show."""
    amir = world.people["Amir Kaya"]
    world.owner.execute(
        "update people_person set pronoun = 'he', languages = '{nl,ar}' where id = %s", [amir]
    )
    add_days(world, days=24, author="head-of-unit")
    world.add_reflection(
        "Amir Kaya", "head-of-unit", day=ago(20), setting="work", contact="talk",
        seen_heard="Took his lunch back to the bench and ate alone; answered when spoken to.",
        reading="Tired rather than angry, I think. Not sure.",
        own_words="I’m fine, I just want quiet.", difference="clearly", way="less",
        of_what="joking at the servery", leaning="worries",
        response="Sat with him ten minutes.", opening="the call to his sister",
        circumstances=["no-visit"], steps={"mood": 2, "tension": 3, "with-others": 1},
    )  # fmt: skip
    add_picture(world)
    add_picture(world, channel="mood", state="no-lasting-change")
    add_picture(world, channel="tension", state="not-separable", because="")
    add_picture(world, channel="with-staff", state="baseline-forming", days=12, usual=None,
                band_low=None, band_high=None)  # fmt: skip
    add_usual(world)
    add_trust(world)
    add_trust(world, what="Library trolley", taken_on=None, kept_on=None, note="",
              offered_on=ago(2))  # fmt: skip
    add_strength(world)
    add_told(world)
    add_action(world)
    add_meeting(world)
    for kind, when, words in (("court", -5, ""), ("visit", -9, "sister")):
        world.add_coming("Amir Kaya", kind, at(ago(when), 15), words)
    world.add_coming("Amir Kaya", "visit", at(ago(14), 15), cancelled_at=at(ago(15)))
    world.insert(
        "places_unitday", unit_id=world.units["a"], day=ago(50), hours_locked_down=3, incident="",
        event="", feast="",
    )  # fmt: skip
    return world
