"""``daybook db``: start, stop, migrate, back up and restore the database."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from .as_owner import By, by_administrator
from .group import group

app = group()
say = Console(stderr=True, highlight=False)


@app.callback()
def db() -> None:
    """The database: start, migrate, back up, restore.

    'start', 'stop' and 'status' are about the one on this machine, which the demonstration
    uses. The others are about the one that DAYBOOK_OWNER_URL names, or else this machine's.
    """


@app.command()
def start() -> None:
    """Start this machine's database and leave it running; 'daybook db stop' ends it."""
    from daybook.config import local

    with say.status("Starting PostgreSQL"):
        server = local.start()
    say.print(f"The database runs on port {server.port}. Its data are in {server.home}.")


@app.command()
def stop(
    delete: Annotated[bool, typer.Option("--delete", help="Delete its data as well.")] = False,
) -> None:
    """Stop this machine's database; what was saved stays, unless --delete is given."""
    from daybook.config import engine, local

    if delete:
        engine.destroy(local.database_folder())
        say.print("The database is stopped and its data are deleted.")
    else:
        engine.stop(local.database_folder())
        say.print("The database is stopped.")


@app.command()
def status() -> None:
    """Say whether this machine's database runs; ends with 1 if it does not."""
    from daybook.config import engine, local

    server = engine.running(local.database_folder())
    if server is None:
        say.print("The database does not run. 'daybook db start' starts it.")
        raise typer.Exit(1)
    if not engine.healthy(server):
        say.print(f"The database has a process on port {server.port}, which does not answer.")
        raise typer.Exit(1)
    say.print(f"The database runs on port {server.port} and answers.")


@app.command()
def prepare() -> None:
    """Create the database and its roles on your own PostgreSQL; once, by its administrator.

    DAYBOOK_ADMIN_URL is the address of an administrator; database and passwords are those
    in DAYBOOK_OWNER_URL (role daybook_owner) and DAYBOOK_DATABASE_URL (role daybook_app).
    """
    from urllib.parse import unquote, urlsplit

    from daybook.config import roles

    owner = urlsplit(_required("DAYBOOK_OWNER_URL"))
    app_role = urlsplit(_required("DAYBOOK_DATABASE_URL"))
    for address, role in ((owner, roles.OWNER), (app_role, roles.APP)):
        if address.username != role or not address.password:
            _refuse(f"The address for {role} must name that role and a password.")
    if owner.path != app_role.path:
        _refuse("DAYBOOK_OWNER_URL and DAYBOOK_DATABASE_URL name different databases.")
    with say.status("Preparing database and roles"):
        roles.prepare(
            _required("DAYBOOK_ADMIN_URL"),
            unquote(owner.path.strip("/")),
            owner_password=unquote(owner.password or ""),
            app_password=unquote(app_role.password or ""),
        )
    say.print("Database and roles are ready. Next: 'daybook db migrate'.")


@app.command()
def migrate() -> None:
    """Bring the tables up to this version of Daybook; safe to run again."""
    _owners_address()
    with say.status("Migrating"):
        run_migrations(dict(os.environ))
    say.print("The tables are up to date.")


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where to write it; must not exist.")],
) -> None:
    """Write everything into one file, while the service runs; 'restore' reads it back.

    The file holds what the database holds, readable by whoever has it: encrypt it and keep
    it as you keep the database. Passwords of the database's roles are not in it.
    """
    address = _owners_address()
    if file.exists():
        _refuse(f"{file} exists already. Name a new file, or move that one away.")
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.touch(mode=0o600)
    try:
        with _growing(unfinished, "Backing up"):
            _run("pg_dump", "--format=custom", f"--file={unfinished}", address=address)
        unfinished.rename(file)
    finally:
        unfinished.unlink(missing_ok=True)
    say.print(f"Backed up to {file} ({file.stat().st_size / 1e6:,.1f} MB).")


@app.command()
def restore(
    file: Annotated[
        Path, typer.Argument(help="A file from 'backup'.", exists=True, dir_okay=False)
    ],
) -> None:
    """Read a backup into an empty database: all of it, or nothing if anything fails.

    Refuses a database that holds tables. Make a new one with 'daybook db prepare'.
    """
    import psycopg

    address = _owners_address()
    with psycopg.connect(address) as connection:
        held = connection.execute(
            "select count(*) from pg_tables where schemaname in ('public', 'daybook')"
        ).fetchone()
        if held != (0,):
            _refuse(f"The database holds {held[0] if held else 'some'} tables; it must be empty.")
        # The backup brings this schema with its rights; empty, it only stands in the way.
        connection.execute("drop schema if exists daybook")
    with say.status("Restoring"):
        _run("pg_restore", "--single-transaction", "--no-owner", str(file), address=address)
    say.print(
        "Restored. Next: 'daybook db migrate', then 'daybook db replay-erasures', "
        "then 'daybook check'. Nothing is served before."
    )


@app.command()
def replay_erasures(
    by: By = "",
    file: Annotated[
        Path | None,
        typer.Option(help="The ledger; the one that DAYBOOK_ERASURE_LEDGER names, unless said."),
    ] = None,
) -> None:
    """Erase from a restored backup what was erased since it was made.

    The ledger of erasures holds keys only. Running this again erases nothing twice.
    """
    _owners_address()
    with by_administrator(by) as actor:
        from django.conf import settings
        from django.db import connection

        from daybook.foundation.retention import ledger
        from daybook.foundation.retention.actions.replaying import replay

        where = file or Path(settings.ERASURE_LEDGER or _required("DAYBOOK_ERASURE_LEDGER"))
        if not where.exists():
            _refuse(f"There is no ledger at {where}. Bring it from where it is kept.")
        with connection.cursor() as cursor:
            missing = ledger.not_replayed(where, cursor)
        rows = replay(missing, by=actor)
    say.print(f"{len(missing)} erasures were carried out again: {rows} rows.")


def run_migrations(environment: dict[str, str]) -> None:
    """Migrate as the owner, in a process of its own; ``environment`` has DAYBOOK_OWNER_URL.

    Raises `RuntimeError` with the last line of what that process said, the rest as a note.
    """
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--skip-checks", "--no-input", "-v0"],
        env=environment | {"DAYBOOK_AS": "owner"},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        said = done.stderr.strip()
        failure = RuntimeError(f"The tables could not be migrated. {said.splitlines()[-1]}")
        failure.add_note(said)
        raise failure


def _owners_address() -> str:
    from daybook.config import local

    local.adopt()
    return _required("DAYBOOK_OWNER_URL")


def _required(name: str) -> str:
    if value := os.environ.get(name):
        return value
    return _refuse(f"{name} is not set, and this machine's own database does not run.")


def _refuse(why: str) -> NoReturn:
    say.print(why, style="red", markup=False)
    raise typer.Exit(1)


def _run(program: str, *arguments: str, address: str) -> None:
    """Run a PostgreSQL program on a database whose password stays out of the process list."""
    from psycopg.conninfo import conninfo_to_dict

    from daybook.config import engine

    place = {name: str(value) for name, value in conninfo_to_dict(address).items()}
    database = place["dbname"]
    variables = {f"PG{name.upper()}": value for name, value in place.items()}
    done = subprocess.run(
        [engine.binaries() / program, f"--dbname={database}", *arguments],
        env=os.environ | variables,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"{program} said: {done.stderr.strip()}")


@contextmanager
def _growing(file: Path, doing: str) -> Iterator[None]:
    """Show how much has been written; nobody knows beforehand how much there will be."""
    columns = SpinnerColumn(), TextColumn("{task.description}"), DownloadColumn()
    done = Event()

    def watch(progress: Progress) -> None:
        task = progress.add_task(doing, total=None)
        while not done.wait(0.2):
            progress.update(task, completed=file.stat().st_size)

    with Progress(*columns, TimeElapsedColumn(), console=say, transient=True) as progress:
        watcher = Thread(target=watch, args=[progress])
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()
