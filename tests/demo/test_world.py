"""The fictional service: whole, plausible, the same each time, and fair to everybody in it."""

import itertools
import re
from collections import Counter, defaultdict
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from daybook.demo.world import World, make_world, people
from daybook.demo.world.chance import stream
from daybook.demo.world.moment import Moment
from daybook.demo.world.names import BANKS, deal_names


def same(a: Any, b: Any) -> bool:
    if isinstance(a, np.ndarray):
        return bool(np.array_equal(a, b))
    if is_dataclass(a):
        return all(same(getattr(a, f.name), getattr(b, f.name)) for f in fields(a))
    return bool(a == b)


def test_the_same_seed_gives_the_same_world(small: World) -> None:
    again = make_world(seed=7, until=date(2025, 6, 30), people=60, days=70)
    assert all(same(getattr(small, f.name), getattr(again, f.name)) for f in fields(World))


def test_another_seed_gives_another_world(small: World) -> None:
    other = make_world(seed=8, until=date(2025, 6, 30), people=60, days=70)
    assert small.people != other.people
    assert not same(small.reflections, other.reflections)


def test_a_world_too_small_to_live_in_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 40 people"):
        make_world(people=12)
    with pytest.raises(ValueError, match="60 days"):
        make_world(days=10)


def test_it_is_as_large_as_the_demo_promises(world: World) -> None:
    assert (len(world.establishments), len(world.units)) == (2, 6)
    assert (len(world.people), len(world.staff)) == (240, 80)
    assert (world.until - world.first_day).days == 199
    assert len(world.unit_days) == 6 * 200
    assert 35_000 <= len(world.reflections) <= 45_000
    assert 8 <= len(world.cases) <= 16


@pytest.mark.parametrize("seed", range(3))
def test_ids_are_places_in_the_tuples(seed: int) -> None:
    world = make_world(seed=seed, people=60, days=70)
    for field in fields(World):
        held = getattr(world, field.name)
        if isinstance(held, tuple) and held and hasattr(held[0], "id"):
            assert [thing.id for thing in held] == list(range(len(held))), field.name


def test_every_day_of_every_unit_is_possible(world: World) -> None:
    for day in world.unit_days:
        assert world.first_day <= day.day <= world.until
        assert 0 <= day.hours_locked_down <= 12
        assert 0 < day.hours_out <= 14
        assert 0 <= day.staff_present <= day.staff_needed + 1
        assert bool(day.lock_down_reason) == (day.hours_locked_down > 0)
    assert any(day.feast for day in world.unit_days)
    assert any(day.incident for day in world.unit_days)
    assert any(day.event for day in world.unit_days)


# --- Stays


def test_nobody_is_in_two_cells_at_once(world: World) -> None:
    stays = defaultdict(list)
    for stay in world.stays:
        assert stay.end is None or stay.start < stay.end
        assert stay.unit == world.cells[stay.cell].unit
        stays[stay.person].append(stay)
    for mine in stays.values():
        mine.sort(key=lambda stay: stay.start)
        for one, following in itertools.pairwise(mine):
            assert one.end is not None
            assert one.end <= following.start


@pytest.mark.parametrize("seed", [2026, 1, 2, 3])
def test_no_cell_holds_more_people_than_it_has_places(seed: int) -> None:
    world = make_world(seed=seed)
    steps = defaultdict(list)
    for stay in world.stays:
        steps[stay.cell].append((stay.start, 1))
        if stay.end is not None:
            steps[stay.cell].append((stay.end, -1))
    for cell, moments in steps.items():
        held = np.cumsum([step for _, step in sorted(moments)])
        assert held.max() <= world.cells[cell].places
        assert held.min() >= 0


def test_women_and_men_live_apart(world: World) -> None:
    lived = defaultdict(set)
    for stay in world.stays:
        lived[stay.person].add(world.units[stay.unit].for_women)
    assert all(len(kinds) == 1 for kinds in lived.values())


def test_people_come_go_and_move(world: World) -> None:
    came = Counter(stay.came for stay in world.stays if stay.start.day >= world.first_day)
    left = Counter(stay.left for stay in world.stays)
    assert came["admission"] >= 20
    assert left["release"] >= 20
    assert min(came["cell move"], came["wing move"], came["transfer"]) >= 5
    assert {escort.kind for escort in world.escorts} == {"court", "hospital"}


def test_every_release_has_its_date_and_its_new_status(world: World) -> None:
    dates = {(key.person, key.day) for key in world.key_dates if key.kind == "release"}
    begins = {(period.person, period.start): period.status for period in world.status_periods}
    released = [stay for stay in world.stays if stay.left == "release"]
    for stay in released:
        assert stay.end is not None
        assert (stay.person, stay.end.day) in dates
        assert begins[stay.person, stay.end.day] in ("conditional-release", "probation", "ended")


def test_legal_status_has_no_gap(world: World) -> None:
    periods = defaultdict(list)
    for period in world.status_periods:
        periods[period.person].append(period)
    assert set(periods) == set(range(len(world.people)))
    for mine in periods.values():
        assert mine[-1].end is None
        for one, following in itertools.pairwise(mine):
            assert one.end is not None
            assert one.start <= one.end == following.start - timedelta(days=1)


def test_numbers_and_usernames_are_unique(world: World) -> None:
    numbers = [(number.system, number.value) for number in world.identity_numbers]
    assert len(set(numbers)) == len(numbers)
    assert {system for system, _ in numbers} == {"prison", "probation"}
    usernames = [member.username for member in world.staff]
    assert len(set(usernames)) == 80
    assert all(re.fullmatch(r"[a-z.]+2?", name) for name in usernames)
    assert len({(p.given_name, p.family_name) for p in world.people}) == 240


# --- Staff


def test_everyone_held_has_a_personal_officer_on_each_side(world: World) -> None:
    held = {stay.person for stay in world.stays if stay.end is None}
    now = [entry for entry in world.personal_officers if entry.end is None]
    sides = defaultdict(list)
    for entry in now:
        sides[entry.person].append(entry.side)
    assert set(sides) == held
    assert all(sorted(each) == ["A", "B"] for each in sides.values())
    load = Counter(entry.staff for entry in now)
    assert 4 <= min(load.values()) <= max(load.values()) <= 10


def test_personal_officers_work_where_their_people_live(world: World) -> None:
    home = {stay.person: stay.unit for stay in world.stays if stay.end is None}
    posts = {(post.staff, post.unit, post.side) for post in world.posts if post.end is None}
    for entry in world.personal_officers:
        if entry.end is None:
            assert (entry.staff, home[entry.person], entry.side) in posts


def test_cover_lies_within_the_assignment_it_covers(world: World) -> None:
    assert world.covers
    for cover in world.covers:
        entry = world.personal_officers[cover.assignment]
        assert cover.person == entry.person
        assert cover.staff != entry.staff
        assert entry.start <= cover.start <= cover.end <= (entry.end or date.max)


def test_some_officers_change_wings(world: World) -> None:
    posts = Counter(post.staff for post in world.posts)
    assert sum(count > 1 for count in posts.values()) == 8


# --- Names


def test_a_name_changes_nothing_but_the_name(monkeypatch: pytest.MonkeyPatch, small: World) -> None:
    """The same service with everybody's name dealt anew: all else stays to the last digit."""

    def otherwise(_rng: np.random.Generator, women: list[bool]) -> Any:
        return deal_names(stream(99, "other names"), women)

    monkeypatch.setattr(people, "deal_names", otherwise)
    other = make_world(seed=7, until=date(2025, 6, 30), people=60, days=70)
    assert [p.family_name for p in other.people] != [p.family_name for p in small.people]
    # Names, the languages that go with them and who interprets, the banks.
    touched = {"people", "told", "unlock_notes", "truth"}
    for field in fields(World):
        if field.name not in touched:
            assert same(getattr(small, field.name), getattr(other, field.name)), field.name
    assert small.truth.changes == other.truth.changes
    assert [p.pronoun for p in small.people] == [p.pronoun for p in other.people]
    assert [p.born for p in small.people] == [p.born for p in other.people]


def test_each_part_of_the_world_has_its_share_of_names(world: World) -> None:
    shares = Counter(world.truth.name_bank)
    assert set(shares) == {bank.key for bank in BANKS}
    assert max(shares.values()) - min(shares.values()) <= 1


# --- Meetings and what is known of people


def test_nobody_goes_undiscussed_for_more_than_a_week(world: World) -> None:
    weekly = defaultdict(list)
    for meeting in world.meetings:
        if meeting.kind == "weekly":
            weekly[meeting.unit].append(meeting.at.day)
    for held in weekly.values():
        assert max((b - a).days for a, b in itertools.pairwise(held)) == 7
    spoken = Counter((item.meeting, item.person) for item in world.meeting_items)
    assert max(spoken.values()) == 1


def test_a_full_talk_has_two_explanations_of_different_kind(world: World) -> None:
    for item in world.meeting_items:
        kinds = [explanation.kind for explanation in item.explanations]
        if item.nothing_new:
            assert not kinds
            assert not item.facts
        else:
            assert kinds[:2] == ["ordinary", "regime"]
            assert item.facts
            assert item.stance


def test_actions_say_what_came_of_them(world: World) -> None:
    for action in world.actions:
        assert bool(action.effect) == (action.done is not None)
        assert action.person == world.meeting_items[action.item].person
        if action.came_of_it:
            assert action.effect in ("helped", "no-difference")
    assert any(action.done is None and action.due > world.until for action in world.actions)


def test_cases_are_reviewed_before_they_end(world: World) -> None:
    for case in world.cases:
        assert case.lead in case.team
        assert case.opened <= case.review_due <= case.ends
        assert (case.closed is None) == (case.closed_by is None) == (case.closing_reason == "")
    assert any(case.closed for case in world.cases)


def test_trust_is_offered_then_taken_then_kept(world: World) -> None:
    for step in world.trust:
        assert not (step.taken_on and step.declined_on)
        assert step.kept_on is None or (step.taken_on is not None)
        dates = [d for d in (step.offered, step.taken_on, step.kept_on) if d]
        assert dates == sorted(dates)
        assert dates[-1] <= world.until


@pytest.mark.parametrize("hour", [8, 11, 21])
def test_nothing_recorded_lies_in_the_future(hour: int) -> None:
    world = make_world(seed=hour, now=time(hour))
    now = world.now
    assert [stay.id for stay in world.stays] == list(range(len(world.stays)))
    last_day = world.reflections.day == 199
    assert (world.reflections.minute[last_day] <= now.minute).all()
    for stay in world.stays:
        assert stay.start <= now
        assert stay.end is None or stay.end <= now
    for escort in world.escorts:
        assert escort.leaves <= (escort.returns or now) <= now
    for event in world.events:
        assert (event.outcome == "planned") == (event.at > now)
    assert all(meeting.at <= now for meeting in world.meetings)
    assert all(told.at <= now for told in world.told)
    assert all(addition.at <= now for addition in world.additions)
    assert all(pattern.written <= now.day for pattern in world.usual_patterns)
    assert all(action.done is None or action.done <= now.day for action in world.actions)
    assert {event.kind for event in world.events if event.outcome == "planned"} == {
        "visit",
        "court",
        "hearing",
        "probation",
        "release",
    }


def test_a_moment_becomes_a_time_in_the_zone_of_the_service() -> None:
    moment = Moment(date(2026, 3, 12), 15 * 60 + 5).at(ZoneInfo("Europe/Brussels"))
    assert moment.isoformat() == "2026-03-12T15:05:00+01:00"
