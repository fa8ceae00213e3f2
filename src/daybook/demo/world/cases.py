"""Concern as a case: why, on what legal basis, who works it, when it is looked at again."""

from datetime import date, timedelta

import numpy as np

from daybook.demo.world.chance import pick, pick_some, stream
from daybook.demo.world.knowing import OfficersOf
from daybook.demo.world.places import UNITS
from daybook.demo.world.shapes import Case, Post
from daybook.demo.world.words_team import CASE_CLOSED, CASES


def open_cases(
    seed: int,
    now_on: dict[int, int],
    posts: tuple[Post, ...],
    officers: OfficersOf,
    first_day: date,
    until: date,
) -> tuple[Case, ...]:
    """About one person in twenty. `now_on`: the unit of everyone now held.

    A few are closed, one is overdue for review: a service has those too.
    """
    rng = stream(seed, "cases")
    count = max(2, round(len(now_on) / 15))
    span = (until - first_day).days
    cases: list[Case] = []
    for n, person in enumerate(sorted(pick_some(rng, sorted(now_on), count))):
        lead, team = _team(rng, UNITS[now_on[person]].establishment, posts)
        opened_for, basis = CASES[n % len(CASES)]
        closed = None
        opened = first_day + timedelta(days=int(rng.integers(span // 4, span - 3)))
        review = opened + timedelta(days=28)
        while review < until - timedelta(days=2):
            review += timedelta(days=28)
        ends = max(review, opened + timedelta(days=182))
        if n % 4 == 3:
            opened = first_day + timedelta(days=int(rng.integers(0, span // 2)))
            closed = opened + timedelta(days=int(rng.integers(20, max(21, span // 2))))
            review, ends = closed, max(closed, opened + timedelta(days=120))
        elif n == 4:
            review = until - timedelta(days=3)
        team = tuple(dict.fromkeys((lead, *team, *officers.on(person, max(opened, first_day)))))
        reason = pick(rng, CASE_CLOSED) if closed else ""
        cases.append(
            Case(
                n,
                person,
                opened_for,
                basis,
                lead,
                team,
                opened,
                review,
                ends,
                closed,
                lead if closed else None,
                reason,
            )
        )
    return tuple(cases)


def _team(
    rng: np.random.Generator, establishment: int, posts: tuple[Post, ...]
) -> tuple[int, tuple[int, ...]]:
    """The case lead, then a psychologist and a probation officer."""

    def holding(role: str) -> list[int]:
        fits = (None, establishment)
        return [p.staff for p in posts if p.role == role and p.establishment in fits]

    lead = pick(rng, holding("case-lead"))
    return lead, (pick(rng, holding("psychologist")), pick(rng, holding("probation-officer")))
