"""Reflection meetings: a round each shift, the full one weekly, and what came of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from daybook.demo.world.chance import pick, pick_some, stream
from daybook.demo.world.columns import Reflections
from daybook.demo.world.moment import Moment
from daybook.demo.world.places import UNITS
from daybook.demo.world.shapes import Action, Explanation, Meeting, MeetingItem, Post
from daybook.demo.world.staff import Duty
from daybook.demo.world.stays import Whereabouts
from daybook.demo.world.voice import Voice
from daybook.demo.world.words_team import (
    ACTIONS,
    DISSENT,
    HOW_WE_ARE,
    ORDINARY,
    OTHER,
    QUIET_FACTS,
    QUIET_ORDINARY,
    QUIET_REGIME,
    QUIET_STANCES,
    REGIME,
    STANCES,
    THEMES,
    WENT_WELL,
    WENT_WELL_PERSON,
)

NUMBERS = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight or more")
GUESTS = ("psychologist", "duty-manager", "head-of-unit")

SHIFT_ROUND = 13 * 60 + 50
WEEKLY = 15 * 60


def hold_meetings(
    seed: int,
    reflections: Reflections,
    where: Whereabouts,
    duty: Duty,
    posts: tuple[Post, ...],
    voices: tuple[Voice, ...],
    first_day: date,
    now: Moment,
) -> tuple[tuple[Meeting, ...], tuple[MeetingItem, ...], tuple[Action, ...]]:
    secretary = _Secretary(seed, voices, _Book(reflections, where.unit.shape), first_day, now)
    leads = [
        post for post in posts if post.role in ("psychologist", "duty-manager", "head-of-unit")
    ]
    for day in range(where.unit.shape[1]):
        today = first_day + timedelta(days=day)
        for unit in UNITS:
            residents = [int(p) for p in np.flatnonzero(where.unit[:, day] == unit.id)]
            present = [int(s) for s in np.flatnonzero(duty.unit[:, day] == unit.id)]
            if not residents or not present:
                continue
            if Moment(today, SHIFT_ROUND) <= now:
                secretary.shift_round(unit.id, day, residents, present)
            # Wings meet on different weekdays, so that a psychologist can be at each.
            if today.weekday() == unit.id % 5 and Moment(today, WEEKLY) <= now:
                guests = [p.staff for p in leads if p.establishment == unit.establishment]
                secretary.weekly(unit.id, day, residents, present, guests)
    return tuple(secretary.meetings), tuple(secretary.items), tuple(secretary.actions)


@dataclass(slots=True)
class _Last:
    day: int
    text: str


class _Book:
    """What the reflections give a meeting to talk about."""

    def __init__(self, reflections: Reflections, shape: tuple[int, ...]) -> None:
        people, days = shape
        self.different = np.zeros((people, days), dtype=np.int32)
        rows = (reflections.difference == 2) | (reflections.difference == 3)
        np.add.at(self.different, (reflections.person[rows], reflections.day[rows]), 1)
        # More of a channel is better, but for tension.
        better = reflections.more_or_less * np.where(reflections.of_what == 1, -1, 1)
        self.leaning = np.zeros((people, days), dtype=np.int32)
        np.add.at(self.leaning, (reflections.person, reflections.day), better)
        self.told: dict[int, list[_Last]] = {}
        for row in np.flatnonzero(reflections.seen_heard):
            text = reflections.texts[reflections.seen_heard[row]]
            self.told.setdefault(int(reflections.person[row]), []).append(
                _Last(int(reflections.day[row]), text)
            )
        self.read: NDArray[np.int32] = np.zeros(people, dtype=np.int32)

    def times_different(self, person: int, first: int, last: int) -> int:
        return int(self.different[person, max(0, first) : last + 1].sum())

    def way(self, person: int, first: int, last: int) -> Literal["better", "worse"]:
        return "better" if self.leaning[person, max(0, first) : last + 1].sum() > 0 else "worse"

    def last_told(self, person: int, first: int, before: int) -> str:
        """The newest fact from `first` up to the day before `before`, "" for none."""
        told = self.told.get(person, [])
        at = int(self.read[person])
        while at < len(told) and told[at].day < before:
            at += 1
        # Meetings go forward in time, so the place can be kept.
        self.read[person] = at
        return told[at - 1].text if at and told[at - 1].day >= first else ""


class _Secretary:
    def __init__(
        self, seed: int, voices: tuple[Voice, ...], book: _Book, first_day: date, now: Moment
    ) -> None:
        self.rng = stream(seed, "meetings")
        self.voices = voices
        self.book = book
        self.first_day = first_day
        self.now = now
        self.meetings: list[Meeting] = []
        self.items: list[MeetingItem] = []
        self.actions: list[Action] = []
        self.talked_about: dict[int, int] = {}

    def shift_round(self, unit: int, day: int, residents: list[int], present: list[int]) -> None:
        """Those whom two entries call different since yesterday, and those whose turn it is.

        Everyone has a turn each week, so that the quiet are talked about too.
        """
        rng = self.rng
        talked = [p for p in residents if self.book.times_different(p, day - 1, day - 1) >= 2]
        talked = sorted(pick_some(rng, talked, 4))
        self._open(unit, day, SHIFT_ROUND, "shift", present, theme="")
        for person in talked:
            self._discuss(person, day, day - 2, present)
        waiting = sorted(
            (p for p in residents if p not in talked),
            key=lambda p: (self.talked_about.get(p, -99), p),
        )
        for person in waiting[: -(-len(residents) // 5)]:
            if day - self.talked_about.get(person, -99) >= 5:
                self._take_turn(person, day)

    def weekly(
        self, unit: int, day: int, residents: list[int], present: list[int], guests: list[int]
    ) -> None:
        """Everyone on the wing: a full talk or, in one touch, nothing new."""
        rng = self.rng
        self._open(unit, day, WEEKLY, "weekly", [*guests, *present], theme=pick(rng, THEMES))
        for person in residents:
            noticed = self.book.times_different(person, day - 7, day - 1) >= 3
            if noticed or rng.random() < 0.04:
                self._discuss(person, day, day - 7, [*present, *guests])
            else:
                self.items.append(
                    MeetingItem(len(self.items), self.meetings[-1].id, person, True,
                                "", (), "", "", "", "")
                )  # fmt: skip

    def _open(
        self, unit: int, day: int, minute: int, kind: str, attended: list[int], theme: str
    ) -> None:
        rng = self.rng
        handed = len(attended) > 2 and kind == "shift" and rng.random() < 0.15
        self.meetings.append(
            Meeting(
                len(self.meetings),
                unit,
                kind,  # type: ignore[arg-type]
                "early" if minute == SHIFT_ROUND else "late",
                Moment(self.first_day + timedelta(days=day), minute),
                attended[0],
                tuple(attended),
                attended[-1] if handed else None,
                pick(rng, WENT_WELL),
                pick(rng, HOW_WE_ARE),
                theme,
            )
        )

    def _take_turn(self, person: int, day: int) -> None:
        """An ordinary week, said in a few words."""
        rng, voice = self.rng, self.voices[person]
        self.talked_about[person] = day
        self.items.append(
            MeetingItem(
                len(self.items),
                self.meetings[-1].id,
                person,
                False,
                self.book.last_told(person, day - 7, day) or pick(rng, QUIET_FACTS),
                (
                    Explanation("ordinary", voice.say(rng, pick(rng, QUIET_ORDINARY))),
                    Explanation("regime", voice.say(rng, pick(rng, QUIET_REGIME))),
                ),
                voice.say(rng, pick(rng, QUIET_STANCES)),
                "",
                "",
                voice.say(rng, pick(rng, WENT_WELL_PERSON)) if rng.random() < 0.3 else "",
            )
        )

    def _discuss(self, person: int, day: int, since: int, owners: list[int]) -> None:
        rng, voice = self.rng, self.voices[person]
        self.talked_about[person] = day
        times = self.book.times_different(person, since, day - 1)
        period = "in a week" if day - since == 7 else "in two days"
        facts = self.book.last_told(person, since, day)
        if times:
            number = NUMBERS[min(times, len(NUMBERS)) - 1]
            entries = "entry" if times == 1 else "entries"
            facts = f"{number} {entries} different from usual {period}. {facts}".strip()
        way = self.book.way(person, since, day - 1)
        explanations = [
            Explanation("ordinary", voice.say(rng, pick(rng, ORDINARY[way]))),
            Explanation("regime", voice.say(rng, pick(rng, REGIME[way]))),
        ]
        if rng.random() < 0.2:
            explanations.append(Explanation("other", voice.say(rng, pick(rng, OTHER))))
        draw = rng.random()
        self.items.append(
            MeetingItem(
                len(self.items),
                self.meetings[-1].id,
                person,
                False,
                facts or "Chosen by one of us; nothing written lately.",
                tuple(explanations),
                voice.say(rng, pick(rng, STANCES[way])),
                "check-in" if draw < 0.35 else "stay-close" if draw < 0.5 else "",
                pick(rng, DISSENT) if rng.random() < 0.15 else "",
                voice.say(rng, pick(rng, WENT_WELL_PERSON)) if rng.random() < 0.6 else "",
            )
        )
        if rng.random() < 0.5:
            self._agree(person, day, pick(rng, owners), way)

    def _agree(self, person: int, day: int, owner: int, way: str) -> None:
        rng, voice = self.rng, self.voices[person]
        what, came_of_it, helped = pick(rng, ACTIONS[way])
        due = day + int(rng.integers(1, 8))
        done = max(day, due + int(rng.integers(-1, 2)))
        done_on = self.first_day + timedelta(days=done)
        # A few are late; nobody is left waiting for weeks.
        late = (self.now.day - done_on).days < 8 and rng.random() < 0.25
        is_done = done_on < self.now.day and not late
        seen = is_done and rng.random() < 0.85
        effect = ("helped" if helped else "no-difference") if seen else "too-early"
        self.actions.append(
            Action(
                len(self.actions),
                self.items[-1].id,
                person,
                voice.say(rng, what),
                owner,
                self.first_day + timedelta(days=due),
                done_on if is_done else None,
                effect if is_done else "",  # type: ignore[arg-type]
                voice.say(rng, came_of_it) if seen else "",
            )
        )
