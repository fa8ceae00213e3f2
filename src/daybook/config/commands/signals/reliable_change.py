"""`daybook signals reliable-change`: did a score move by more than its own error?"""

from collections import Counter
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from daybook.signals.reliability import Moved, ReliableChange
from daybook.signals.reliability import reliable_change as ask

from .asking import AsJson, File, asking, print_json
from .files import table


def reliable_change(
    file: File,
    before: Annotated[str, typer.Option(help="Column of the first score.")] = "before",
    after: Annotated[str, typer.Option(help="Column of the second score.")] = "after",
    person: Annotated[str | None, typer.Option(help="Column that tells people apart.")] = None,
    reliability: Annotated[
        float | None,
        typer.Option(help="Of the questionnaire, from a norm; left out, it is estimated."),
    ] = None,
    sd: Annotated[
        float | None, typer.Option(help="Of scores, from a norm; left out, that of the first.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Did a score move by more than the questionnaire's own error would move it?

    The reliable change index: each change in standard errors of a difference; beyond 1.96 one in
    twenty of those who did not change would be. Rows without both scores are left out, and
    counted.
    """
    with asking(file) as talk:
        labels = [person] if person else []
        read = table(file, [before, after], labels, progress=talk.read)
        if read.left_out:
            talk.note(f"Rows left out for want of a score: {read.left_out:,}.")
        found = ask(read.numbers[before], read.numbers[after], reliability=reliability, sd=sd)
        if found.estimated:
            talk.note("The reliability is the correlation of both scores: a norm's is better.")
        names = [f"line {line}" for line in read.lines.tolist()]
        if person:
            coded = read.labels[person]
            names = [str(name) for name in coded.labels[coded.codes].tolist()]
        if as_json:
            print_json(_told(found, names))
        else:
            Console().print(_table(found))


def _told(found: ReliableChange, names: list[str]) -> dict[str, object]:
    return {
        "n": found.index.size,
        "reliability": found.reliability,
        "sd": found.sd,
        "smallest": found.smallest,
        "people": [
            {"person": name, "index": index, "moved": moved.value}
            for name, index, moved in zip(names, found.index.tolist(), found.moved, strict=True)
        ],
    }


def _table(found: ReliableChange) -> Table:
    count = Counter(found.moved)
    out = Table(
        title=f"{found.index.size:,} people",
        caption=f"reliability {found.reliability:.2f}, SD {found.sd:.2f}",
    )
    out.add_column(f"Moved by {found.smallest:.2f} or more")
    out.add_column("People", justify="right")
    for moved in Moved:
        out.add_row(moved.value, f"{count[moved]:,}")
    return out
