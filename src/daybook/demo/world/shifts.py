"""The shift's own book: what was asked and promised, what happened together, what was told on."""

from datetime import date, timedelta
from typing import TypeVar

import numpy as np

from daybook.demo.world.chance import pick, pick_some, stream
from daybook.demo.world.moment import Moment
from daybook.demo.world.places import UNITS
from daybook.demo.world.staff import Duty
from daybook.demo.world.stays import Whereabouts
from daybook.demo.world.wing_book import Asked, Book, Note, Signed, Step, Together
from daybook.demo.world.words_shifts import ASKED, EVENTS, HOW_KEPT, NOTES, WHY_NO

Row = TypeVar("Row")
LOOKED_BACK = 45
"""Days that the book reaches back."""
# Which shift ends when; the next one then signs that it has read.
SHIFTS = {"early": 14 * 60, "late": 22 * 60, "night": 6 * 60}
EVENING = 19 * 60


def keep_book(seed: int, where: Whereabouts, duty: Duty, first_day: date, now: Moment) -> Book:
    """The last weeks of each unit's book, up to `now`."""
    clerk = _Clerk(seed, now)
    days = where.unit.shape[1]
    for day in range(max(0, days - LOOKED_BACK), days):
        today = first_day + timedelta(days=day)
        for unit in UNITS:
            residents = [int(p) for p in np.flatnonzero(where.unit[:, day] == unit.id)]
            present = [int(s) for s in np.flatnonzero(duty.unit[:, day] == unit.id)]
            if residents and present:
                clerk.day(unit.id, today, residents, present)
    return Book(tuple(clerk.asked), tuple(clerk.together), tuple(clerk.notes), tuple(clerk.signed))


class _Clerk:
    def __init__(self, seed: int, now: Moment) -> None:
        self.rng = stream(seed, "the shift's book")
        self.now = now
        self.asked: list[Asked] = []
        self.together: list[Together] = []
        self.notes: list[Note] = []
        self.signed: list[Signed] = []

    def day(self, unit: int, today: date, residents: list[int], present: list[int]) -> None:
        rng = self.rng
        if rng.random() < 0.55:
            self._ask(pick(rng, residents), today, present)
        if rng.random() < 0.16 and len(residents) > 3:
            self._meet(unit, today, residents, present)
        if rng.random() < 0.5:
            at = Moment(today, int(rng.integers(7 * 60, 21 * 60)))
            self._keep(self.notes, at, Note(unit, pick(rng, present), at, pick(rng, NOTES)))
        for shift, ends in SHIFTS.items():
            on = today + timedelta(days=shift == "night")
            for staff in pick_some(rng, present, 2):
                at = Moment(on, ends + int(rng.integers(1, 25)))
                self._keep(self.signed, at, Signed(unit, staff, today, shift, at))

    def _ask(self, person: int, today: date, present: list[int]) -> None:
        rng = self.rng
        at = Moment(today, int(rng.integers(8 * 60, 18 * 60)))
        of, helper = pick(rng, present), pick(rng, present)
        due = today + timedelta(days=int(rng.integers(1, 6)))
        later = Moment(due, int(rng.integers(9 * 60, 17 * 60)))
        steps = [Step("promised", Moment(at.day, at.minute + 2), of, of, due)]
        fate = rng.random()
        if fate < 0.12:
            steps = []
        elif fate < 0.30:
            new_day = due + timedelta(days=4)
            steps.append(Step("handed-on", later, of, helper, new_day, "It needs the office."))
            later = Moment(new_day, later.minute)
        if 0.12 <= fate < 0.75:
            steps.append(
                Step("kept", later, steps[-1].promised_by or of, words=pick(rng, HOW_KEPT))
            )
        elif 0.75 <= fate < 0.88:
            steps.append(Step("no", later, of, words=pick(rng, WHY_NO)))
            steps.append(Step("told", Moment(later.day, later.minute + 20), of))
        taken = tuple(step for step in steps if step.at <= self.now)
        self._keep(self.asked, at, Asked(person, of, at, pick(rng, ASKED), taken))

    def _meet(self, unit: int, today: date, residents: list[int], present: list[int]) -> None:
        rng = self.rng
        kind, place, fact, part, other_part, responses, response, opening = pick(rng, EVENTS)
        at = Moment(today, int(rng.integers(9 * 60, EVENING)))
        written = Moment(today, at.minute + int(rng.integers(10, 50)))
        some = pick_some(rng, residents, int(rng.integers(2, 7)))
        parts = ((some[0], other_part), *((person, part) for person in some[1:]))
        by = pick(rng, present)
        tested = pick(rng, present) if kind == "provocation" else None
        event = Together(
            unit, kind, place, at, written, by, fact, responses, response, opening, parts, tested
        )
        self._keep(self.together, written, event)

    def _keep(self, book: list[Row], at: Moment, row: Row) -> None:
        """What is still to come is not written yet."""
        if at <= self.now:
            book.append(row)
