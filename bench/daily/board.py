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
from bench.daily.daybook_side import Officer
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
        version = server.version()
    timings = {count: Timings(tuple(took), len(took) / sum(took)) for count, took in spent.items()}
    first = timings[counts[0]]
    headings = ("Reflections stored", "p50 ms", "p95 ms", f"p95 beside {counts[0]:,}")
    lines = [
        (f"{count:,}", f"{t.p50:.1f}", f"{t.p95:.1f}", f"{t.p95 / first.p95:.2f} ×")
        for count, t in timings.items()
    ]
    setting = (
        f"{datetime.now(UTC).date().isoformat()}, {tables.machine()}, PostgreSQL {version}; "
        f"{rounds * reads} reads of the whole page at each size, in turns."
    )
    console = Console()
    tables.show(console, headings, lines)
    console.print(setting)
    if save:
        parts = ["# The wing board while the record grows", setting]
        page = "\n\n".join([*parts, tables.markdown(headings, lines)])
        (RESULTS / "board.md").write_text(page + "\n")


if __name__ == "__main__":
    typer.run(main)
