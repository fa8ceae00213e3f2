"""Do the tests of a daily record keep their word? Told 5 in 100, and nineteen intervals of twenty.

`.venv/bin/python -m bench.review.record` writes `bench/results/record.md`.
"""

import os
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Annotated, NamedTuple

import numpy as np
import typer

from bench.review.cells import NOTHING, SOMETHING
from daybook.signals import SignalsError
from daybook.signals.estimates import share
from daybook.signals.record import Steps, apart, before_dates, observers_apart, settings_apart
from daybook.signals.record.invented import WING, Wing, invent

RESULTS = Path(__file__).parents[1] / "results" / "record.md"
TESTS = ("settings", "observers", "before")
TITLE = """# What the tests of a daily record say where nothing is, and what they find

Made by `python -m bench.review.record`. Invented wings of forty people and twelve raters over 180
days (`signals/record/invented.py`), in whole steps from 1 to 5; each person is asked with 999
shifts. *Below 5*: of 100 people of whom nothing is true, how many read "chance alone would show as
much in fewer than 5 of 100". *Held*: of 100 intervals, how many hold the truth. In brackets what
chance leaves open, at 95 %.
"""


class Told(NamedTuple):
    """One person asked one test: `by_chance`, and whether the interval holds the truth."""

    test: str
    by_chance: float
    holds: bool


def asked(wing: Wing, seed: int) -> list[Told]:
    """Everybody in one wing; where something is planted, only those in whom it is."""
    invented = invent(wing, seed)
    found = apart(invented.written, Steps(1, 5))
    planted = bool(wing.apart or wing.observers or wing.before)
    told = []
    for person in np.flatnonzero(wing.differing) if planted else range(wing.people):
        try:
            own = found.of(int(person))
            answers = (
                settings_apart(own, int(invented.workplace[person]), WING),
                observers_apart(own),
                before_dates(own, invented.dates[person].tolist()),
            )
        except SignalsError:
            continue
        truths = (wing.apart, wing.observers, wing.before)
        for test, truth, said in zip(TESTS, truths, answers, strict=True):
            if said is not None:
                holds = said.low <= truth <= said.high
                told.append(Told(test, said.by_chance, holds))
    return told


def main(
    people: Annotated[int, typer.Option(help="Of whom nothing is true, a condition.")] = 600,
    planted: Annotated[int, typer.Option(help="In whom something is, a condition.")] = 150,
    processes: Annotated[int, typer.Option(help="How many wings at a time.")] = 1,
    only: Annotated[str, typer.Option(help="Conditions whose names hold this.")] = "",
) -> None:
    lines = [TITLE, "## Nothing to find", "", _head("condition"), "|---|---|---|---|---|---|---|"]
    with ProcessPoolExecutor(processes, initializer=os.nice, initargs=(5,)) as pool:
        for at, (name, wing) in enumerate(NOTHING.items()):
            if only in name:
                seeds = range(1000 * at, 1000 * at + -(-people // wing.people))
                lines.append(f"| {name} | {_row(pool, wing, seeds, TESTS)} |")
                print(lines[-1], flush=True)
        lines += ["", "## Something to find", "", "| what | below 5 | held |", "|---|---|---|"]
        for name, (test, wing) in SOMETHING.items():
            if only in name:
                seeds = range(-(-planted // int(wing.differing.sum())))
                lines.append(f"| {name} | {_row(pool, wing, seeds, (test,))} |")
                print(lines[-1], flush=True)
    if not only:
        RESULTS.write_text("\n".join(lines) + "\n")


def _head(first: str) -> str:
    return f"| {first} | " + " | ".join(f"{test}: below 5 | held" for test in TESTS) + " |"


def _row(pool: ProcessPoolExecutor, wing: Wing, seeds: range, tests: tuple[str, ...]) -> str:
    told: dict[str, list[Told]] = defaultdict(list)
    for each in pool.map(asked, [wing] * len(seeds), seeds):
        for said in each:
            told[said.test].append(said)
    cells = []
    for test in tests:
        cells.append(_share([each.by_chance < 5 for each in told[test]]))
        cells.append(_share([each.holds for each in told[test]]))
    return " | ".join(cells)


def _share(hits: list[bool]) -> str:
    found = share(sum(hits), len(hits))
    if found.value is None or found.ci is None:
        return "–"
    low, high = (100 * each for each in found.ci)
    return f"{100 * found.value:.1f} ({low:.1f}–{high:.1f})"


if __name__ == "__main__":
    typer.run(main)
