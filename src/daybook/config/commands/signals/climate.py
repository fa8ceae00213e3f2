"""`daybook signals climate`: do items hang together, and do people of one unit agree?"""

from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from daybook.signals import BadParameter, BadRating
from daybook.signals.climate import Climate
from daybook.signals.climate import climate as ask

from .asking import NONE, AsJson, File, asking, print_json
from .files import table


def climate(
    file: File,
    items: Annotated[str, typer.Option(help="Columns of the answers, with commas between.")],
    group: Annotated[str, typer.Option(help="Column of the wing, unit or team.")],
    scale: Annotated[
        str | None, typer.Option(help="Lowest and highest answer, as in 1..5; r_wg needs it.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Is there a climate? Reliability of a questionnaire, and agreement within groups.

    People who left out an answer are left out, and counted.
    """
    with asking(file) as talk:
        names = [name.strip() for name in items.split(",") if name.strip()]
        if not names:
            raise BadParameter("no items were named.")
        read = table(file, names, [group], progress=talk.read)
        if read.left_out:
            talk.note(f"People left out for want of an answer: {read.left_out:,}.")
        answers = np.column_stack([read.numbers[name] for name in names])
        try:
            coded = read.labels[group]
            group_of = coded.labels[coded.codes]
            found = ask(answers, group_of, scale=_scale(scale), names=names)
        except BadRating as error:
            raise BadRating(int(read.lines[error.row]), error.reason, where="line") from None
        if as_json:
            print_json(
                {
                    "items": found.items,
                    "alpha": found.alpha,
                    "omega": found.omega,
                    "icc1": found.icc1,
                    "icc2": found.icc2,
                    "rwg": found.rwg,
                }
            )
        else:
            Console().print(_table(found))


def _scale(written: str | None) -> tuple[float, float] | None:
    if written is None:
        return None
    low, _, high = written.partition("..")
    try:
        return float(low), float(high)
    except ValueError:
        raise BadParameter(f"scale can't be {written!r}; write it like 1..5.") from None


def _table(found: Climate) -> Table:
    out = Table(title=f"{found.people:,} people in {found.units:,} groups, {found.items} items")
    out.add_column("What")
    out.add_column("Value", justify="right")
    for what, value in (
        ("alpha: items hang together", found.alpha),
        ("omega: one factor behind them", found.omega),
        ("ICC1: share of variance between groups", found.icc1),
        ("ICC2: reliability of a group's mean", found.icc2),
        ("r_wg(j): agreement within groups, mean", found.rwg),
    ):
        out.add_row(what, NONE if value is None else f"{value:.4f}")
    return out
