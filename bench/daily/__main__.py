"""``python -m bench.daily``: one run, one table, the ratios in it."""

from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer

from bench import postgres
from bench.daily import bare, daybook_side, daybook_site, gnuhealth, tables

RESULTS = Path(__file__).parents[1] / "results"
STORED = 100_000
"""Reflections that Daybook already holds when the measurement begins."""


def main(
    seconds: Annotated[float, typer.Option(help="How long each measurement takes.")] = 10,
    clients: Annotated[int, typer.Option(help="Clients at once.")] = 10,
    peer: Annotated[bool, typer.Option(help="Measure GNU Health too.")] = True,
    peer_workers: Annotated[int, typer.Option(help="gunicorn processes.")] = gnuhealth.WORKERS,
    peer_threads: Annotated[int, typer.Option(help="Threads in each.")] = gnuhealth.THREADS,
    save: Annotated[bool, typer.Option(help="Write bench/results/daily.md.")] = True,
) -> None:
    """Save a day's entry: Daybook beside GNU Health and beside bare SQL, in one run."""
    versions: dict[str, str] = {}
    rows: dict[str, tables.Row] = {}

    def add(measured: list[tables.Row]) -> None:
        rows.update({row.what: row for row in measured})

    with postgres.throw_away() as server:
        versions["PostgreSQL"] = server.version()
        versions["daybook"] = metadata.version("daybook")
        environment = daybook_site.fill(server, "daybook", people=600, reflections=STORED)
        with daybook_site.serving(environment) as address:
            target = daybook_site.target(address, wing=1)
            add(daybook_side.measure(target, seconds=seconds, clients=clients))
        add(bare.measure(server, seconds=seconds, clients=clients))
        if peer:
            versions |= gnuhealth.versions()
            add(
                gnuhealth.measure(
                    server,
                    seconds=seconds,
                    clients=clients,
                    workers=peer_workers,
                    threads=peer_threads,
                )
            )
    pairs = [
        (daybook_side.SAVE, gnuhealth.SAVE),
        (daybook_side.SAVE, gnuhealth.CREATE),
        (daybook_side.SAVE, bare.SAVE),
        (daybook_side.BOARD, gnuhealth.LIST),
        (gnuhealth.SAVE, bare.SAVE),
    ]
    tables.report(
        list(rows.values()),
        [tables.Ratio(rows[a], rows[b]) for a, b in pairs if a in rows and b in rows],
        clients=clients,
        seconds=seconds,
        versions=versions,
        on=datetime.now(UTC).date(),
        page=RESULTS / "daily.md" if save else None,
    )


if __name__ == "__main__":
    typer.run(main)
