"""Puts the world together, one subject after the other."""

from datetime import date, time, timedelta

import numpy as np
from numpy.typing import NDArray

from daybook.demo.world.cases import open_cases
from daybook.demo.world.chance import pick, stream
from daybook.demo.world.columns import Reflections
from daybook.demo.world.days import make_days
from daybook.demo.world.events import make_events
from daybook.demo.world.knowing import (
    OfficersOf,
    note_strengths,
    offer_trust,
    tell_at_admission,
    write_patterns,
)
from daybook.demo.world.meetings import hold_meetings
from daybook.demo.world.moment import Moment
from daybook.demo.world.people import legal_history, make_people
from daybook.demo.world.personal import arrange_cover, assign_personal_officers
from daybook.demo.world.places import ESTABLISHMENTS, UNITS, build_cells
from daybook.demo.world.reflections import draw_habits, write_reflections
from daybook.demo.world.shapes import Addition, StatusPeriod, Stay, World
from daybook.demo.world.shifts import keep_book
from daybook.demo.world.staff import make_duty, make_staff
from daybook.demo.world.stays import NOWHERE, as_of, house, plan_courses, plan_escorts, whereabouts
from daybook.demo.world.stories import tell
from daybook.demo.world.truth import Truth
from daybook.demo.world.unlock import write_unlock_notes
from daybook.demo.world.voice import Voice, kin_of, voices
from daybook.demo.world.words_said import ADDITIONS
from daybook.demo.world.writing import plan_writing

DEFAULT_UNTIL = date(2026, 3, 12)
AFTERNOON = time(15, 30)


def make_world(
    seed: int = 2026,
    until: date = DEFAULT_UNTIL,
    people: int = 240,
    days: int = 200,
    now: time = AFTERNOON,
) -> World:
    """The fictional service over the `days` that end with `until`.

    Same arguments, same world. `now` is the local time on the last day up to
    which things have been recorded. `people` counts everyone the service knows
    in that time: about three quarters are in custody on any day, the others
    have left, are to come, or are supervised in the community.

    Raises ValueError for fewer than 40 people or 60 days: the wings would
    stand empty, and nothing could last.
    """
    if people < 40 or days < 60:
        raise ValueError("a world needs at least 40 people and 60 days")
    first_day = until - timedelta(days=days - 1)
    at = Moment(until, now.hour * 60 + now.minute)

    women = [bool(w) for w in stream(seed, "women").permutation(people) < round(people * 0.11)]
    cells = build_cells(stream(seed, "cells"), people)
    staff, posts = make_staff(seed, first_day, days)
    duty = make_duty(seed, posts, first_day, days)
    courses = plan_courses(seed, women, days)
    stays = as_of(house(seed, courses, women, cells, first_day, days), at)
    periods, key_dates = legal_history(seed, courses, first_day, days)
    supervised = _status_grid(periods, people, first_day, days, "conditional-release", "probation")
    remand = _status_grid(periods, people, first_day, days, "remand")
    escorts = plan_escorts(seed, stays, remand, first_day, at)
    where = whereabouts(stays, escorts, people, first_day, days)
    unit_days, weather = make_days(seed, duty, first_day, days)
    kin = kin_of(seed, people)
    events = make_events(seed, kin, courses, where, supervised, escorts, first_day, at)
    stories = tell(seed, where, events, stays, unit_days, first_day)
    personal = assign_personal_officers(stays, posts, first_day)
    covers = arrange_cover(personal, duty.absences, first_day)

    who, numbers, banks = make_people(seed, women, until)
    speaking = voices(seed, who, kin)
    rows = plan_writing(
        seed, where, duty, posts, personal, covers, events, unit_days, first_day, at
    )
    habits = draw_habits(seed, len(staff))
    reflections = write_reflections(
        seed, rows, stories, weather, habits, where.since, duty.relief, speaking
    )
    meetings, items, actions = hold_meetings(
        seed, reflections, where, duty, posts, speaking, first_day, at
    )
    officers = OfficersOf(personal)
    held_since = _held_since(stays)
    patterns, signs = write_patterns(seed, speaking, held_since, officers, first_day, until)
    now_on = {p: int(u) for p, u in enumerate(where.unit[:, -1]) if u != NOWHERE}
    return World(
        seed=seed,
        first_day=first_day,
        until=until,
        now=at,
        establishments=ESTABLISHMENTS,
        units=UNITS,
        cells=cells,
        unit_days=unit_days,
        staff=staff,
        posts=posts,
        personal_officers=personal,
        covers=covers,
        people=who,
        identity_numbers=numbers,
        status_periods=periods,
        key_dates=key_dates,
        stays=stays,
        escorts=escorts,
        events=events,
        cases=open_cases(seed, now_on, posts, officers, first_day, until),
        told=tell_at_admission(seed, who, stays, officers, at),
        usual_patterns=patterns,
        early_signs=signs,
        trust=offer_trust(seed, speaking, held_since, officers, first_day, until),
        strengths=note_strengths(seed, speaking, held_since, officers, first_day, until),
        reflections=reflections,
        additions=_add_to(seed, reflections, speaking, first_day, at),
        meetings=meetings,
        meeting_items=items,
        actions=actions,
        book=keep_book(seed, where, duty, first_day, at),
        unlock_notes=write_unlock_notes(seed, who, now_on, held_since, officers, until),
        truth=Truth(banks, stories.changes, habits, weather, stories.usual, stories.level),
    )


def _status_grid(
    periods: tuple[StatusPeriod, ...], people: int, first_day: date, days: int, *statuses: str
) -> NDArray[np.bool_]:
    """Shape (person, day): whether one of the statuses held that day."""
    grid = np.zeros((people, days), dtype=np.bool_)
    for period in periods:
        if period.status in statuses:
            first = max(0, (period.start - first_day).days)
            last = days if period.end is None else max(0, (period.end - first_day).days + 1)
            grid[period.person, first:last] = True
    return grid


def _held_since(stays: tuple[Stay, ...]) -> dict[int, date]:
    """Admission day of everyone who was ever held."""
    return {stay.person: stay.start.day for stay in stays if stay.came == "admission"}


def _add_to(
    seed: int,
    reflections: Reflections,
    speaking: tuple[Voice, ...],
    first_day: date,
    now: Moment,
) -> tuple[Addition, ...]:
    """One written reflection in two hundred is added to by its author the next day."""
    rng = stream(seed, "additions")
    additions = []
    written = np.flatnonzero(reflections.seen_heard)
    for row in written[rng.random(len(written)) < 0.005]:
        day = first_day + timedelta(days=int(reflections.day[row]) + 1)
        at = Moment(day, int(rng.integers(8 * 60, 12 * 60)))
        text = speaking[reflections.person[row]].say(rng, pick(rng, ADDITIONS))
        if at <= now:
            additions.append(Addition(int(row), int(reflections.author[row]), at, text))
    return tuple(additions)
