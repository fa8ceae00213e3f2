"""Daybook itself, served as in a prison: its own roles, migrations, gunicorn and pool."""

import os
import secrets
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.contrib.auth.hashers import Argon2PasswordHasher

from bench.daily.daybook_side import Target
from bench.load import Line, free_address
from bench.postgres import Server
from daybook.config import roles
from daybook.config.commands.db import run_migrations
from daybook.config.commands.serve import web_command

PASSWORD = "bench only, on this machine"
FILL = Path(__file__).with_name("daybook_fill.sql")
# Two processes, as many as the machine has cores.
PROCESSES, THREADS = 2, 6


def fill(server: Server, database: str, *, people: int, reflections: int) -> dict[str, str]:
    """Make a database of the given size; gives the environment that serves it."""
    environment = prepared(server, database)
    server.run(
        "psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, "-o", os.devnull,
        "-v", f"people={people}", "-v", f"reflections={reflections}",
        "-v", f"password={_hashed()}", "-v", f"key_function={_key_function(server)}",
        "-f", str(FILL),
    )  # fmt: skip
    return environment


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[str]:
    """The address of a running Daybook, for the length of the block."""
    address = free_address()
    bind = address.removeprefix("http://")
    command = web_command(bind, processes=PROCESSES, threads=THREADS)
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait(address)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def target(address: str, *, wing: int) -> Target:
    """What ten officers of one wing do there: a full form each time, and the board."""
    first = 60 * (wing - 1)
    return Target(
        address=address,
        users=tuple(f"officer{10 * (wing - 1) + at}" for at in range(1, 11)),
        password=PASSWORD,
        people=tuple(f"/people/{person}/reflect/" for person in range(first + 1, first + 11)),
        board=f"/wing/u{wing}/",
        fields={
            "key": "{once}",
            "contact": "talk",
            "setting": "wing",
            "step-mood": "3",
            "step-tension": "2",
            "step-with-staff": "4",
            "step-with-others": "3",
            "difference": "as-usual",
            "seen_heard": "Ate with the others, asked about the workshop list.",
        },
    )


# One pair for all databases of a run: roles belong to the server, and one that already runs
# opens connections later, too.
PASSWORDS = secrets.token_hex(8), secrets.token_hex(8)


def prepared(server: Server, database: str) -> dict[str, str]:
    """An empty database with all migrations; gives the environment that serves it."""
    addresses = roles.prepare(
        server.running.url(), database, owner_password=PASSWORDS[0],
        app_password=PASSWORDS[1],
    )  # fmt: skip
    environment = os.environ | {
        "DAYBOOK_DATABASE_URL": addresses.app,
        "DAYBOOK_OWNER_URL": addresses.owner,
        "DAYBOOK_SECRET_KEY": secrets.token_hex(32),
        "DAYBOOK_PLAIN_HTTP": "1",
        "DJANGO_SETTINGS_MODULE": "daybook.config.settings",
    }
    run_migrations(environment)
    return environment


def _hashed() -> str:
    """Argon2, as Daybook stores it."""
    return Argon2PasswordHasher().encode(PASSWORD, secrets.token_hex(11))


def _key_function(server: Server) -> str:
    """Keys grow with time, as Daybook's own; PostgreSQL makes such from version 18 on."""
    return "uuidv7" if int(server.version().split(".")[0]) >= 18 else "gen_random_uuid"


def wait(address: str) -> None:
    for _ in range(600):
        try:
            if Line(address).get("/ready/", {}).status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError("Daybook did not open.")
