"""A small simulated service, seeded, to show what the charts find and what they make up."""

from dataclasses import dataclass

import numpy as np

from daybook.signals.ratings import Floats, Integers, Ratings


@dataclass(frozen=True)
class Service:
    """What to simulate; standard deviations in rating points, days counted from 1.

    `raters` work on each wing; half of them are replaced on `replacement_day`. A share `share`
    of all entries of a person has his own officer among its raters. `raters_a_day` are the
    ratings of each entry. `drift`: each rater's habit wanders by so much a day. `changed`: share
    of people who move by `change` points on `change_day`, half of them up and half down.
    `wing_shift`: every other wing, `shifted_wings` at most, moves by so much on the same day.
    `low`..`high`: the scale, to which ratings are rounded and clipped; None leaves them as they
    are.

    What the charts' model does not know of: `weekly`, the height of each person's own wave over
    seven days; `stretch`, how raters differ in the share of a person's distance from the middle
    that they write down; `shocks`, the share of entries with a bad or good day of 1.5 points;
    `wander`, how much each level wanders a day; `shy`, how much likelier an entry is missing for
    each point below the usual.
    """

    wings: int = 3
    people: int = 40
    days: int = 150
    raters: int = 8
    raters_a_day: int = 2
    missing: float = 0.15
    usual: float = 3.0
    between_people: float = 0.5
    own_day: float = 0.6
    autocorrelation: float = 0.3
    severity: float = 0.6
    drift: float = 0.0
    weather: float = 0.4
    rating: float = 0.5
    share: float = 0.0
    replacement_day: int | None = 100
    changed: float = 0.0
    change: float = 1.0
    change_day: int = 90
    wing_shift: float = 0.0
    shifted_wings: int | None = None
    weekly: float = 0.0
    stretch: float = 0.0
    shocks: float = 0.0
    wander: float = 0.0
    shy: float = 0.0
    low: float | None = 1.0
    high: float | None = 5.0


ROW_5 = Service(
    wings=10,
    days=180,
    raters_a_day=1,
    own_day=0.65,
    rating=0.25,
    shocks=0.02,
    wing_shift=0.7,
    shifted_wings=3,
)
"""Ten wings of forty, half the raters replaced on day 100, real shifts in three wings."""


@dataclass(frozen=True, eq=False)
class Simulated:
    """`ratings` of everybody and `shift`, each person's planted change, shape (people,)."""

    ratings: Ratings
    shift: Floats


def simulate(service: Service, seed: int, planted: Floats | None = None) -> Simulated:
    """Draw one service. The same service and seed give the same bits.

    `planted`: each person's change, shape (people,), in place of a drawn one; another channel of
    the same people.
    """
    random = np.random.default_rng(seed)
    everybody = service.wings * service.people
    wing = np.repeat(np.arange(service.wings), service.people)

    shift = np.zeros(everybody)
    changing = random.permutation(everybody)[: round(service.changed * everybody)]
    shift[changing] = np.where(np.arange(changing.size) % 2 == 0, 1, -1) * service.change
    if planted is not None:
        shift = planted.copy()

    level = service.usual + service.between_people * random.standard_normal(everybody)
    own = service.own_day * random.standard_normal(everybody)
    habits = service.severity * random.standard_normal((service.wings, 2 * service.raters))
    own_officer = random.integers(0, service.raters, everybody)
    moves = np.arange(service.wings) % 2 == 0
    moves &= np.cumsum(moves) <= (service.shifted_wings or service.wings)
    phase = 2 * np.pi * random.random(everybody) if service.weekly else np.zeros(everybody)
    slope = np.ones(habits.shape)
    if service.stretch:
        slope += service.stretch * random.standard_normal(habits.shape)
    columns: list[tuple[Integers, Integers, Integers, Integers, Floats]] = []
    for day in range(1, service.days + 1):
        moved = day >= service.change_day
        innovation = np.sqrt(1 - service.autocorrelation**2) * service.own_day
        own = service.autocorrelation * own + innovation * random.standard_normal(everybody)
        habits += service.drift * random.standard_normal(habits.shape)
        weather = service.weather * random.standard_normal(service.wings)
        weather[moves] += service.wing_shift * moved
        if service.wander:
            level = level + service.wander * random.standard_normal(everybody)
        person_day = level + own + shift * moved
        if service.weekly:
            person_day = person_day + service.weekly * np.sin(2 * np.pi * day / 7 + phase)
        if service.shocks:
            struck = random.random(everybody) < service.shocks
            person_day = person_day + struck * 1.5 * random.choice((-1, 1), everybody)

        missing = service.missing * (1 + service.shy * np.maximum(0, level - person_day))
        seen = np.flatnonzero(random.random(everybody) >= missing)
        chosen = random.random((seen.size, service.raters)).argsort(axis=1)
        rater = chosen[:, : service.raters_a_day]
        with_own = random.random(seen.size) < service.share
        elsewhere = (rater != own_officer[seen, None]).all(axis=1)
        rater[:, 0] = np.where(with_own & elsewhere, own_officer[seen], rater[:, 0])
        if service.replacement_day is not None and day >= service.replacement_day:
            rater = np.where(rater < service.raters // 2, rater + service.raters, rater)

        person = np.repeat(seen, rater.shape[1])
        unit, rater = wing[person], rater.ravel()
        noise = service.rating * random.standard_normal(person.size)
        own_part = service.usual + slope[unit, rater] * (person_day[person] - service.usual)
        value = own_part + weather[unit] + habits[unit, rater] + noise
        columns.append(
            (person, unit * 2 * service.raters + rater, unit, np.full(person.size, day), value)
        )
    person, rater, unit, on, value = (np.concatenate(c) for c in zip(*columns, strict=True))
    if service.low is not None and service.high is not None:
        value = np.clip(np.rint(value), service.low, service.high)
    return Simulated(Ratings(value=value, day=on, person=person, rater=rater, unit=unit), shift)
