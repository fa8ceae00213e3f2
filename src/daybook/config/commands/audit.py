"""``daybook audit``: the log, checked from outside."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from .as_owner import as_owner
from .group import group

if TYPE_CHECKING:
    from daybook.foundation.audit.verify import Report

NOT_WHOLE = 3

app = group()
say = Console(stderr=True, highlight=False)


@app.callback()
def audit() -> None:
    """The log: who read or wrote what, when and why, numbered and signed."""


@app.command()
def verify(
    heads: Annotated[
        Path | None,
        typer.Option(
            help="Signed heads kept outside; the file of DAYBOOK_TREE_HEADS unless given.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    key: Annotated[
        list[Path] | None,
        typer.Option(
            help="Public key (PEM) whose heads to believe, as kept outside; may be given again. "
            "The service's own unless given.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    records: Annotated[
        bool, typer.Option("--records", help="Check what signed records say as well.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
    processes: Annotated[
        int, typer.Option(min=0, help="Processes; one a core, four at most, unless given.")
    ] = 0,
) -> None:
    """Hash every entry again, and hold it against each signed head.

    Names the first entry that was altered, removed, moved or put in. Ends with 0 if the log
    is whole, with 3 if not, and with 1 if it could not be checked.
    """  # fmt: skip
    with as_owner():
        from django.conf import settings

        from daybook.foundation.audit import heads as signed
        from daybook.foundation.audit.verify import verify as verify_log
        from daybook.foundation.audit.verify import verify_records

        kept = heads or (Path(settings.TREE_HEADS) if settings.TREE_HEADS else None)
        keys = [signed.read_public_key(file.read_bytes()) for file in key or ()]
        with _bar("Entries", quiet=as_json) as bar:
            entries = bar.add_task("Entries", total=None)
            report = verify_log(
                settings.DATABASE_URL,
                keys=keys or [signed.own_key()],
                outside=signed.read(kept) if kept and kept.exists() else (),
                processes=processes,
                progress=lambda done, of: bar.update(entries, completed=done, total=of),
            )
            if records:
                told = bar.add_task("Records", total=None)
                verify_records(
                    settings.DATABASE_URL,
                    report,
                    progress=lambda done: bar.update(told, completed=done),
                )
    _tell(report, as_json=as_json, with_records=records, outside=kept)
    if not report.whole:
        raise typer.Exit(NOT_WHOLE)


@app.command()
def number() -> None:
    """Number what waits and sign the new head, as the worker does every second."""
    import django

    django.setup()
    from daybook.foundation.audit.sequencer import number_all

    say.print(f"{number_all():,} entries numbered.")


@app.command()
def key() -> None:
    """Print the public key that signed heads are checked with, to be kept outside."""
    import django

    django.setup()
    from daybook.foundation.audit.heads import public_pem

    typer.echo(public_pem(), nl=False)


@app.command()
def prove(
    entry: Annotated[int, typer.Argument(help="Number of the entry.", min=1)],
    older: Annotated[
        int, typer.Option(help="Size of an earlier head: prove that the log grew from it.", min=0)
    ] = 0,
) -> None:
    """Print a proof, in JSON, that an entry is in the log that the newest head signs.

    The proof holds the entry as it is hashed, and can be checked without the database.
    """
    with as_owner():
        from daybook.foundation.audit.proofs import proof

        typer.echo(json.dumps(proof(entry, older=older), indent=2, ensure_ascii=False))


def _bar(what: str, *, quiet: bool) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=say,
        disable=quiet or bool(os.environ.get("NO_COLOR")) or not say.is_terminal,
    )


def _tell(report: "Report", *, as_json: bool, with_records: bool, outside: Path | None) -> None:
    if as_json:
        typer.echo(json.dumps(report.as_dict(), indent=2))
        return
    out = Console(highlight=False)
    for finding in report:
        out.print(f"✗ {finding.words}", style="red", markup=False)
        if finding.last > finding.number:
            out.print(f"  Somewhere from entry {finding.number:,} to {finding.last:,}.")
    checked = f"{report.entries:,} entries, {report.heads:,} signed heads"
    checked += f", {report.outside:,} of those kept outside" if outside else ""
    if with_records:
        checked += f"; {report.records:,} commitments, {report.erased:,} of records since erased"
    out.print(f"Checked: {checked}.")
    if report.waiting:
        out.print(f"{report.waiting:,} entries wait for their number.")
    if not outside:
        out.print("No heads from outside were given: an owner who rewrote all would not show.")
    if report.whole:
        out.print("The log is whole.")
