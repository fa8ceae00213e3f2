"""``python -m bench.audit``: one run, one table, the ratios in it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bench import postgres
from bench.audit import adding, checking, saving
from bench.daily import daybook_site, tables

RESULTS = Path(__file__).parents[1] / "results"
AT_LEAST, AT_MOST = 0.5, 1.15


def main(
    entries: Annotated[int, typer.Option(help="Entries in the log that is checked.")] = 10_000_000,
    processes: Annotated[int, typer.Option(help="Processes that check.")] = 2,
    seconds: Annotated[float, typer.Option(help="How long each measurement of adding takes.")] = 10,
    clients: Annotated[int, typer.Option(help="Clients that add at once.")] = 4,
    saves: Annotated[int, typer.Option(help="Saves with and without the log, in turns.")] = 600,
    save: Annotated[bool, typer.Option(help="Write bench/results/audit.md.")] = True,
) -> None:
    """Add to the log beside a bare INSERT, check it beside SHA-256, and save with and without."""
    console = Console()
    with postgres.throw_away() as server:
        version = server.version()
        environment = daybook_site.fill(server, "audit", people=60, reflections=10_000)
        saved = saving.measure(environment, saves=saves)
        console.print("Adding")
        added = adding.measure(environment, seconds=seconds, clients=clients)
        numbered = adding.numbered_per_second(environment, entries=100_000)
        # A log of its own: what was added so far was numbered under another key.
        environment = daybook_site.fill(server, "ledger", people=10, reflections=0)
        checked = checking.measure(
            environment["DAYBOOK_OWNER_URL"],
            entries=entries,
            processes=processes,
            progress=console.print,
        )
    log, bare = added[adding.LOG], added[adding.BARE]
    adds = [
        (adding.BARE, f"{bare.p50:.2f}", f"{bare.per_second:,.0f}", ""),
        (adding.LOG, f"{log.p50:.2f}", f"{log.per_second:,.0f}",
         f"{log.per_second / bare.per_second:.2f}"),
        ("number entries (many at once)", "", f"{numbered:,.0f}",
         f"{numbered / bare.per_second:.2f}"),
    ]  # fmt: skip
    checks = [
        ("SHA-256 of the same bytes as one message", f"{checked.one_stream:,.0f}", ""),
        ("SHA-256 of each entry and each node, one process", f"{checked.one_by_one:,.0f}", ""),
        (f"check the log, {processes} processes", f"{checked.check:,.0f}",
         f"{checked.check / checked.one_by_one:.2f} of one by one;"
         f" {checked.check / checked.one_stream:.2f} of one message"),
    ]  # fmt: skip
    first, second = saved[saving.WITHOUT], saved[saving.WITH]
    price = second.p50 / first.p50
    spent = [
        (saving.WITHOUT, f"{first.p50:.2f}", f"{first.p95:.2f}", ""),
        (saving.WITH, f"{second.p50:.2f}", f"{second.p95:.2f}", f"{price:.3f}"),
    ]
    setting = (
        f"{datetime.now(UTC).date().isoformat()}, {tables.machine()}, PostgreSQL {version}; "
        f"{clients} clients add for {seconds:g} s; {checked.entries:,} entries of"
        f" {checked.bytes_each:.0f} bytes with their nodes, {checked.heads:,} heads;"
        f" {saves} saves each, in turns of ten."
    )
    _tell(
        console,
        setting,
        (("Adding", "p50 ms", "a second", "beside a bare INSERT"), adds),
        (("Checking", "entries a second", "beside SHA-256 alone"), checks),
        (("Saving", "p50 ms", "p95 ms", "p50 beside without"), spent),
        (("Goal", "asked", "measured"), [
            ("check beside SHA-256, one by one", f"at least {AT_LEAST}",
             f"{checked.check / checked.one_by_one:.2f}"),
            ("save with the log beside without", f"at most {AT_MOST}", f"{price:.3f}"),
        ]),
        page=RESULTS / "audit.md" if save else None,
    )  # fmt: skip


def _tell(
    console: Console,
    setting: str,
    *found: tuple[Sequence[str], Sequence[Sequence[str]]],
    page: Path | None,
) -> None:
    for headings, lines in found:
        tables.show(console, headings, lines)
    console.print(setting)
    if page is not None:
        parts = ["# The log", setting, *(tables.markdown(*each) for each in found)]
        page.write_text("\n\n".join(parts) + "\n")


if __name__ == "__main__":
    typer.run(main)
