"""Who the people are, and their legal status through time."""

from datetime import date, timedelta

import numpy as np

from daybook.demo.world.chance import pick, stream
from daybook.demo.world.names import deal_languages, deal_names
from daybook.demo.world.shapes import (
    IdentityNumber,
    KeyDate,
    LegalStatus,
    Person,
    StatusPeriod,
)
from daybook.demo.world.stays import Course


def make_people(
    seed: int, women: list[bool], until: date
) -> tuple[tuple[Person, ...], tuple[IdentityNumber, ...], tuple[str, ...]]:
    """People, their numbers, and the name bank of each (for `Truth` alone)."""
    naming = stream(seed, "people's names")
    names, banks = deal_names(naming, women)
    # Age and pronoun have a stream of their own: no name can shift them.
    rng = stream(seed, "people")
    people = []
    for id, ((given, family, preferred), bank, woman) in enumerate(
        zip(names, banks, women, strict=True)
    ):
        languages, interpreter = deal_languages(naming, bank)
        pronoun = "they" if rng.random() < 0.05 else ("she" if woman else "he")
        age_days = int(rng.triangular(19, 31, 68) * 365.25)
        people.append(
            Person(
                id,
                given,
                family,
                preferred,
                pronoun,  # type: ignore[arg-type]
                until - timedelta(days=age_days),
                languages,
                interpreter,
            )
        )
    return (
        tuple(people),
        _numbers(stream(seed, "numbers"), len(people)),
        tuple(bank.key for bank in banks),
    )


def _numbers(rng: np.random.Generator, count: int) -> tuple[IdentityNumber, ...]:
    """Everyone has a prison number; six in ten are known to probation too."""
    numbers = []
    prison = rng.choice(900_000, count, replace=False) + 100_000
    probation = rng.choice(90_000, count, replace=False) + 10_000
    for person in range(count):
        numbers.append(IdentityNumber(person, "prison", f"P{prison[person]:06d}"))
        if rng.random() < 0.6:
            letter = "ABCDEFGHKLMN"[int(rng.integers(12))]
            numbers.append(IdentityNumber(person, "probation", f"{probation[person]:05d}{letter}"))
    return tuple(numbers)


def legal_history(
    seed: int, courses: tuple[Course, ...], first_day: date, days: int
) -> tuple[tuple[StatusPeriod, ...], tuple[KeyDate, ...]]:
    rng = stream(seed, "legal status")
    periods: list[StatusPeriod] = []
    dates: list[KeyDate] = []
    for person, course in enumerate(courses):
        steps = _status_steps(rng, course, days)
        for (status, start), after in zip(steps, [*steps[1:], None], strict=True):
            end = first_day + timedelta(days=after[1] - 1) if after else None
            periods.append(StatusPeriod(person, status, first_day + timedelta(days=start), end))
        dates += _key_dates(rng, person, course, steps, first_day, days)
    return tuple(periods), tuple(dates)


def _status_steps(
    rng: np.random.Generator, course: Course, days: int
) -> list[tuple[LegalStatus, int]]:
    """(status, day it began) in order; days may lie before the first day."""
    after: LegalStatus
    if course.admitted is None:
        after = "conditional-release" if rng.random() < 0.6 else "probation"
        steps: list[tuple[LegalStatus, int]] = [(after, -int(rng.integers(20, 300)))]
        if rng.random() < 0.12:
            steps.append(("ended", int(rng.integers(days // 2, days))))
        return steps
    arrived_lately = course.admitted > -90
    on_remand = rng.random() < (0.6 if arrived_lately else 0.12)
    steps = [("remand" if on_remand else "sentenced", course.admitted)]
    last = course.released if course.released is not None else days
    # Sentencing falls inside the time held, or is still to come.
    sentenced_on = int(rng.integers(max(course.admitted, 0) + 1, days + 60))
    if on_remand and sentenced_on < last:
        steps.append(("sentenced", sentenced_on))
    if course.released is not None:
        draw = rng.random()
        if steps[-1][0] == "remand" or draw < 0.2:
            after = "ended"
        else:
            after = "conditional-release" if draw < 0.8 else "probation"
        steps.append((after, course.released))
    return steps


def _key_dates(
    rng: np.random.Generator,
    person: int,
    course: Course,
    steps: list[tuple[LegalStatus, int]],
    first_day: date,
    days: int,
) -> list[KeyDate]:
    def on(kind: str, day: int) -> KeyDate:
        return KeyDate(person, kind, first_day + timedelta(days=day))  # type: ignore[arg-type]

    found = []
    status, since = steps[-1]
    for step, start in steps:
        if step == "sentenced":
            found.append(on("sentence-began", start))
    if course.released is not None:
        found.append(on("release", course.released))
    if status == "remand":
        found.append(on("hearing", days + int(rng.integers(2, 30))))
    elif status == "sentenced":
        leaves = course.expected if course.expected is not None else days + 1000
        found.append(on("earliest-release", leaves))
    elif status in ("conditional-release", "probation"):
        found.append(on("supervision-ends", max(since, days) + pick(rng, (90, 180, 270, 360))))
    return found
