"""``daybook demo``: a fictional service on this machine, in one command."""

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Annotated

import django
import psutil
import psycopg
import typer
from psycopg import sql
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from daybook.config import engine, local
from daybook.config.commands.db import run_migrations
from daybook.config.commands.serve import web_command, worker_command

say = Console(highlight=False)

UNFINISHED = "daybook_unfinished"


class Stopped(BaseException):
    """Somebody asked the demonstration to end; nothing on the way may swallow it."""


class DemoError(RuntimeError):
    """The demonstration cannot go on; the message says why."""


def demo(
    port: Annotated[int, typer.Option(help="Port to serve on; if taken, another one.")] = 8000,
) -> None:
    """Show a fictional service on this machine: database, pages and background work.

    The first time fills it, which takes about a minute. Ctrl-C ends it and stops everything;
    what was written stays for the next time. Needs no settings and no network.
    """
    with ExitStack() as household, suppress(Stopped):
        household.enter_context(_until_told_to_stop())
        household.enter_context(_one_at_a_time())
        _end_leftovers()
        door = household.enter_context(_first_free(port))
        address = "http://{}:{}".format(*door.getsockname())
        say.print(f"Daybook will be at [bold]{address}[/bold] in a moment.")
        environment = _prepared_database(household)
        doors = _sign_ins()
        environment["DAYBOOK_DEMO_SIGN_INS"] = json.dumps(doors)
        bind = f"fd://{door.fileno()}"
        children = {
            "web": _child("web", web_command(bind, processes=2, threads=4), environment, door),
            "worker": _child("worker", worker_command(concurrency=2), environment),
        }
        for child in children.values():
            household.callback(_end, child)
        _wait_until_open(address, children)
        _welcome(address, doors, _badges())
        while True:
            _look_after(children)
            time.sleep(0.5)


@contextmanager
def _until_told_to_stop() -> Iterator[None]:
    """Ctrl-C, SIGTERM and a closed terminal end the work; while it ends they are ignored."""
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(number: int, frame: FrameType | None) -> None:
        for each in signals:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    for each in signals:
        signal.signal(each, stop)
    yield


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    local.secrets_kept()
    with (local.folder() / "running").open("w") as running:
        try:
            fcntl.flock(running, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DemoError("The demonstration is running already; stop that one first.") from None
        yield


def _first_free(port: int) -> socket.socket:
    """A socket that listens at once: a page opened early waits instead of failing."""
    for each in range(port, port + 100):
        door = socket.socket()
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", each))
            door.listen(128)
        except OSError:
            door.close()
        else:
            return door
    raise DemoError(f"Ports {port} to {port + 99} are all taken; choose one with --port.")


def _prepared_database(household: ExitStack) -> dict[str, str]:
    """Start, fill and migrate; returns the environment of web and worker."""
    household.callback(engine.stop, local.database_folder())
    household.callback(say.print, "Stopping.")
    with say.status("Starting the database"):
        server = engine.start(local.database_folder())
    of_children = os.environ | local.environment(server) | {"DAYBOOK_AS": "app"}
    # This process fills, as the owner; web and worker never learn the owner's password.
    os.environ.update(local.environment_of_owner(server) | {"DAYBOOK_AS": "owner"})
    with say.status("Waking up"):
        django.setup()
    if not _filled(server):
        _fill(server)
    local.prepare(server, local.DATABASE)
    if _migrations_wait():
        with say.status("Making new tables"):
            run_migrations(os.environ | local.environment_of_owner(server))
    return of_children


def _migrations_wait() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    connection.close()
    return waiting


def _filled(server: engine.Server) -> bool:
    try:
        with psycopg.connect(server.url(local.DATABASE)) as connection:
            tables = connection.execute("select 1 from pg_tables where schemaname = 'public'")
            return tables.fetchone() is not None
    except psycopg.OperationalError:
        return False


def _fill(server: engine.Server) -> None:
    """Fill under another name: what bears the right one is always whole."""
    from django.db import connections

    from daybook.demo.fill import fill

    _as_superuser(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", UNFINISHED)
    local.prepare(server, UNFINISHED)
    with say.status("Making the tables"), _compiling_beside():
        run_migrations(os.environ | local.environment_of_owner(server, UNFINISHED))

    database = connections.settings["default"]
    database["NAME"] = UNFINISHED
    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=say) as progress:
        task = progress.add_task("Filling a fictional service", total=1.0)
        fill(lambda doing, share: progress.update(task, description=doing, completed=share))
    connections.close_all()
    database["NAME"] = local.DATABASE

    with psycopg.connect(server.url(UNFINISHED), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    _as_superuser(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", local.DATABASE)
    _as_superuser(server, "ALTER DATABASE {} RENAME TO {}", UNFINISHED, local.DATABASE)


@contextmanager
def _compiling_beside() -> Iterator[None]:
    """What draws the charts compiles itself once a machine: that goes on beside other work."""
    compiling = subprocess.Popen(
        [sys.executable, "-m", "daybook.signals.warm"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
        compiling.wait()
    finally:
        compiling.kill()
        compiling.wait()


def _as_superuser(server: engine.Server, statement: str, *names: str) -> None:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _child(
    name: str, command: list[str], environment: dict[str, str], door: socket.socket | None = None
) -> subprocess.Popen[bytes]:
    """A process in a session of its own, so that Ctrl-C reaches it through us alone."""
    with _log_of(name).open("wb") as log:
        child = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=[door.fileno()] if door else [],
        )
    born = psutil.Process(child.pid).create_time()
    _mark_of(name).write_text(f"{child.pid} {born}")
    return child


def _end_leftovers() -> None:
    """End the children of a demonstration that was killed and could not do so itself."""
    for mark in local.folder().glob("*.process"):
        number, born = mark.read_text().split()
        with suppress(psutil.NoSuchProcess):
            if psutil.Process(int(number)).create_time() == float(born):
                os.killpg(int(number), signal.SIGTERM)
        mark.unlink()


def _mark_of(name: str) -> Path:
    return local.folder() / f"{name}.process"


def _log_of(name: str) -> Path:
    return local.folder() / f"{name}.log"


def _end(child: subprocess.Popen[bytes]) -> None:
    for force, patience in ((signal.SIGTERM, 10), (signal.SIGKILL, 5)):
        with suppress(ProcessLookupError):
            os.killpg(child.pid, force)
        with suppress(subprocess.TimeoutExpired):
            child.wait(patience)
            return


def _look_after(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            raise DemoError(f"The {name} process ended by itself. {_log_of(name)} says why.")


def _wait_until_open(address: str, children: dict[str, subprocess.Popen[bytes]]) -> None:
    with say.status("Opening the pages"):
        for _ in range(120):
            _look_after(children)
            try:
                urllib.request.urlopen(address, timeout=30).close()
                return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.5)
    raise DemoError(f"The pages did not open. {_log_of('web')} may say why.")


def _sign_ins() -> list[tuple[str, str, str]]:
    """One for each role: what it is, the staff number, the password."""
    from django.db import connection

    from daybook.demo.fill import sign_ins

    try:
        return sign_ins()
    finally:
        connection.close()


def _badges() -> list[tuple[str, str, str]]:
    """Staff number, code and PIN of each badge."""
    from django.db import connection

    from daybook.demo.fill.badges import badges

    try:
        return badges()
    finally:
        connection.close()


def _welcome(
    address: str, doors: list[tuple[str, str, str]], badges: list[tuple[str, str, str]]
) -> None:
    table = Table("Sign in as", "Staff number", "Password", box=None, pad_edge=False)
    for door in doors:
        table.add_row(*door)
    say.print(table)
    say.print("\nHere a password is enough. A service asks most roles for a second factor, too.")
    say.print("At a browser made known under Desks, as a head of unit, badges open, too:")
    for username, code, pin in badges:
        say.print(f"  {username}: badge {code}, PIN {pin}")
    say.print(f"\nDaybook is open at [bold]{address}[/bold]. Ctrl-C ends it.")
