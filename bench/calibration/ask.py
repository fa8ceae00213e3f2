"""What the charts and the first method say of one simulated service, counted."""

import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from json import dumps
from typing import Any

import numpy as np

from bench.calibration import earlier, real, textbook
from bench.calibration.cells import Cell
from daybook.signals import Alarm, Parameters, Ratings, change
from daybook.signals.answers import VERSION
from daybook.signals.simulate import Simulated, simulate

FOUND_WITHIN = 30
CHANNEL_SEEDS = 1_000
USUAL_BASELINE = 30

Alarms = dict[int, list[Alarm]]


@dataclass(frozen=True)
class Asked:
    """What was said, and what it took."""

    alarms: Alarms
    limit: float | None
    seconds: float
    entries: int


def key(cell: Cell, seed: int, parameters: Parameters) -> str:
    """Another service, another method or other parameters make another key."""
    told = dumps([asdict(cell), seed, VERSION, asdict(parameters)], sort_keys=True)
    return sha256(told.encode()).hexdigest()[:16]


def measure(cell: Cell, seed: int, parameters: Parameters) -> dict[str, Any]:
    """One service through both methods."""
    parameters = replace(parameters, baseline_days=cell.baseline_days)
    if cell.channels > 1:
        # Each chart keeps a fifth of the promise, so that all together keep it.
        parameters = replace(parameters, promise=parameters.promise / cell.channels)
    drawn = _drawn(cell, seed)
    asked = [_ask(each.ratings, parameters) for each in drawn]
    first = drawn[0]
    old = None
    if cell.channels == 1 and not cell.plain and cell.baseline_days == USUAL_BASELINE:
        old = _counts([earlier.alarms(first.ratings)], first.shift, cell.service.change_day)
    return {
        "cell": cell.name,
        "seed": seed,
        "limit": asked[0].limit,
        "seconds": sum(each.seconds for each in asked),
        "entries": sum(each.entries for each in asked),
        "new": _counts([each.alarms for each in asked], first.shift, cell.service.change_day),
        "old": old,
    }


def beside(cell: Cell, seed: int) -> dict[str, Any]:
    """The textbooks' chart on the same service."""
    drawn = _drawn(cell, seed)[0]
    counts = _counts([textbook.alarms(drawn.ratings)], drawn.shift, cell.service.change_day)
    return {"cell": cell.name, "seed": seed, "textbook": counts}


def _drawn(cell: Cell, seed: int) -> list[Simulated]:
    """The service, once for each channel of its people."""
    if cell.real:
        return [real.simulate(cell.service, seed)]
    first = simulate(cell.service, seed)
    more = [
        simulate(
            cell.service,
            CHANNEL_SEEDS * channel + seed,
            first.shift * (channel < cell.moving),
        )
        for channel in range(1, cell.channels)
    ]
    if not cell.plain:
        return [first, *more]
    kept = {name: getattr(first.ratings, name) for name in ("value", "day", "person")}
    return [Simulated(Ratings(**kept), first.shift)]


def _ask(ratings: Ratings, parameters: Parameters) -> Asked:
    began = time.process_time()
    found = change(ratings, parameters)
    return Asked(
        {person: list(answer.alarms) for person, answer in found.answers.items()},
        found.method.limit,
        time.process_time() - began,
        sum(answer.days.size for answer in found.answers.values()),
    )


def _counts(channels: list[Alarms], shift: Any, change_day: int) -> dict[str, Any]:
    """Unchanged people named; changed people found in time; days until then; named again."""
    unchanged = [p for p in range(len(shift)) if not shift[p]]
    changed = [p for p in range(len(shift)) if shift[p]]
    delays, again = [], 0
    for person in changed:
        hits = [
            (alarm.day - change_day, index, len(alarms.get(person, ())))
            for alarms in channels
            for index, alarm in enumerate(alarms.get(person, ()))
            if 0 <= alarm.day - change_day < FOUND_WITHIN
            and alarm.direction == np.sign(shift[person])
        ]
        if hits:
            delay, index, alarms_of_it = min(hits)
            delays.append(delay)
            again += alarms_of_it > index + 1
    return {
        "unchanged": len(unchanged),
        "named": sum(_any(alarms.get(p) for alarms in channels) for p in unchanged),
        "changed": len(changed),
        "found": len(delays),
        "delays": delays,
        "again": again,
    }


def _any(alarms: Iterable[list[Alarm] | None]) -> bool:
    return any(bool(each) for each in alarms)
