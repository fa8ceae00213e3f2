"""``python -m bench.daily``: one run, one table, the ratios in it."""

from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer
import yaml

from bench import postgres
from bench.daily import bare, daybook_side, gnuhealth, tables

RESULTS = Path(__file__).parents[1] / "results"


def main(
    daybook: Annotated[
        Path | None,
        typer.Option(
            help="YAML file that says where Daybook runs and what to fill in: see README."
        ),
    ] = None,
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

    if daybook is not None:
        try:
            target = daybook_side.Target(**yaml.safe_load(daybook.read_text()))
        except TypeError as trouble:
            raise typer.BadParameter(f"{daybook}: {trouble}; see bench/README.md") from trouble
        versions["daybook"] = metadata.version("daybook")
        add(daybook_side.measure(target, seconds=seconds, clients=clients))
    with postgres.throw_away() as server:
        versions["PostgreSQL"] = server.version()
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
