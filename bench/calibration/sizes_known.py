"""What the same filter and chart would find if every size were known, and the limit were exact.

Nothing is fitted and nothing replayed: the filter gets the sizes that were simulated with, and the
limit is what 5 in 100 of the condition's own unchanged people pass in 120 days. Whatever the
charts find less than this, better fits and limits could find; the rest lies in the ratings.
"""

from dataclasses import replace
from typing import Any

import numpy as np

from daybook.signals import wing
from daybook.signals.arrays import Model, Rules
from daybook.signals.fit import CLIMATE_SHARE
from daybook.signals.ratings import fold
from daybook.signals.simulate import Service, Simulated, simulate

BASELINE, ENTRIES, WITHIN = 30, 10, 30
OTHER_SEEDS = 500


def found(service: Service, services: int) -> tuple[int, int]:
    """How many changed people are found within 30 days, and how many there are."""
    nobody = replace(service, changed=0.0)
    peaks = [_run(simulate(nobody, OTHER_SEEDS + s), service, np.inf)[0] for s in range(services)]
    limit = float(np.quantile(np.concatenate(peaks), 0.95))
    hits = people = 0
    for seed in range(services):
        drawn = simulate(service, seed)
        _, person, day, way = _run(drawn, service, limit)
        soon = (day >= service.change_day) & (day < service.change_day + WITHIN)
        right = soon & (way == np.sign(drawn.shift)[person])
        hits += int(np.unique(person[right]).size)
        people += int(np.count_nonzero(drawn.shift))
    return hits, people


def _run(drawn: Simulated, service: Service, limit: float) -> tuple[Any, Any, Any, Any]:
    """Highest point of each person's chart, and who was named, when and which way."""
    folded = fold(drawn.ratings)
    rows, state = wing.rows_of(folded), wing.blank(folded)
    told = wing.told_of(rows.day.size)
    rules = Rules(BASELINE, ENTRIES, limit, charting=True, telling=True)
    wing.run(
        state, _true(service), rules, rows, 0, rows.day.size, told, np.zeros(rows.day.size)
    )  # fmt: skip
    named = np.flatnonzero(told.alarm)
    return state.people.peak.copy(), rows.person[named], rows.day[named], told.alarm[named]


def _true(service: Service) -> Model:
    assert service.low is not None
    assert service.high is not None
    shocks = service.shocks * 1.5**2
    return Model(
        mean=service.usual,
        person=service.between_people**2,
        mood=service.own_day**2,
        keeps=service.autocorrelation,
        rating=service.rating**2 + shocks,
        rater=service.severity**2,
        drift=service.drift**2,
        weather=service.weather**2,
        climate=CLIMATE_SHARE * service.weather**2,
        low=service.low,
        high=service.high,
    )
