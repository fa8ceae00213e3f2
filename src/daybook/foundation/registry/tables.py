"""The one place that writes tables as CSV: every cell goes out so that no spreadsheet runs it."""

import csv
import re
from collections.abc import Iterable
from typing import TextIO

_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")
# Wide forms too: some spreadsheets read them as the narrow ones.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_table(
    to: TextIO, rows: Iterable[Iterable[str]], *, heads: Iterable[str] | None = None
) -> None:
    """Write ``rows``, after ``heads`` where they are given, with the mark that spreadsheets need
    to read letters beyond ASCII."""
    writer = csv.writer(to)
    if heads is not None:
        to.write("\ufeff")
        writer.writerow(map(harmless, heads))
    writer.writerows(map(harmless, row) for row in rows)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
