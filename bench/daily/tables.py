"""Measurements side by side, on the screen and as a committed page."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.load import Timings


@dataclass(frozen=True)
class Row:
    """One step of one contender: by a single client, and by several at once where it matters."""

    who: str
    what: str
    single: Timings
    several: Timings | None = None


@dataclass(frozen=True)
class Ratio:
    """``ours`` against ``theirs``; above 1 always means that ours does better."""

    ours: Row
    theirs: Row

    @property
    def quicker(self) -> float:
        return self.theirs.single.p50 / self.ours.single.p50

    @property
    def throughput(self) -> float | None:
        if self.ours.several is None or self.theirs.several is None:
            return None
        return self.ours.several.per_second / self.theirs.several.per_second


TIMED = ("", "step", "p50 ms", "p95 ms", "a second, {clients} clients", "p95 ms, {clients} clients")
COMPARED = ("", "beside", "p50: times quicker", "throughput: times more")


def timed(rows: Sequence[Row]) -> list[tuple[str, ...]]:
    return [
        (
            row.who,
            row.what,
            f"{row.single.p50:.2f}",
            f"{row.single.p95:.2f}",
            f"{row.several.per_second:.0f}" if row.several else "",
            f"{row.several.p95:.1f}" if row.several else "",
        )
        for row in rows
    ]


def compared(ratios: Sequence[Ratio]) -> list[tuple[str, ...]]:
    return [
        (
            f"{ratio.ours.who}: {ratio.ours.what}",
            f"{ratio.theirs.who}: {ratio.theirs.what}",
            f"{ratio.quicker:.2f}",
            f"{ratio.throughput:.2f}" if ratio.throughput is not None else "",
        )
        for ratio in ratios
    ]


def machine() -> str:
    """Cores and memory: what a reader needs to compare, and nothing that names the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB"


def show(console: Console, headings: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    table = Table(*headings)
    for column in table.columns[2:]:
        column.justify = "right"
    for line in lines:
        table.add_row(*line)
    console.print(table)


def markdown(headings: Sequence[str], lines: Sequence[Sequence[str]], *, words: int = 2) -> str:
    """A table whose first ``words`` columns are words, and the others numbers."""
    rule = ["---"] * words + ["--:"] * (len(headings) - words)
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (headings, rule, *lines))


def report(
    rows: Sequence[Row],
    ratios: Sequence[Ratio],
    *,
    clients: int,
    seconds: float,
    versions: Mapping[str, str],
    on: date,
    page: Path | None,
) -> None:
    """Prints both tables and, given a ``page``, writes them there as Markdown."""
    headings = [heading.format(clients=clients) for heading in TIMED]
    setting = (
        f"{on.isoformat()}, {machine()}, {clients} clients, about {seconds:g} s a measurement; "
        + ", ".join(f"{name} {version}" for name, version in versions.items())
    )
    console = Console()
    show(console, headings, timed(rows))
    if ratios:
        show(console, COMPARED, compared(ratios))
    console.print(setting)
    if page is not None:
        parts = ["# Saving the day", setting, markdown(headings, timed(rows))]
        if ratios:
            parts += ["Above 1: the first is better.", markdown(COMPARED, compared(ratios))]
        page.parent.mkdir(exist_ok=True)
        page.write_text("\n\n".join(parts) + "\n")
