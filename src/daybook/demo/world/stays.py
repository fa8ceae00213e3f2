"""Comings and goings: admissions, cell moves, wing moves, transfers, releases, escorts."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from daybook.demo.world.chance import pick, stream
from daybook.demo.world.moment import Moment
from daybook.demo.world.places import MEN_UNITS, SHARES, UNITS, WOMEN_UNITS
from daybook.demo.world.shapes import Cell, Escort, Stay

MoveKind = Literal["cell move", "wing move", "transfer"]
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Course:
    """One person's way through custody, in days after the first day."""

    admitted: int | None  # None: in the community throughout
    released: int | None  # inside the window
    expected: int | None  # a release still to come
    moves: tuple[tuple[int, MoveKind], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Whereabouts:
    """Arrays of shape (person, day). A day of arrival, move or leaving belongs to no wing."""

    unit: NDArray[np.int32]  # unit id or NOWHERE
    since: NDArray[np.int32]  # days on that wing so far
    at_court: NDArray[np.bool_]
    in_hospital: NDArray[np.bool_]


def plan_courses(seed: int, women: list[bool], days: int) -> tuple[Course, ...]:
    rng = stream(seed, "courses")
    count = len(women)
    kinds = rng.permutation(count) / count
    courses = []
    for kind, woman in zip(kinds, women, strict=True):
        admitted: int | None
        released = expected = None
        if kind < 0.08:
            admitted = None
        elif kind < 0.25:
            admitted = int(rng.integers(2, days - 1))
        else:
            admitted = -int(rng.integers(15, 900))
            if kind < 0.41:
                released = int(rng.integers(3, days))
        if admitted is not None and released is None:
            soon = rng.random() < 0.12
            expected = days + int(rng.integers(1, 40) if soon else rng.integers(40, 1500))
        moves = _plan_moves(rng, admitted, released, woman, days)
        courses.append(Course(admitted, released, expected, moves))
    return tuple(courses)


def _plan_moves(
    rng: np.random.Generator, admitted: int | None, released: int | None, woman: bool, days: int
) -> tuple[tuple[int, MoveKind], ...]:
    if admitted is None:
        return ()
    first, last = max(admitted, 0) + 2, (days if released is None else released) - 2
    moves: dict[int, MoveKind] = {}
    if not woman and admitted > 0 and rng.random() < 0.6:
        moves[admitted + int(rng.integers(18, 45))] = "wing move"
    chances: tuple[tuple[MoveKind, float], ...] = (("cell move", 0.15),)
    if not woman:
        chances += (("wing move", 0.12), ("transfer", 0.06))
    for kind, chance in chances:
        if rng.random() < chance and last > first:
            moves[int(rng.integers(first, last))] = kind
    return tuple(sorted((day, kind) for day, kind in moves.items() if first <= day < last))


def house(
    seed: int,
    courses: tuple[Course, ...],
    women: list[bool],
    cells: tuple[Cell, ...],
    first_day: date,
    days: int,
) -> tuple[Stay, ...]:
    """A cell for everyone every day, never more people than places.

    A place freed in the morning by a release can be taken the same day, one
    freed by a move only the next: so nobody arrives before another has left.
    """
    rng = stream(seed, "stays")
    book = _CellBook(rng, cells, first_day)
    held = [p for p, course in enumerate(courses) if course.admitted is not None]
    for person in held:
        admitted = courses[person].admitted
        if admitted is not None and admitted < 0:
            choices = WOMEN_UNITS if women[person] else MEN_UNITS
            weights = np.array([SHARES[u] for u in choices])
            unit = int(rng.choice(choices, p=weights / weights.sum()))
            minute = int(rng.integers(14 * 60, 18 * 60))
            book.place(person, unit, admitted, minute, "admission")
    for day in range(days):
        for person in held:
            if courses[person].released == day:
                book.leave(person, day, int(rng.integers(8 * 60 + 30, 10 * 60)), "release")
        vacated = []
        for person in held:
            for moving, kind in courses[person].moves:
                if moving == day:
                    vacated.append(book.move(person, day, kind))
        for cell in vacated:
            book.used[cell] -= 1
        for person in held:
            if courses[person].admitted == day:
                unit = WOMEN_UNITS[0] if women[person] else pick(rng, (0, 0, 0, 4))
                minute = int(rng.integers(14 * 60, 18 * 60))
                book.place(person, unit, day, minute, "admission")
    return book.stays()


class _CellBook:
    def __init__(self, rng: np.random.Generator, cells: tuple[Cell, ...], first_day: date) -> None:
        self.rng = rng
        self.cells = cells
        self.first_day = first_day
        self.used = [0] * len(cells)
        self.now_in: dict[int, int] = {}  # person: index of the open stay
        self.written: list[Stay] = []

    def place(self, person: int, unit: int, day: int, minute: int, came: str) -> None:
        cell = self._free_cell(unit, day)
        self.used[cell.id] += 1
        self.now_in[person] = len(self.written)
        start = Moment(self.first_day + timedelta(days=day), minute)
        self.written.append(
            Stay(len(self.written), person, cell.id, cell.unit, start, None, came, "")  # type: ignore[arg-type]
        )

    def leave(self, person: int, day: int, minute: int, left: str) -> int:
        stay = self._close(person, day, minute, left)
        self.used[stay.cell] -= 1
        return stay.cell

    def move(self, person: int, day: int, kind: MoveKind) -> int:
        """Move to another cell; the cell left, still counted as used."""
        minute = int(self.rng.integers(10 * 60 + 30, 12 * 60))
        old = self._close(person, day, minute, kind)
        home = UNITS[old.unit]
        targets = [
            unit.id
            for unit in UNITS
            if unit.for_women == home.for_women
            and (kind == "cell move") == (unit.id == home.id)
            and (kind != "transfer") == (unit.establishment == home.establishment)
        ]
        # The women's wing has no other to move to.
        target = self._roomiest(targets) if targets else home.id
        travel = 120 if kind == "transfer" else 10
        self.place(person, target, day, minute + travel, kind)
        return old.cell

    def _roomiest(self, units: list[int]) -> int:
        """The unit with most places left: that is how moves are made."""

        def places_left(unit: int) -> int:
            return sum(c.places - self.used[c.id] for c in self.cells if c.unit == unit)

        return max(units, key=places_left)

    def stays(self) -> tuple[Stay, ...]:
        return tuple(self.written)

    def _close(self, person: int, day: int, minute: int, left: str) -> Stay:
        index = self.now_in.pop(person)
        stay = self.written[index]
        end = Moment(self.first_day + timedelta(days=day), minute)
        closed = Stay(
            stay.id,
            person,
            stay.cell,
            stay.unit,
            stay.start,
            end,
            stay.came,
            left,  # type: ignore[arg-type]
        )
        self.written[index] = closed
        return closed

    def _free_cell(self, unit: int, day: int) -> Cell:
        free = [c for c in self.cells if c.unit == unit and self.used[c.id] < c.places]
        if not free:
            women = UNITS[unit].for_women
            free = [
                c
                for c in self.cells
                if UNITS[c.unit].for_women == women and self.used[c.id] < c.places
            ]
        if not free:
            raise ValueError(f"no free place on day {day}")
        # An empty cell before a shared one.
        empty = [c for c in free if self.used[c.id] == 0]
        return pick(self.rng, empty or free)


def as_of(stays: tuple[Stay, ...], now: Moment) -> tuple[Stay, ...]:
    """Without what is still to happen on the last day; ids stay places in the tuple."""
    begun = [stay for stay in stays if stay.start <= now]
    return tuple(
        replace(stay, id=id)
        if stay.end is None or stay.end <= now
        else replace(stay, id=id, end=None, left="")
        for id, stay in enumerate(begun)
    )


def plan_escorts(
    seed: int, stays: tuple[Stay, ...], remand: NDArray[np.bool_], first_day: date, now: Moment
) -> tuple[Escort, ...]:
    """Court days (often for people on remand) and hospital, at times overnight.

    `remand` has shape (person, day).
    """
    rng = stream(seed, "escorts")
    days = remand.shape[1]
    escorts: list[Escort] = []
    for stay in stays:
        last = days - 1 if stay.end is None else (stay.end.day - first_day).days - 1
        day = max(0, (stay.start.day - first_day).days + 1)
        while day <= last:
            here = first_day + timedelta(days=day)
            court = rng.random() < (1 / 35 if remand[stay.person, day] else 1 / 400)
            if court and here.weekday() < 5:
                leaves = Moment(here, int(rng.integers(7 * 60 + 30, 9 * 60)))
                back = Moment(here, int(rng.integers(14 * 60, 17 * 60)))
                returns = back if back <= now else None
                if leaves <= now:
                    escorts.append(Escort(len(escorts), stay.person, "court", leaves, returns))
            elif rng.random() < 1 / 450:
                nights = min(pick(rng, (0, 0, 1, 3)), last - day)
                leaves = Moment(here, int(rng.integers(9 * 60, 13 * 60)))
                back = Moment(here + timedelta(days=nights), int(rng.integers(16 * 60, 19 * 60)))
                returns = back if back <= now else None
                if leaves <= now:
                    escorts.append(Escort(len(escorts), stay.person, "hospital", leaves, returns))
                day += nights
            day += 1
    return tuple(escorts)


def whereabouts(
    stays: tuple[Stay, ...], escorts: tuple[Escort, ...], people: int, first_day: date, days: int
) -> Whereabouts:
    unit = np.full((people, days), NOWHERE, dtype=np.int32)
    since = np.zeros((people, days), dtype=np.int32)
    at_court = np.zeros((people, days), dtype=np.bool_)
    in_hospital = np.zeros((people, days), dtype=np.bool_)
    for stay in stays:
        came = (stay.start.day - first_day).days
        first = max(0, came + 1)
        last = days if stay.end is None else (stay.end.day - first_day).days
        unit[stay.person, first:last] = stay.unit
        since[stay.person, first:last] = np.arange(first, last) - came
    for escort in escorts:
        first = (escort.leaves.day - first_day).days
        last = days if escort.returns is None else (escort.returns.day - first_day).days + 1
        (at_court if escort.kind == "court" else in_hospital)[escort.person, first:last] = True
    return Whereabouts(unit, since, at_court, in_hospital)
