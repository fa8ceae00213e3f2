"""The ``daybook`` command."""

import importlib
import os
import sys

import typer
from rich.console import Console

from daybook.config.commands import check, db, demo, serve
from daybook.config.commands.group import group

app = group(
    name="daybook",
    help="Dynamic-security case management for prisons and probation.\n\n"
    "New here? 'daybook demo' shows a fictional service, with nothing to install or configure.",
    pretty_exceptions_enable=False,
)


@app.callback()
def daybook(
    debug: bool = typer.Option(False, "--debug", help="When something fails, show where."),
) -> None:
    """Read by `main`, which sees every failure."""


app.command()(demo.demo)
app.command()(serve.serve)
app.command()(serve.worker)
app.command()(check.check)
app.add_typer(db.app, name="db")


def _room(name: str, file: str, help: str, *, with_database: bool) -> None:
    """A group of commands whose module loads only when somebody enters it.

    Numerics and the application take a second to load, which no other command should wait.
    """

    @app.command(
        name,
        help=help,
        context_settings={
            "ignore_unknown_options": True,
            "allow_extra_args": True,
            "help_option_names": [],
        },
    )
    def enter(context: typer.Context) -> None:
        if with_database:
            from daybook.config import local

            local.adopt()
        module = importlib.import_module(f"daybook.config.commands.{file}")
        module.app(args=context.args or ["--help"], prog_name=f"daybook {name}")


_room(
    "import",
    "imports",
    "Bring in people, stays, what is ahead and ratings from other systems.",
    with_database=True,
)
_room(
    "places",
    "places",
    "Where people live: establishments, units, cells.",
    with_database=True,
)
_room(
    "person",
    "person",
    "What somebody may ask of the service about themselves.",
    with_database=True,
)
_room(
    "channels",
    "channels",
    "What a reflection asks: its channels, and the words at their ends.",
    with_database=True,
)
_room("staff", "staff", "Who works here, and which roles they hold.", with_database=True)
_room("vault", "vault", "The key to what is told in confidence.", with_database=True)
_room("audit", "audit", "The log: check it, prove an entry, number what waits.", with_database=True)
_room(
    "instruments",
    "instruments",
    "Instruments of assessment: check a definition, exchange it as FHIR.",
    with_database=False,
)
_room("signals", "signals", "Ask the numerics about ratings in a CSV file.", with_database=False)


def main() -> None:
    """Run the command; a failure is told in one plain sentence, with what to try."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daybook.config.settings")
    try:
        app()
    except Exception as failure:
        if "--debug" in sys.argv:
            raise
        say = Console(stderr=True)
        say.print(_in_plain_words(failure), style="red", markup=False, highlight=False)
        say.print("'daybook --debug …' shows where it happened.", style="dim", highlight=False)
        sys.exit(1)


def _in_plain_words(failure: Exception) -> str:
    said = str(failure).strip() or type(failure).__name__
    match type(failure).__name__:
        case "OperationalError" | "PoolTimeout":
            first = said.splitlines()[0]
            return f"The database does not answer: {first}. Is it running? 'daybook check' looks."
        case (
            "EngineError" | "DemoError" | "ImproperlyConfigured" | "CommandError" | "RestoredBehind"
        ):
            return said
        case "FileNotFoundError" | "PermissionError":
            return f"{said}. Check the path, and who may read and write it."
        case name:
            return f"Something unexpected: {said} ({name})."
