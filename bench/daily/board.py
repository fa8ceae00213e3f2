"""``python -m bench.daily.board``: the board of sixty, while the record grows a hundredfold."""

from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from bench import postgres
from bench.daily import daybook_site, tables
from bench.daily.daybook_side import BOARD, NAME, Officer
from bench.load import Timings

RESULTS = Path(__file__).parents[1] / "results"
SIZES = (100_000, 1_000_000, 10_000_000)
REFLECTIONS_A_PERSON = 200


def main(
    sizes: Annotated[list[int] | None, typer.Option("--size", help="Reflections stored.")] = None,
    rounds: Annotated[int, typer.Option(help="Turns in which every size is read.")] = 40,
    reads: Annotated[int, typer.Option(help="Reads of the page in each turn.")] = 10,
    save: Annotated[bool, typer.Option(help="Write bench/results/board.md.")] = True,
) -> None:
    """Read the board of sixty people with ever more reflections stored; p95 of each size."""
    counts = tuple(sizes or SIZES)
    with ExitStack() as stack:
        server = stack.enter_context(postgres.throw_away())
        readers: dict[int, Officer] = {}
        for count in counts:
            Console().print(f"Filling {count:,} reflections …")
            people = max(60, count // REFLECTIONS_A_PERSON)
            environment = daybook_site.fill(
                server, f"board_{count}", people=people, reflections=count
            )
            address = stack.enter_context(daybook_site.serving(environment))
            target = daybook_site.target(address, wing=1)
            readers[count] = stack.enter_context(closing(Officer(target, "officer1")))
        spent: dict[int, list[float]] = {count: [] for count in counts}
        for reader in readers.values():
            for _ in range(20):
                reader.read_board()
        # In turns, so that a slow moment of the machine falls on every size alike.
        for _ in track(range(rounds), description="Reading in turns"):
            for count, reader in readers.items():
                spent[count] += reader.time_board(reads)
        rows = {
            count: tables.Row(
                NAME, f"{BOARD}, {count:,} stored", Timings(tuple(took), len(took) / sum(took))
            )
            for count, took in spent.items()
        }
        versions = {"PostgreSQL": server.version()}
    first, last = rows[counts[0]], rows[counts[-1]]
    tables.report(
        list(rows.values()),
        [tables.Ratio(last, first)] if len(counts) > 1 else [],
        clients=1,
        seconds=0,
        versions=versions,
        on=datetime.now(UTC).date(),
        page=RESULTS / "board.md" if save else None,
    )
    growth = last.single.p95 / first.single.p95
    Console().print(f"p95 with {counts[-1]:,} stored is {growth:.2f} × that with {counts[0]:,}.")


if __name__ == "__main__":
    typer.run(main)
