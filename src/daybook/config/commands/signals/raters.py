"""`daybook signals raters`: how much of the ratings is the person, and how much the rater?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from daybook.signals.raters import (
    RESIDUAL,
    Factor,
    Here,
    Ordinal,
    Place,
    Raters,
    checked,
    ordinal,
    taken_apart,
)

from .asking import AsJson, File, asking, interval, print_json
from .files import ExtraMissing, table

SHOWN = 20


def raters(
    file: File,
    value: Annotated[str, typer.Option(help="Column of the rating, a number.")],
    effect: Annotated[
        list[str], typer.Option(help="Column of who rated, or was rated, or when; repeat it.")
    ],
    levels: Annotated[
        bool, typer.Option("--levels", help="Tell each one's own level too.")
    ] = False,
    as_steps: Annotated[
        bool,
        typer.Option("--as-steps", help="Read the answers as steps too: do the numbers mislead?"),
    ] = False,
    cluster: Annotated[
        str | None,
        typer.Option(
            envvar="DAYBOOK_CLUSTER",
            help="Where a dask scheduler listens, as in tcp://host:8786: work on its machines.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """How much of the ratings is the person, the rater, the day, and how much is left over?

    Standard deviations of crossed random effects by restricted maximum likelihood, each with a
    95 % interval. Rows without a rating are left out, and counted.
    """
    with asking(file) as talk:
        names = list(dict.fromkeys(effect))
        read = table(file, [value], names, refuse_repeated=True, progress=talk.read)
        if read.left_out:
            talk.note(f"Rows left out for want of {value}: {read.left_out:,}.")
        if read.repeated:
            talk.note(f"Rows that are the same as another: {read.repeated:,}. Each of them counts.")
        factors = [
            Factor(name, read.labels[name].codes, read.labels[name].labels) for name in names
        ]
        design = checked(read.numbers[value], factors)
        with _place(cluster) as place:
            found = taken_apart(
                design, with_levels=levels or as_steps, place=place, told=talk.doing
            )
        steps = None
        if as_steps:
            talk.doing("Reading the answers as steps")
            steps = ordinal(design, found)
        if found.parts > 1:
            talk.note(
                f"Not separable: the ratings fall into {found.parts:,} parts that share nobody."
                " Levels of different parts can't be compared."
            )
        if not levels:
            found = replace(found, levels={})
        if as_json:
            print_json(_told(found) | _steps_told(steps))
        else:
            _print(found)
            _print_steps(steps)


@contextmanager
def _place(address: str | None) -> Iterator[Place]:
    if address is None:
        yield Here()
        return
    try:
        from daybook.signals.raters.cluster import at
    except ImportError:
        raise ExtraMissing("a cluster needs an extra: pip install 'daybook[cluster]'.") from None
    with at(address) as cluster:
        yield cluster


def _told(found: Raters) -> dict[str, object]:
    told: dict[str, object] = {
        "sd": dict(found.sd),
        "ci": {name: list(ci) for name, ci in found.ci.items()},
        "intercept": found.intercept,
        "n": found.n,
        "parts": found.parts,
    }
    if found.levels:
        told["levels"] = {
            name: dict(zip(map(str, each.label.tolist()), each.effect.tolist(), strict=True))
            for name, each in found.levels.items()
        }
    return told


def _steps_told(found: Ordinal | None) -> dict[str, object]:
    if found is None:
        return {}
    told = {"steps": found.steps.tolist(), "thresholds": found.thresholds.tolist()}
    return {"as_steps": told | {"alike": dict(found.alike)}}


def _print_steps(found: Ordinal | None) -> None:
    if found is None:
        return
    out = Table(title="Read as steps, in logits")
    for heading in ("From", "to", "at", "further"):
        out.add_column(heading, justify="right")
    further = ["", *(f"{each:.2f}" for each in np.diff(found.thresholds))]
    pairs = zip(pairwise(found.steps), found.thresholds, further, strict=True)
    for (one, other), at, more in pairs:
        out.add_row(f"{one:g}", f"{other:g}", f"{at:+.2f}", more)
    console = Console()
    console.print(out)
    for name, alike in found.alike.items():
        console.print(f"{name}: levels as steps and as numbers agree by {alike:.3f}.")


def _print(found: Raters) -> None:
    whole = sum(sd**2 for sd in found.sd.values())
    out = Table(title=f"{found.n:,} ratings around {found.intercept:.3f}")
    for heading in ("What differs", "SD", "95 % interval", "Share of variance"):
        out.add_column(heading, justify="left" if heading == "What differs" else "right")
    for name, sd in found.sd.items():
        label = "what is left" if name == RESIDUAL else name
        share = f"{100 * sd**2 / whole:.0f} %"
        out.add_row(label, f"{sd:.4f}", interval(found.ci.get(name)), share)
    console = Console()
    console.print(out)
    for name, each in found.levels.items():
        shown = Table(title=f"{name}: {each.label.size:,} levels, in their own order")
        for heading in (name, "Level", "Ratings"):
            shown.add_column(heading, justify="left" if heading == name else "right")
        rows = zip(each.label[:SHOWN], each.effect[:SHOWN], each.count[:SHOWN], strict=True)
        for label, level, count in rows:
            shown.add_row(str(label), f"{level:+.3f}", f"{count:,}")
        console.print(shown)
        if each.label.size > SHOWN:
            console.print(f"… and {each.label.size - SHOWN:,} more; --json tells all.")
