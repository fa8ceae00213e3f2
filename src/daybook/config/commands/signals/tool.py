"""`daybook signals tool`: how did a screening tool do, and was it alike for every group?"""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from daybook.signals import BadRating
from daybook.signals.estimates import Estimate
from daybook.signals.evaluation import Fared, Tool
from daybook.signals.evaluation import tool as ask

from .asking import NONE, AsJson, File, asking, interval, print_json
from .files import table

FIGURES = ("auc", "fpr", "fnr", "ppv")


def tool(
    file: File,
    score: Annotated[str, typer.Option(help="Column of the tool's score, higher for more.")],
    outcome: Annotated[str, typer.Option(help="Column of what came about: 1, or 0 if not.")],
    group: Annotated[str | None, typer.Option(help="Column of the groups to compare.")] = None,
    threshold: Annotated[
        float | None, typer.Option(help="Whoever scored this or more was flagged.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Look back on a screening tool: for whom was it right, and for whom wrong?

    The area under the curve, and for each group how often those without the outcome were flagged
    (fpr), those with it missed (fnr), and those flagged had it (ppv), with 95 % intervals. It says
    nothing about what anybody will do.
    """
    with asking(file) as talk:
        labels = [group] if group else []
        read = table(file, [score, outcome], labels, progress=talk.read)
        if read.left_out:
            talk.note(f"Rows left out for want of score or outcome: {read.left_out:,}.")
        coded = read.labels[group] if group else None
        try:
            found = ask(
                read.numbers[score], read.numbers[outcome],
                group=None if coded is None else coded.labels[coded.codes],
                threshold=threshold,
            )  # fmt: skip
        except BadRating as error:
            raise BadRating(int(read.lines[error.row]), error.reason, where="line") from None
        if as_json:
            print_json(_told(found))
        else:
            _print(found)


def _told(found: Tool) -> dict[str, object]:
    return {
        "auc": found.everybody.auc.value,
        "ci": {"auc": found.everybody.auc.ci and list(found.everybody.auc.ci)},
        "groups": {name: _figures(fared) for name, fared in found.groups.items()},
        "calibration": [
            {
                "low": band.low,
                "high": band.high,
                "n": band.n,
                "share": band.with_outcome.value,
                "ci": {"share": band.with_outcome.ci and list(band.with_outcome.ci)},
            }
            for band in found.bands
        ],
    }


def _figures(fared: Fared) -> dict[str, object]:
    each: dict[str, Estimate] = {name: getattr(fared, name) for name in FIGURES}
    return {
        "n": fared.n,
        **{name: estimate.value for name, estimate in each.items()},
        "ci": {name: estimate.ci and list(estimate.ci) for name, estimate in each.items()},
    }


def _print(found: Tool) -> None:
    out = Table(title="How the tool did")
    out.add_column("Group")
    out.add_column("People", justify="right")
    for name in FIGURES:
        out.add_column(name.upper(), justify="right")
    for group, fared in {"everybody": found.everybody, **found.groups}.items():
        out.add_row(group, f"{fared.n:,}", *(_cell(getattr(fared, name)) for name in FIGURES))
    bands = Table(title="What came of each score")
    for heading in ("Score", "People", "With the outcome"):
        bands.add_column(heading, justify="right")
    for band in found.bands:
        score = f"{band.low:.3g} to {band.high:.3g}"
        bands.add_row(score, f"{band.n:,}", _cell(band.with_outcome))
    console = Console()
    console.print(out)
    console.print(bands)


def _cell(each: Estimate) -> str:
    return NONE if each.value is None else f"{each.value:.2f} ({interval(each.ci, 2)})"
