"""The same rows as one save, as bare SQL in pgbench: no application at all."""

import tempfile
from pathlib import Path

from bench.daily.tables import Row
from bench.load import Timings
from bench.postgres import Server

NAME = "Bare SQL"
SAVE = "insert the rows of one save"
LIST = "select 50 with their ratings"
DATABASE = "bare"
HERE = Path(__file__).parent


def measure(server: Server, *, seconds: float, clients: int) -> list[Row]:
    """Makes a database of its own on ``server`` and times it for about twice ``seconds``."""
    server.create_database(DATABASE)
    server.run(
        "psql", "-qX", "-v", "ON_ERROR_STOP=1", "-f", str(HERE / "bare_tables.sql"), DATABASE
    )
    return [
        Row(
            NAME,
            SAVE,
            pgbench(server, "bare_save.sql", seconds=seconds / 2, clients=1),
            pgbench(server, "bare_save.sql", seconds=seconds, clients=clients),
        ),
        Row(NAME, LIST, pgbench(server, "bare_list.sql", seconds=seconds / 2, clients=1)),
    ]


def pgbench(server: Server, script: str, *, seconds: float, clients: int) -> Timings:
    """Every transaction's duration, with prepared statements."""
    with tempfile.TemporaryDirectory(prefix="bench-bare-") as folder:
        server.run(
            "pgbench",
            *("--no-vacuum", "--protocol", "prepared", "--file", str(HERE / script)),
            *("--client", str(clients), "--time", str(max(1, round(seconds)))),
            *("--log", "--log-prefix", "transactions"),
            DATABASE,
            cwd=Path(folder),
        )
        logs = [path.read_text() for path in Path(folder).iterdir()]
    # A line: client, number, microseconds, script, epoch second, its microseconds.
    lines = [line.split() for log in logs for line in log.splitlines()]
    durations = [int(line[2]) for line in lines]
    ends = [int(line[4]) * 1_000_000 + int(line[5]) for line in lines]
    span = max(ends) - min(e - d for e, d in zip(ends, durations, strict=True))
    return Timings(tuple(d / 1000 for d in durations), len(durations) / (span / 1_000_000))
