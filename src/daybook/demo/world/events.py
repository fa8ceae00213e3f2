"""What is in the diary: visits, court, hearings, meetings with probation, release."""

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np

from daybook.demo.world.chance import pick, stream
from daybook.demo.world.moment import Moment
from daybook.demo.world.shapes import Escort, PersonEvent
from daybook.demo.world.stays import NOWHERE, Course, Whereabouts

PLAN_FOR_RELEASE = "plan for release"
AHEAD = 28  # days of diary beyond the last day

KIN = (
    "mother", "father", "sister", "brother", "partner", "daughter", "son", "uncle",
    "aunt", "cousin", "grandmother", "old friend", "former neighbour",
)  # fmt: skip


def make_events(
    seed: int,
    kin: tuple[tuple[str, str], ...],
    courses: tuple[Course, ...],
    where: Whereabouts,
    supervised: np.ndarray[tuple[int, int], np.dtype[np.bool_]],
    escorts: tuple[Escort, ...],
    first_day: date,
    now: Moment,
) -> tuple[PersonEvent, ...]:
    """Held, cancelled and planned events. `supervised`: (person, day), in the community."""
    diary = _Diary(seed, first_day, now)
    people, days = where.unit.shape
    for person in range(people):
        course = courses[person]
        _visits(diary, person, kin[person], where, course)
        _hearings(diary, person, where)
        _probation(diary, person, supervised[person], course, days)
        if course.released is not None:
            diary.write(person, "release", course.released, 570, "")
        elif course.expected is not None and course.expected < days + AHEAD:
            diary.write(person, "release", course.expected, 570, "")
    for escort in escorts:
        if escort.kind == "court":
            diary.write_at(escort.person, "court", Moment(escort.leaves.day, 600), "in person")
    rng = stream(seed, "court ahead")
    for person in range(people):
        if where.unit[person, -1] != NOWHERE and rng.random() < 0.12:
            day = days + int(rng.integers(0, AHEAD))
            if (first_day + timedelta(days=day)).weekday() < 5:
                diary.write(person, "court", day, 600, pick(rng, ("in person", "by video")))
    return diary.in_order()


class _Diary:
    def __init__(self, seed: int, first_day: date, now: Moment) -> None:
        self.rng = stream(seed, "diary")
        self.first_day = first_day
        self.now = now
        self.written: list[PersonEvent] = []

    def day(self, day: int) -> date:
        return self.first_day + timedelta(days=day)

    def next_weekday(self, day: int) -> int:
        """That day, or the Monday after a weekend."""
        return day + max(0, 7 - self.day(day).weekday()) if self.day(day).weekday() > 4 else day

    def write(self, person: int, kind: str, day: int, minute: int, note: str) -> None:
        self.write_at(person, kind, Moment(self.day(day), minute), note)

    def write_at(self, person: int, kind: str, at: Moment, note: str) -> None:
        outcome = "planned" if at > self.now else "held"
        if outcome == "held" and kind in ("visit", "hearing") and self.rng.random() < 0.09:
            outcome = "cancelled"
        self.written.append(PersonEvent(-1, person, kind, at, note, outcome))  # type: ignore[arg-type]

    def in_order(self) -> tuple[PersonEvent, ...]:
        ordered = sorted(self.written, key=lambda e: (e.at, e.person, e.kind))
        return tuple(
            PersonEvent(id, e.person, e.kind, e.at, e.note, e.outcome)
            for id, e in enumerate(ordered)
        )


def _visits(
    diary: _Diary, person: int, kin: tuple[str, str], where: Whereabouts, course: Course
) -> None:
    """Wednesdays, Saturdays and Sundays. Some people have many visits, some none."""
    rng = diary.rng
    chance = float(rng.choice((0.0, 0.06, 0.15, 0.3, 0.45), p=(0.15, 0.25, 0.3, 0.2, 0.1)))
    days = where.unit.shape[1]
    for day in _days_held(where.unit[person], days + 21, course):
        if diary.day(day).weekday() in (2, 5, 6) and rng.random() < chance:
            if day < days and where.in_hospital[person, day]:
                continue
            diary.write(person, "visit", day, pick(rng, (840, 900, 930)), pick(rng, kin))


def _hearings(diary: _Diary, person: int, where: Whereabouts) -> None:
    rng = diary.rng
    days = where.unit.shape[1]
    for day in _days_held(where.unit[person], days + AHEAD, None):
        if diary.day(day).weekday() == 1 and rng.random() < 0.02:
            note = pick(rng, ("release board", "review of placement", "leave request"))
            diary.write(person, "hearing", day, pick(rng, (600, 660, 840)), note)


def _probation(
    diary: _Diary,
    person: int,
    supervised: np.ndarray[tuple[int], np.dtype[np.bool_]],
    course: Course,
    days: int,
) -> None:
    """Weekly at first, then fortnightly in the community; twice before a release."""
    rng = diary.rng
    begun = np.flatnonzero(supervised)
    if len(begun):
        still = bool(supervised[-1])
        day = int(begun[0]) + int(rng.integers(1, 6))
        while day < (days + AHEAD if still else int(begun[-1])):
            on = diary.next_weekday(day)
            diary.write(person, "probation", on, pick(rng, (600, 660, 870, 990)), "")
            day += 7 if day - begun[0] < 56 else 14
    leaves = course.released if course.released is not None else course.expected
    if leaves is not None:
        for before in (30, 10):
            day = leaves - before
            if 0 <= day < days + AHEAD and (course.admitted or 0) < day:
                on = diary.next_weekday(day)
                diary.write(person, "probation", on, 990, PLAN_FOR_RELEASE)


def _days_held(
    unit: np.ndarray[tuple[int], np.dtype[np.int32]], until: int, course: Course | None
) -> Iterable[int]:
    """Days on a wing, and, for those still there, the days to come."""
    days = len(unit)
    held = [int(d) for d in np.flatnonzero(unit != NOWHERE)]
    if held and held[-1] == days - 1:
        last = until
        if course is not None and course.expected is not None:
            last = min(until, course.expected)
        held += range(days, last)
    return held
