"""What all questions share: a file, notes on what goes on, errors in a sentence, the answer."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from daybook.signals.errors import SignalsError

BIG_FILE_BYTES = 5_000_000
NONE = "–"

File = Annotated[
    Path, typer.Argument(help="CSV or Parquet file with a header.", exists=True, dir_okay=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@dataclass(frozen=True)
class Talk:
    """Notes to whoever waits; they go to stderr, so that answers stay clean."""

    console: Console
    _progress: Progress
    _task: TaskID

    def doing(self, what: str) -> None:
        self._progress.update(self._task, description=what, completed=None, total=None)

    def read(self, done: int, of: int) -> None:
        self._progress.update(self._task, completed=done, total=of)

    def note(self, what: str) -> None:
        self.console.print(what, style="yellow", markup=False, highlight=False)


@contextmanager
def asking(file: Path) -> Iterator[Talk]:
    """Show progress on big files; tell a named error in one sentence and end with 2."""
    console = Console(stderr=True)
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(),
        console=console, transient=True, disable=file.stat().st_size < BIG_FILE_BYTES,
    ) as progress:  # fmt: skip
        task = progress.add_task("Reading")
        try:
            yield Talk(console, progress, task)
        except SignalsError as error:
            progress.stop()
            told = f"{file.name}: {error}"
            console.print(told, style="red", markup=False, highlight=False)
            raise typer.Exit(2) from None


def print_json(told: object) -> None:
    typer.echo(json.dumps(told, indent=2, allow_nan=False))


def interval(ci: tuple[float, float] | None, digits: int = 3) -> str:
    return f"{ci[0]:.{digits}f} to {ci[1]:.{digits}f}" if ci else NONE
