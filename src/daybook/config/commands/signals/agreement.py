"""`daybook signals agreement`: do raters agree, beyond what chance would give?"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from daybook.signals import BadColumn, BadRating
from daybook.signals.agreement import cohen, fleiss, gwet, icc, krippendorff
from daybook.signals.columns import Floats
from daybook.signals.estimates import Estimate

from .asking import NONE, AsJson, File, asking, interval, print_json
from .files import grid


class Kind(StrEnum):
    """What to ask; the words after the dash say of what."""

    ICC = "icc"
    KAPPA = "kappa"
    WEIGHTED_KAPPA = "weighted-kappa"
    FLEISS = "fleiss"
    KRIPPENDORFF = "krippendorff"
    GWET = "gwet"


class RatersIn(StrEnum):
    """How the file lies."""

    ROWS = "rows"
    COLUMNS = "columns"


NAMES = {
    Kind.ICC: "icc", Kind.KAPPA: "kappa", Kind.WEIGHTED_KAPPA: "kappa", Kind.FLEISS: "fleiss",
    Kind.KRIPPENDORFF: "alpha", Kind.GWET: "gwet",
}  # fmt: skip


def agreement(
    file: File,
    kind: Annotated[Kind, typer.Option(help="Which coefficient.")],
    no_header: Annotated[
        bool, typer.Option("--no-header", help="The first line is data already.")
    ] = False,
    raters_in: Annotated[
        RatersIn, typer.Option(help="Each rater has a column, or a row.")
    ] = RatersIn.COLUMNS,
    as_json: AsJson = False,
) -> None:
    """Do raters agree? Every cell is a rating; an empty one or NA is none.

    A row for each person or case and a column for each rater. For fleiss, a column for each
    category instead, with how many raters chose it. All columns are used. Every coefficient has a
    95 % interval, over persons or cases.
    """
    with asking(file) as talk:
        ratings, header = grid(file, with_header=not no_header, progress=talk.read)
        if raters_in is RatersIn.ROWS:
            if kind is Kind.FLEISS:
                raise BadColumn("fleiss counts by category, so there are no raters to lie in rows.")
            ratings = ratings.T
        try:
            found = _ask(kind, ratings)
        except BadRating as error:
            # Rows of a grid count from 0, after the header.
            if raters_in is RatersIn.ROWS:
                where = "column" if not header else f"column {header[error.row]!r}, which is"
                raise BadRating(error.row + 1, error.reason, where=where) from None
            line = error.row + (1 if no_header else 2)
            raise BadRating(line, error.reason, where="line") from None
        if as_json:
            print_json(_told(kind, found))
        else:
            Console().print(_table(kind, found, ratings.shape))


def _ask(kind: Kind, ratings: Floats) -> Mapping[str, Estimate]:
    match kind:
        case Kind.ICC:
            return icc(ratings)
        case Kind.KAPPA | Kind.WEIGHTED_KAPPA:
            return cohen(ratings)
        case Kind.FLEISS:
            return {"fleiss": fleiss(ratings)}
        case Kind.KRIPPENDORFF:
            return krippendorff(ratings)
        case Kind.GWET:
            return gwet(ratings)


def _told(kind: Kind, found: Mapping[str, Estimate]) -> dict[str, object]:
    values = {name: each.value for name, each in found.items()}
    ci = {name: each.ci and list(each.ci) for name, each in found.items()}
    if kind is Kind.FLEISS:
        return {**values, "ci": ci}
    return {NAMES[kind]: values, "ci": ci}


def _table(kind: Kind, found: Mapping[str, Estimate], shape: tuple[int, ...]) -> Table:
    across = "categories" if kind is Kind.FLEISS else "raters"
    table = Table(title=f"{kind}: {shape[0]:,} rated, {shape[1]} {across}")
    for heading in ("Coefficient", "Value", "95 % interval"):
        table.add_column(heading, justify="left" if heading == "Coefficient" else "right")
    for name, value, ci in _rows(kind, found):
        table.add_row(name, value, ci)
    return table


def _rows(kind: Kind, found: Mapping[str, Estimate]) -> Iterator[tuple[str, str, str]]:
    for name, each in found.items():
        if kind is Kind.KAPPA and name != "none":
            continue
        label = {"none": "kappa", "ac1": "AC1", "ac2": "AC2"}.get(name, name)
        yield label, NONE if each.value is None else f"{each.value:.3f}", interval(each.ci)
