"""An invented wing, seeded: officers, workshop and school, to see what the record's tests do."""

from dataclasses import dataclass

import numpy as np

from daybook.signals.ratings import Floats, Integers
from daybook.signals.record.own import Flags
from daybook.signals.record.written import Written

WING, WORK, SCHOOL = range(3)


@dataclass(frozen=True)
class Wing:
    """What to invent; standard deviations in rating points, days from 0.

    Officers write on the wing, `seldom` of a hundred days a person is not written of; from Monday
    to Friday half the people are at work and half at school, where one of two instructors each
    writes on `there` of a hundred days. Two people, one of each workplace, may differ from all
    others: by how much they stand higher there (`apart`) and in the 14 days before their own
    `dates` (`before`), and how raters differ about them (`observers`).
    """

    people: int = 40
    days: int = 180
    officers: int = 8
    instructors: int = 2
    seldom: float = 40
    there: float = 35
    usual: float = 3.2
    between_people: float = 0.5
    mood: float = 0.65
    keeps: float = 0.3
    rating: float = 0.25
    habit: float = 0.6
    weather: float = 0.4
    apart: float = 0.0
    observers: float = 0.0
    before: float = 0.0
    dates: int = 3
    whole_steps: bool = True

    @property
    def differing(self) -> Flags:
        return np.arange(self.people) < 2


@dataclass(frozen=True, eq=False)
class Invented:
    """`dates` (people, dates): days on which something was decided about each person; `workplace`
    (people,): the setting in which they are during the day."""

    written: Written
    dates: Integers
    workplace: Integers


def invent(wing: Wing, seed: int) -> Invented:
    """The same wing and seed give the same bits."""
    random = np.random.default_rng(seed)
    everybody = np.arange(wing.people)
    workplace = np.where(everybody % 2 == 0, WORK, SCHOOL)
    dates = random.integers(20, wing.days, (wing.people, wing.dates))
    raters = wing.officers + 2 * wing.instructors
    habit = wing.habit * random.standard_normal(raters)
    pair = wing.observers * random.standard_normal((wing.people, raters))
    pair[~wing.differing] = 0
    level = wing.usual + wing.between_people * random.standard_normal(wing.people)
    mood = wing.mood * random.standard_normal(wing.people)
    columns: list[tuple[Floats | Integers, ...]] = []
    for day in range(wing.days):
        fresh = np.sqrt(1 - wing.keeps**2) * wing.mood
        mood = wing.keeps * mood + fresh * random.standard_normal(wing.people)
        ahead = dates - day
        soon = ((ahead > 0) & (ahead <= 14)).any(axis=1)
        state = (
            level
            + mood
            + wing.weather * random.standard_normal()
            + wing.before * soon * wing.differing
        )
        for there in (False, True):
            share = wing.there if there else 100 - wing.seldom
            if there and day % 7 > 4:
                continue
            who = everybody[100 * random.random(wing.people) < share]
            if there:
                rater = wing.officers + wing.instructors * (workplace[who] - 1)
                rater = rater + random.integers(0, wing.instructors, who.size)
            else:
                rater = random.integers(0, wing.officers, who.size)
            value = (
                state[who]
                + wing.apart * there * wing.differing[who]
                + habit[rater]
                + pair[who, rater]
            )
            value = value + wing.rating * random.standard_normal(who.size)
            setting = workplace[who] if there else np.full(who.size, WING)
            columns.append((value, np.full(who.size, day), who, rater, setting))
    value, on, person, by, setting = (np.concatenate(c) for c in zip(*columns, strict=True))
    if wing.whole_steps:
        value = np.clip(np.rint(value), 1, 5)
    written = Written.of(value=value, day=on, person=person, rater=by, setting=setting)
    return Invented(written, dates, workplace)
