"""How often charts name people, and how soon they find a change, told 5 % in 120 days.

What is done is kept in `var/bench/calibration.jsonl`, and a run that was stopped goes on there.
`make bench-calibration` runs it.
"""

import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

from bench.calibration import ask, oracle, page, picture, real, sizes_known
from bench.calibration.cells import CELLS, CHANGING, Cell
from daybook.signals import Parameters
from daybook.signals.answers import VERSION

KEPT = Path(__file__).parents[2] / "var" / "bench" / "calibration.jsonl"
NICE = 5
OF_AN_ORACLE = 3000


@dataclass(frozen=True)
class Job:
    """Something to measure, and the key under which its answer is kept."""

    key: str
    ask: Callable[..., Any]
    given: tuple[Any, ...]


def main(
    people: Annotated[int, typer.Option(help="Unchanged people a condition, at least.")] = 1600,
    wings: Annotated[int, typer.Option(help="Wings of 40 people a service.")] = 10,
    replays: Annotated[int, typer.Option(help="People replayed for a limit.")] = 4000,
    processes: Annotated[int, typer.Option(help="How many services at a time.")] = 2,
    fresh: Annotated[bool, typer.Option(help="Forget what was done before.")] = False,
    only: Annotated[str, typer.Option(help="Conditions whose names hold this.")] = "",
) -> None:
    """Run every condition and write `bench/results/calibration.md` and its picture."""
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    if fresh:
        KEPT.unlink(missing_ok=True)
    done = {line["key"]: line["told"] for line in _kept()}
    parameters = Parameters(replays=replays)
    cells = [_sized(cell, wings) for cell in CELLS if only in cell.name]
    if not real.here():
        cells = [cell for cell in cells if not cell.real]
    jobs = _jobs(cells, people, parameters)
    left = [job for job in jobs if job.key not in done]
    bar_of = (*Progress.get_default_columns()[:-1], MofNCompleteColumn(), TimeRemainingColumn())
    with (
        Progress(*bar_of) as progress,
        ProcessPoolExecutor(processes, initializer=os.nice, initargs=(NICE,)) as pool,
        KEPT.open("a", encoding="utf-8") as file,
    ):
        bar = progress.add_task("services", total=len(jobs), completed=len(jobs) - len(left))
        asked = {pool.submit(job.ask, *job.given): job for job in left}
        for future in as_completed(asked):
            job = asked[future]
            done[job.key] = future.result()
            file.write(json.dumps({"key": job.key, "told": done[job.key]}) + "\n")
            file.flush()
            progress.advance(bar)
    lines = [done[job.key] for job in jobs]
    page.write(cells, lines)
    picture.write(cells, lines)


def _sized(cell: Cell, wings: int) -> Cell:
    """A condition of small services keeps its own size."""
    usual = cell.service.wings == 10
    return replace(cell, service=replace(cell.service, wings=wings)) if usual else cell


def _jobs(cells: list[Cell], people: int, parameters: Parameters) -> list[Job]:
    """Seed by seed, so that a run that is stopped has something of every condition."""
    services = {cell: _services(cell, people) for cell in cells}
    jobs = [
        Job(ask.key(cell, seed, parameters), ask.measure, (cell, seed, parameters))
        for seed in range(max(services.values(), default=0))
        for cell in cells
        if seed < services[cell]
    ]
    for cell in cells:
        if cell.channels == 1 and not cell.plain and cell.baseline_days == ask.USUAL_BASELINE:
            for seed in range(services[cell]):
                jobs.append(Job(_told("textbook", seed, cell), ask.beside, (cell, seed)))
    changing = {cell.name for cell in CHANGING}
    for cell in cells:
        if cell.name in changing:
            for what, size in (("everything", OF_AN_ORACLE), ("sizes", services[cell])):
                jobs.append(Job(_told(what, size, cell), known, (what, cell, size)))
    return jobs


def _told(*said: Any) -> str:
    """A key for what is asked with these."""
    *what, cell = said
    told = json.dumps([*what, VERSION, asdict(cell)], sort_keys=True)
    return sha256(told.encode()).hexdigest()[:16]


def _services(cell: Cell, people: int) -> int:
    unchanged = round(cell.service.wings * cell.service.people * (1 - cell.service.changed))
    return -(-people // unchanged)


def known(what: str, cell: Cell, size: int) -> dict[str, Any]:
    """What whoever knows more than the charts can would find."""
    asked = {"everything": oracle.found, "sizes": sizes_known.found}[what]
    hits, of = asked(cell.service, size)
    return {"cell": cell.name, "known": what, "found": hits, "changed": of}


def _kept() -> Iterator[dict[str, Any]]:
    if KEPT.exists():
        for line in KEPT.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


if __name__ == "__main__":
    typer.run(main)
