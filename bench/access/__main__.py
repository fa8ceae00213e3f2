"""``python -m bench.access``: one run, narrow and broad staff, a small service and a large one."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from bench import postgres
from bench.daily import daybook_site, tables
from bench.load import Timings

RESULTS = Path(__file__).parents[1] / "results"
SIZES = (100_000, 10_000_000)
REFLECTIONS_A_PERSON = 200
OFFICER, MANAGER, INSPECTOR = 1001, 1_000_001, 1_000_002

# Beside ten officers a wing: who answers for a prison, and who inspects the whole service.
BROAD = """
insert into staff_staff (id, key, username, password, given_name, family_name, post, language,
                         is_active, email) overriding system value
select id, gen_random_uuid(), 'broad' || id, '!', 'Alex', 'Broad', '', '', true, ''
  from unnest(array[1000001, 1000002]) id;
insert into access_assignment (staff_id, role, establishment_id, since)
values (1000001, 'duty-manager', 1, now() - interval '300 days'),
       (1000002, 'oversight', null, now() - interval '300 days');
"""


@dataclass(frozen=True)
class Step:
    """Something somebody does a hundred times a day."""

    words: str
    what: str
    staff: int
    allowed: float
    """How much of the unscoped time it may take."""


STEPS = (
    Step("board, an officer of the wing", "read", OFFICER, 1.25),
    Step("board, a duty manager of the prison", "read", MANAGER, 1.25),
    Step("board, the oversight body of the service", "read", INSPECTOR, 1.25),
    Step("save, an officer of the wing", "save", OFFICER, 1.15),
    Step("save, a duty manager of the prison", "save", MANAGER, 1.15),
)


class Side:
    """A process that reads and saves when asked, and says how long each took."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.access.side"],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def spend(self, step: Step, times: int) -> list[float]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(step.what, step.staff, times, file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{step.words} ended the run; what it said stands above.")
        return list(json.loads(answer))

    def end(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(20)


def main(
    sizes: Annotated[list[int] | None, typer.Option("--size", help="Reflections stored.")] = None,
    rounds: Annotated[int, typer.Option(help="Turns in which both sides do everything.")] = 40,
    save: Annotated[bool, typer.Option(help="Write bench/results/access.md.")] = True,
) -> None:
    """Read the board and save, walled and with no scoping at all, in turns."""
    counts = tuple(sizes or SIZES)
    lines: list[tuple[str, ...]] = []
    first: dict[Step, float] = {}
    with postgres.throw_away() as server:
        for count in counts:
            Console().print(f"Filling {count:,} reflections …")
            people = max(600, count // REFLECTIONS_A_PERSON)
            environment = daybook_site.fill(
                server, f"access_{count}", people=people, reflections=count
            )
            server.run("psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", f"access_{count}", "-c", BROAD)
            for step, walled, bare in _measured(environment, rounds):
                p50 = first.setdefault(step, walled.p50)
                lines.append(
                    (
                        f"{count:,}", step.words, f"{walled.p50:.1f}", f"{bare.p50:.1f}",
                        f"{walled.p50 / bare.p50:.2f} ×", f"{step.allowed:.2f} ×",
                        f"{walled.p50 / p50:.2f} ×",
                    )
                )  # fmt: skip
        version = server.version()
    headings = (
        "Reflections", "step", "walled, p50 ms", "no scoping, p50 ms", "price", "at most",
        f"beside {counts[0]:,}",
    )  # fmt: skip
    setting = (
        f"{datetime.now(UTC).date()}, {tables.machine()}, PostgreSQL {version}; {rounds * 10} of "
        "each, ten walled and ten open in turns, in process, from begin to commit."
    )
    console = Console()
    tables.show(console, headings, lines)
    console.print(setting)
    if save:
        page = "\n\n".join(["# The price of two walls", setting, tables.markdown(headings, lines)])
        (RESULTS / "access.md").write_text(page + "\n")


def _measured(environment: dict[str, str], rounds: int) -> Iterator[tuple[Step, Timings, Timings]]:
    with _sides(environment) as (walled, bare):
        spent: dict[tuple[Step, bool], list[float]] = {}
        for step in STEPS:
            walled.spend(step, 20)
            bare.spend(step, 20)
        for _ in track(range(rounds), description="In turns"):
            for step in STEPS:
                spent.setdefault((step, True), []).extend(walled.spend(step, 10))
                spent.setdefault((step, False), []).extend(bare.spend(step, 10))
    for step in STEPS:
        yield (
            step,
            *(
                Timings(tuple(took), 1000 * len(took) / sum(took))
                for took in (spent[step, True], spent[step, False])
            ),
        )


@contextmanager
def _sides(environment: dict[str, str]) -> Iterator[tuple[Side, Side]]:
    with ExitStack() as both:
        alike = environment | {"DAYBOOK_NO_POOL": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
        walled, bare = Side(alike | {"DAYBOOK_AS": "app"}), Side(alike | {"DAYBOOK_AS": "owner"})
        both.callback(walled.end)
        both.callback(bare.end)
        yield walled, bare


if __name__ == "__main__":
    typer.run(main)
