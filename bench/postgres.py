"""A throw-away PostgreSQL: Daybook's own embedded engine and settings, with durable commits."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from daybook.config import engine


@dataclass(frozen=True)
class Server:
    """A running server; every contender gets a database of its own on it."""

    running: engine.Server

    def address(self) -> str:
        """The server's address, without a database."""
        return self.running.url("")

    def run(self, program: str, *arguments: str, cwd: Path | None = None) -> str:
        """Standard output of one of PostgreSQL's own programs.

        Raises RuntimeError with the program's own words when it fails.
        """
        parts = urlsplit(self.address())
        found_by = {
            "PGHOST": parts.hostname or "",
            "PGPORT": str(parts.port),
            "PGUSER": parts.username or "",
            "PGPASSWORD": parts.password or "",
        }
        done = subprocess.run(
            [engine.binaries() / program, *arguments],
            env={**os.environ, **found_by},
            cwd=cwd,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr.strip()}")
        return done.stdout

    def create_database(self, name: str) -> None:
        self.run("createdb", name)

    def version(self) -> str:
        return self.run("psql", "-Atc", "show server_version", "postgres").strip()


@contextmanager
def throw_away() -> Iterator[Server]:
    """A fresh server for the length of the block; ``DAYBOOK_PG_BIN`` names another PostgreSQL."""
    # Asked to end, a benchmark leaves no server behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        home = Path(folder, "database")
        try:
            yield Server(engine.start(home))
        finally:
            engine.destroy(home)
