"""How often charts name people, and how soon they find a change, told 5 % in 120 days.

Each cell is simulated with several seeds; what is done is kept in `var/bench/calibration.jsonl`,
and a run that was stopped goes on there. `make bench-calibration` runs it.
"""

import json
import os
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.progress import Progress

from bench.calibration import earlier, page
from bench.calibration.cells import CELLS, Cell
from daybook.signals import Alarm, Parameters, change
from daybook.signals.answers import VERSION
from daybook.signals.simulate import simulate

KEPT = Path(__file__).parents[2] / "var" / "bench" / "calibration.jsonl"
FOUND_WITHIN = 30
NICE = 5


def main(
    services: Annotated[int, typer.Option(help="Services a cell.")] = 4,
    wings: Annotated[int, typer.Option(help="Wings of 40 people a service.")] = 10,
    replays: Annotated[int, typer.Option(help="People replayed for a limit.")] = 4000,
    processes: Annotated[int, typer.Option(help="How many cells at a time.")] = 2,
    fresh: Annotated[bool, typer.Option(help="Forget what was done before.")] = False,
) -> None:
    """Run every cell and write `bench/results/calibration.md` and its picture."""
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    if fresh:
        KEPT.unlink(missing_ok=True)
    done = {line["key"]: line for line in _kept()}
    # Seed by seed, so that a run that is stopped has something of every cell.
    cells = [replace(cell, service=replace(cell.service, wings=wings)) for cell in CELLS]
    parameters = Parameters(replays=replays)
    todo = [(cell, seed, parameters) for seed in range(services) for cell in cells]
    left = [each for each in todo if _key(*each) not in done]
    with (
        Progress() as progress,
        ProcessPoolExecutor(processes, initializer=os.nice, initargs=(NICE,)) as pool,
        KEPT.open("a", encoding="utf-8") as file,
    ):
        bar = progress.add_task("services", total=len(todo), completed=len(todo) - len(left))
        for future in as_completed([pool.submit(measure, *each) for each in left]):
            line = future.result()
            done[line["key"]] = line
            file.write(json.dumps(line) + "\n")
            file.flush()
            progress.advance(bar)
    page.write([done[_key(*each)] for each in todo])


def _kept() -> Iterator[dict[str, Any]]:
    if KEPT.exists():
        for line in KEPT.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def _key(cell: Cell, seed: int, parameters: Parameters) -> str:
    """Another service, another method or other parameters make another key."""
    told = json.dumps([asdict(cell.service), seed, VERSION, asdict(parameters)], sort_keys=True)
    return sha256(told.encode()).hexdigest()[:16]


def measure(cell: Cell, seed: int, parameters: Parameters) -> dict[str, Any]:
    """One service through both methods."""
    simulated = simulate(cell.service, seed)
    began = time.process_time()
    found = change(simulated.ratings, parameters)
    cost = time.process_time() - began
    new = {person: list(answer.alarms) for person, answer in found.answers.items()}
    old = earlier.alarms(simulated.ratings)
    sizes = found.method.sizes
    return {
        "key": _key(cell, seed, parameters),
        "cell": cell.name,
        "seed": seed,
        "limit": found.method.limit,
        "sizes": sizes and asdict(sizes),
        "seconds": cost,
        "entries": sum(answer.days.size for answer in found.answers.values()),
        "states": _counted(answer.state.value for answer in found.answers.values()),
        "new": _counts(new, simulated.shift, cell.service.change_day),
        "old": _counts(old, simulated.shift, cell.service.change_day),
    }


def _counted(words: Iterator[str]) -> dict[str, int]:
    names, counts = np.unique(list(words), return_counts=True)
    return {str(name): int(count) for name, count in zip(names, counts, strict=True)}


def _counts(alarms: dict[int, list[Alarm]], shift: Any, change_day: int) -> dict[str, Any]:
    """Unchanged people named; changed people found in time; days until then; named again."""
    unchanged = [p for p in range(len(shift)) if not shift[p]]
    changed = [p for p in range(len(shift)) if shift[p]]
    delays, again = [], 0
    for person in changed:
        hits = [
            index
            for index, alarm in enumerate(alarms.get(person, ()))
            if 0 <= alarm.day - change_day < FOUND_WITHIN
            and alarm.direction == np.sign(shift[person])
        ]
        if hits:
            delays.append(alarms[person][hits[0]].day - change_day)
            again += len(alarms[person]) > hits[0] + 1
    return {
        "unchanged": len(unchanged),
        "named": sum(bool(alarms.get(p)) for p in unchanged),
        "changed": len(changed),
        "found": len(delays),
        "delays": delays,
        "again": again,
    }


if __name__ == "__main__":
    typer.run(main)
