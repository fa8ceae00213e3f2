"""``daybook serve`` and ``daybook worker``: the two processes of a running service."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

WEB = ("-m", "gunicorn", "daybook.config.wsgi:application", "--worker-class", "gthread")
WORKER = ("-m", "daybook.config.working")


def serve(
    bind: Annotated[
        str, typer.Option(help="Address and port to listen on; a proxy speaks HTTPS before it.")
    ] = "127.0.0.1:8000",
    processes: Annotated[int, typer.Option(min=1, help="Processes; about one a core.")] = 2,
    threads: Annotated[int, typer.Option(min=1, help="Threads in each process.")] = 8,
) -> None:
    """Serve the web pages until stopped.

    Settings come from the environment: DAYBOOK_DATABASE_URL, DAYBOOK_SECRET_KEY and
    DAYBOOK_HOSTS at least. Where they are not set, the demonstration's database is used if
    it runs. Several of these may serve one database, behind any load balancer.
    """
    _become(web_command(bind, processes=processes, threads=threads), before=_make_ready)


def worker(
    concurrency: Annotated[int, typer.Option(min=1, help="Pieces of work at one time.")] = 2,
) -> None:
    """Do the background work until stopped; the queue lives in the database.

    Settings come from the environment, as for 'daybook serve'. Several may run at once.
    """
    _become(worker_command(concurrency=concurrency), before=_catch_up_first)


def web_command(bind: str, *, processes: int, threads: int) -> list[str]:
    """The command line of the web server."""
    options = (
        f"--bind={bind}", f"--workers={processes}", f"--threads={threads}",
        "--preload", "--graceful-timeout=5", "--no-control-socket", "--log-level=warning",
    )  # fmt: skip
    return [sys.executable, *WEB, *options]


def worker_command(*, concurrency: int) -> list[str]:
    """The command line of the background worker."""
    return [sys.executable, *WORKER, f"--concurrency={concurrency}"]


def _make_ready() -> None:
    _catch_up_first()
    _gather_static()


def _catch_up_first() -> None:
    """Refuse to work on a backup that still holds what was erased since it was made."""
    import psycopg

    from daybook.foundation.retention.ledger import not_replayed

    file = os.environ.get("DAYBOOK_ERASURE_LEDGER")
    address = os.environ.get("DAYBOOK_DATABASE_URL")
    if not file or not address:
        return
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        cursor.execute("select to_regprocedure('daybook.not_erased_here(uuid[])')")
        if cursor.fetchone() == (None,):
            return  # not migrated; what needs the tables says so itself
        missing = not_replayed(Path(file), cursor)
    if missing:
        raise RestoredBehind(
            f"This database holds records of {len(missing)} erasures that the ledger {file} tells "
            "of: it was restored from a backup. Run 'daybook db replay-erasures' first."
        )


class RestoredBehind(RuntimeError):
    """A backup was read back, and has not caught up with the ledger of erasures."""


def _gather_static() -> None:
    """Stylesheets and scripts, with names that browsers may keep; over HTTPS only these serve."""
    if os.environ.get("DAYBOOK_PLAIN_HTTP"):
        return
    gathered = subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--no-input", "-v0"],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "daybook.config.settings"},
        capture_output=True,
        text=True,
    )
    if gathered.returncode:
        raise RuntimeError(gathered.stderr.strip().splitlines()[-1])


def _become(command: list[str], before: Callable[[], None] = lambda: None) -> None:
    """Turn into this command, so that stopping this process stops it."""
    from daybook.config import local

    local.adopt()
    before()
    os.execv(command[0], command)
