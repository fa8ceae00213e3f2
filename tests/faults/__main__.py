"""``python -m tests.faults``: two hundred kills under load, counted and written down."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from .kills import OFFICERS, Counted, kill_and_count
from .service import Fault, running
from .writing import Written

RESULTS = Path(__file__).parents[2] / "bench" / "results" / "faults.md"


def main(
    times: Annotated[int, typer.Option(min=len(Fault), help="How many kills.")] = 200,
    seed: Annotated[int, typer.Option(help="Draws which, and when.")] = 1,
    save: Annotated[bool, typer.Option(help="Write bench/results/faults.md.")] = True,
) -> None:
    """Kill parts of a service while officers write, and count what was lost or half written."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with running() as service, Progress(*columns, TimeRemainingColumn()) as progress:
        task = progress.add_task("Killing", total=times)

        def told(done: int, written: Written) -> None:
            progress.update(task, completed=done, description=f"{len(written)} entries, kills")

        counted = kill_and_count(service, times, seed=seed, told=told)
    page = in_words(counted, seed=seed)
    print(page)  # noqa: T201
    if save:
        RESULTS.write_text(page)
    if counted.lost or counted.half_written:
        raise typer.Exit(1)


def in_words(counted: Counted, *, seed: int) -> str:
    kills = "\n".join(f"| {fault} | {counted.faults[fault]} |" for fault in Fault)
    return f"""# Kills under load

`make faults`, {datetime.now(UTC).date()}, seed {seed}. {OFFICERS} officers write without a
pause; a part is killed with a signal it can't catch, at a moment drawn by chance, and started
again; officers press again where no answer came.

| what was killed | times |
|---|--:|
{kills}

| | |
|---|--:|
| entries answered for as saved | {counted.acknowledged} |
| pressed again, no answer having come | {counted.pressed_again} |
| **answered for and not there** | **{counted.lost}** |
| **half written** | **{counted.half_written}** |
"""


if __name__ == "__main__":
    typer.run(main)
