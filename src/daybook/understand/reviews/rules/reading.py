"""Asking the record of one channel what it can say of one person: ratings in, answers out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol

from daybook.observe.reflections.vocabulary import Setting
from daybook.signals import SignalsError
from daybook.signals.errors import NoVariation
from daybook.signals.record import (
    Beside,
    Found,
    Own,
    Steps,
    Written,
    apart,
    before_dates,
    beside,
    observers_apart,
    settings_apart,
)

from ..vocabulary import Asked, Silent

STEPS = Steps(1, 5)
FEWEST = 10
"""Ratings of the person on a channel before anything is asked of it."""
DRAWS_OF_OTHERS = 99
"""Of everybody else only the value is shown, which needs no chance beside it."""
_CODES = {setting: code for code, setting in enumerate([*Setting.values, ""])}


class Test(Protocol):
    def __call__(self, own: Own, /, *, draws: int = ...) -> Found | None: ...


@dataclass(frozen=True, slots=True)
class Rated:
    """One rating, as the record holds it."""

    person: int
    rater: int
    unit: int
    day: date
    step: int
    setting: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One question and its answer: what was found, beside the wing, or why nothing is said."""

    asked: Asked
    setting: str
    silent: str = ""
    found: Found | None = None
    wing: Beside | None = None


def readings(rated: Sequence[Rated], person: int, dates: Sequence[date]) -> list[Reading]:
    """Ask the ratings of a wing on one channel everything there is to ask about one person."""
    if sum(each.person == person for each in rated) < FEWEST:
        return list(_silent(Silent.TOO_LITTLE))
    try:
        taken = apart(_written(rated), STEPS)
        own = taken.of(person)
    except NoVariation:
        return list(_silent(Silent.FLAT))
    except SignalsError:
        return list(_silent(Silent.NOT_SEPARABLE))
    others = taken.others(person)
    answers = []
    for asked, setting, test in _questions([on.toordinal() for on in dates]):
        found = test(own)
        if found is None:
            answers.append(Reading(asked, setting, Silent.TOO_LITTLE))
        else:
            wing = beside(others, partial(test, draws=DRAWS_OF_OTHERS))
            answers.append(Reading(asked, setting, found=found, wing=wing))
    return answers


def _written(rated: Sequence[Rated]) -> Written:
    return Written.of(
        value=[each.step for each in rated],
        day=[each.day.toordinal() for each in rated],
        person=[each.person for each in rated],
        rater=[each.rater for each in rated],
        unit=[each.unit for each in rated],
        setting=[_CODES[each.setting] for each in rated],
    )


def _questions(days: Sequence[int]) -> Iterator[tuple[Asked, str, Test]]:
    wing = _CODES[Setting.WING]
    for setting in Setting.values:
        if setting != Setting.WING:
            test = partial(settings_apart, first=_CODES[setting], second=wing)
            yield Asked.SETTINGS, setting, test
    yield Asked.OBSERVERS, "", observers_apart
    # Others of the wing are asked about the same days: their own dates are their own affair.
    yield Asked.BEFORE, "", partial(before_dates, dates=days)


def _silent(because: Silent) -> Iterator[Reading]:
    for asked, setting, _test in _questions([]):
        yield Reading(asked, setting, because)
