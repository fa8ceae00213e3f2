"""Personal officers: one for each person on each roster side."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from daybook.demo.world.shapes import Cover, PersonalOfficer, Post, Side, Stay
from daybook.demo.world.staff import Absence

SIDES: tuple[Side, ...] = ("A", "B")
# In this order within a day.
_LEAVES, _ARRIVES, _TAKES_OVER = 0, 1, 2


def assign_personal_officers(
    stays: tuple[Stay, ...], posts: tuple[Post, ...], first_day: date
) -> tuple[PersonalOfficer, ...]:
    """The officer with fewest people takes the next one.

    When an officer leaves a wing, the one who comes in that place takes over
    the same people, so that the personal side of the roster has no hole.
    """
    book = _Book(posts, first_day)
    steps: list[tuple[date, int, int, int]] = []
    for first, last in _wing_periods(stays):
        steps.append((first.start.day, _ARRIVES, first.person, first.unit))
        if last.end is not None:
            steps.append((last.end.day, _LEAVES, last.person, last.unit))
    steps += [
        (post.start, _TAKES_OVER, post.id, post.unit)
        for post in posts
        if post.unit is not None and post.start > first_day
    ]
    for day, step, subject, unit in sorted(steps):
        if step == _LEAVES:
            book.release(subject, day)
        elif step == _ARRIVES:
            for side in SIDES:
                book.assign(subject, unit, side, day)
        else:
            book.take_over(posts[subject], day)
    return tuple(book.written)


def _wing_periods(stays: tuple[Stay, ...]) -> list[tuple[Stay, Stay]]:
    """First and last stay of each unbroken time of a person on one wing."""
    periods: dict[int, list[tuple[Stay, Stay]]] = {}
    for stay in sorted(stays, key=lambda s: (s.person, s.start)):
        mine = periods.setdefault(stay.person, [])
        if mine and mine[-1][1].unit == stay.unit:
            mine[-1] = (mine[-1][0], stay)
        else:
            mine.append((stay, stay))
    return [period for mine in periods.values() for period in mine]


class _Book:
    def __init__(self, posts: tuple[Post, ...], first_day: date) -> None:
        self.first_day = first_day
        self.posts = [post for post in posts if post.side is not None]
        self.written: list[PersonalOfficer] = []
        self.open: dict[tuple[int, Side], int] = {}
        self.load: Counter[int] = Counter()

    def assign(self, person: int, unit: int, side: Side, day: date) -> None:
        here = [
            post
            for post in self.posts
            if (post.unit, post.side) == (unit, side)
            and post.start <= max(day, self.first_day)
            and (post.end is None or post.end >= max(day, self.first_day))
        ]
        post = min(here, key=lambda p: (self.load[p.staff], p.staff))
        self._write(person, post.staff, side, max(day, post.start))

    def release(self, person: int, day: date) -> None:
        for side in SIDES:
            self._end(person, side, day - timedelta(days=1))

    def take_over(self, post: Post, day: date) -> None:
        """The people on this wing and side whose officer's post there ended the day before."""
        assert post.side is not None
        gone = {
            p.staff
            for p in self.posts
            if (p.unit, p.side) == (post.unit, post.side) and p.end == day - timedelta(days=1)
        }
        for (person, side), index in list(self.open.items()):
            entry = self.written[index]
            # Two who change places: what one took over today isn't the other's to take.
            if side == post.side and entry.staff in gone and entry.start < day:
                self._end(person, side, day - timedelta(days=1))
                self._write(person, post.staff, side, day)

    def _write(self, person: int, staff: int, side: Side, day: date) -> None:
        self.open[person, side] = len(self.written)
        self.load[staff] += 1
        self.written.append(PersonalOfficer(len(self.written), person, staff, side, day, None))

    def _end(self, person: int, side: Side, day: date) -> None:
        index = self.open.pop((person, side))
        entry = self.written[index]
        self.load[entry.staff] -= 1
        self.written[index] = replace(entry, end=max(day, entry.start))


def arrange_cover(
    personal_officers: tuple[PersonalOfficer, ...], absences: tuple[Absence, ...], first_day: date
) -> tuple[Cover, ...]:
    """The stand-in takes each of the absent officer's people, for as long as both last."""
    covers: list[Cover] = []
    for absence in absences:
        if absence.stand_in is None:
            continue
        for entry in personal_officers:
            if entry.staff != absence.officer:
                continue
            start = max(entry.start, first_day + timedelta(days=absence.first))
            end = min(entry.end or date.max, first_day + timedelta(days=absence.last))
            if start <= end:
                covers.append(
                    Cover(len(covers), entry.id, entry.person, absence.stand_in, start, end)
                )
    return tuple(covers)
