"""Who writes about whom, when and where: the rows of the reflections, still empty."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from daybook.demo.world.chance import pick, stream
from daybook.demo.world.columns import SETTINGS
from daybook.demo.world.events import PLAN_FOR_RELEASE
from daybook.demo.world.moment import Moment
from daybook.demo.world.places import UNITS
from daybook.demo.world.shapes import Cover, PersonalOfficer, PersonEvent, Post, UnitDay
from daybook.demo.world.staff import Duty, side_on
from daybook.demo.world.stays import NOWHERE, Whereabouts

# Activity staff and probation officers write the same short form, in other circumstances.
FULL, QUICK, ACTIVITY, PROBATION = range(4)
WING, WORK, EDUCATION, EXERCISE, VISIT, ESCORT, COMMUNITY = range(len(SETTINGS))

# How likely an entry is on a weekday and on a weekend, per form.
_FULL_OFTEN = (0.66, 0.42)
_QUICK_OFTEN = (0.47, 0.28)
_ACTIVITY_OFTEN = 0.13

_SETTING_OF_TITLE = {
    "Teacher": EDUCATION,
    "Workshop instructor": WORK,
    "Bakery instructor": WORK,
    "Sports instructor": EXERCISE,
}


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Equal-length columns, in order of day, then minute."""

    person: NDArray[np.int32]
    author: NDArray[np.int32]
    unit: NDArray[np.int32]
    day: NDArray[np.int32]
    minute: NDArray[np.int32]
    form: NDArray[np.int8]  # FULL, QUICK, ACTIVITY or PROBATION
    setting: NDArray[np.int8]


def plan_writing(
    seed: int,
    where: Whereabouts,
    duty: Duty,
    posts: tuple[Post, ...],
    personal_officers: tuple[PersonalOfficer, ...],
    covers: tuple[Cover, ...],
    events: tuple[PersonEvent, ...],
    unit_days: tuple[UnitDay, ...],
    first_day: date,
    now: Moment,
) -> Rows:
    sheet = _Sheet(seed, first_day)
    days = where.unit.shape[1]
    personal = _personal(personal_officers, covers, where.unit.shape, first_day)
    often = _how_often(sheet.rng, where.unit.shape)
    lock_downs = {(u.unit, (u.day - first_day).days) for u in unit_days if u.hours_locked_down >= 2}
    activities = _Activities(sheet.rng, posts, len(where.unit))
    for day in range(days):
        today = first_day + timedelta(days=day)
        weekend = int(today.weekday() >= 5)
        side = "AB".index(side_on(today))
        for unit in range(len(UNITS)):
            on_duty = [int(s) for s in np.flatnonzero(duty.unit[:, day] == unit)]
            for person in (int(p) for p in np.flatnonzero(where.unit[:, day] == unit)):
                if where.in_hospital[person, day]:
                    continue
                chance = often[person, day]
                own = int(personal[side, person, day])
                draws = sheet.rng.random(3)
                in_court = bool(where.at_court[person, day])
                if own in on_duty and draws[0] < _FULL_OFTEN[weekend] * chance:
                    sheet.add(person, own, unit, day, FULL, WING, in_court)
                others = [officer for officer in on_duty if officer != own]
                if others and draws[1] < _QUICK_OFTEN[weekend] * chance:
                    sheet.add(person, pick(sheet.rng, others), unit, day, QUICK, WING, in_court)
                if in_court:
                    if on_duty and draws[2] < 0.4:
                        author = pick(sheet.rng, on_duty)
                        sheet.add(person, author, unit, day, ACTIVITY, ESCORT, True)
                elif not weekend and draws[2] < _ACTIVITY_OFTEN and (unit, day) not in lock_downs:
                    author, setting = activities.of(person, unit)
                    sheet.add(person, author, unit, day, ACTIVITY, setting, False)
    _visits_and_meetings(sheet, where, duty, posts, events)
    return sheet.rows(until_day=days - 1, now=now)


class _Sheet:
    def __init__(self, seed: int, first_day: date) -> None:
        self.rng = stream(seed, "writing")
        self.first_day = first_day
        self.written: list[tuple[int, int, int, int, int, int, int]] = []

    def add(
        self, person: int, author: int, unit: int, day: int, form: int, setting: int, late: bool
    ) -> None:
        minute = self._minute(author, day, form, setting, late)
        self.written.append((day, minute, person, author, unit, form, setting))

    def _minute(self, author: int, day: int, form: int, setting: int, late: bool) -> int:
        """Local shift hours: early to 14:00, late to 21:00, classes in the morning."""
        between = self.rng.integers
        if late or setting == VISIT:
            return int(between(17 * 60 + 5, 20 * 60 + 45))
        if setting == COMMUNITY:
            return int(between(10 * 60, 18 * 60))
        if form == ACTIVITY:
            return int(between(9 * 60 + 30, 16 * 60))
        early = (author + day) % 2 == 0
        if form == QUICK:
            start = 7 * 60 + 50 if early else 17 * 60
            return int(between(start, start + 150))
        return int(between(9 * 60, 13 * 60 + 50) if early else between(14 * 60 + 20, 20 * 60 + 50))

    def rows(self, *, until_day: int, now: Moment) -> Rows:
        table = np.array(
            sorted(row for row in self.written if row[0] < until_day or row[1] <= now.minute),
            dtype=np.int32,
        ).reshape(-1, 7)
        day, minute, person, author, unit, form, setting = (c.copy() for c in table.T)
        return Rows(
            person, author, unit, day, minute, form.astype(np.int8), setting.astype(np.int8)
        )


def _personal(
    personal_officers: tuple[PersonalOfficer, ...],
    covers: tuple[Cover, ...],
    shape: tuple[int, ...],
    first_day: date,
) -> NDArray[np.int32]:
    """The officer in charge, cover counted: shape (side, person, day), -1 for nobody."""
    days = shape[1]
    table = np.full((2, *shape), -1, dtype=np.int32)
    for entry in personal_officers:
        first = max(0, (entry.start - first_day).days)
        last = days if entry.end is None else (entry.end - first_day).days + 1
        table["AB".index(entry.side), entry.person, first:last] = entry.staff
    for cover in covers:
        side = "AB".index(personal_officers[cover.assignment].side)
        first, last = ((day - first_day).days for day in (cover.start, cover.end))
        table[side, cover.person, first : last + 1] = cover.staff
    return table


def _how_often(rng: np.random.Generator, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """1.0 most days; now and then a quiet person is overlooked for some days."""
    often = np.ones(shape)
    for person, day in np.argwhere(rng.random(shape) < 0.012):
        often[person, day : day + int(rng.integers(3, 7))] = 0.12
    return often


class _Activities:
    """Each person has one teacher or instructor in each establishment."""

    def __init__(self, rng: np.random.Generator, posts: tuple[Post, ...], people: int) -> None:
        staff = {
            establishment: [
                (post.staff, _SETTING_OF_TITLE[post.title])
                for post in posts
                if post.establishment == establishment and post.title in _SETTING_OF_TITLE
            ]
            for establishment in {unit.establishment for unit in UNITS}
        }
        self.chosen = {
            (person, establishment): pick(rng, choices)
            for person in range(people)
            for establishment, choices in sorted(staff.items())
        }

    def of(self, person: int, unit: int) -> tuple[int, int]:
        return self.chosen[person, UNITS[unit].establishment]


def _visits_and_meetings(
    sheet: _Sheet,
    where: Whereabouts,
    duty: Duty,
    posts: tuple[Post, ...],
    events: tuple[PersonEvent, ...],
) -> None:
    visits = next(post.staff for post in posts if post.title == "Visits officer")
    probation = [post.staff for post in posts if post.role == "probation-officer"]
    for event in events:
        if event.outcome != "held":
            continue
        day = (event.at.day - sheet.first_day).days
        unit = int(where.unit[event.person, day])
        if event.kind == "visit" and unit != NOWHERE and sheet.rng.random() < 0.45:
            on_duty = [int(s) for s in np.flatnonzero(duty.unit[:, day] == unit)]
            author = visits if UNITS[unit].establishment == 0 else None
            if author is None and on_duty:
                author = pick(sheet.rng, on_duty)
            if author is not None:
                sheet.add(event.person, author, unit, day, ACTIVITY, VISIT, False)
        elif _in_community(event) and sheet.rng.random() < 0.85:
            author = probation[event.person % len(probation)]
            sheet.add(event.person, author, NOWHERE, day, PROBATION, COMMUNITY, False)


def _in_community(event: PersonEvent) -> bool:
    """The plan for release is made inside; every other meeting with probation is outside."""
    return event.kind == "probation" and event.note != PLAN_FOR_RELEASE
