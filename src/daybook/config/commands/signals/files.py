"""Reading what a question needs from a CSV or Parquet file, row by row.

Only the named columns are kept, numbers as eight bytes and labels as four a row, so that memory
grows with the answer and not with the file. Whatever can't be used is named with line and column.
"""

import csv
import io
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from daybook.signals import BadColumn, BadRating, NoRatings
from daybook.signals.columns import Floats
from daybook.signals.errors import SignalsError

MISSING = frozenset({"", "NA"})
ROWS_A_LOOK = 50_000

Cells = Sequence[Any]


class Progress(Protocol):
    def __call__(self, done: int, of: int) -> None: ...


class ExtraMissing(SignalsError):
    """What an optional extra would bring is not installed."""


@dataclass(frozen=True, eq=False)
class Coded:
    """A column of labels: for each row a position in `labels`, which stand in their own order."""

    codes: NDArray[np.int32]
    labels: NDArray[np.generic]


@dataclass(frozen=True, eq=False)
class Table:
    """The named columns of a file: (n,) each. `left_out` rows had an empty cell where a number
    belongs; `repeated` rows were the same as another, word for word; `lines` (n,) of the file.
    """

    numbers: dict[str, Floats]
    labels: dict[str, Coded]
    lines: NDArray[np.int64]
    left_out: int
    repeated: int


class Reader(Protocol):
    """A file opened once or more: its header, then rows with the number a person would call
    them by, and what that number is called."""

    where: str
    header: list[str]

    def rows(self) -> Iterator[tuple[int, Cells]]: ...


def opened(file: Path, *, with_header: bool = True, progress: Progress | None = None) -> Reader:
    if file.suffix.lower() in {".parquet", ".pq"}:
        return _Parquet(file, progress)
    return _Csv(file, with_header, progress)


def table(
    file: Path,
    numbers: Sequence[str],
    labels: Sequence[str] = (),
    *,
    refuse_repeated: bool = False,
    progress: Progress | None = None,
) -> Table:
    """The columns `numbers` and `labels` of a file with a header.

    With `refuse_repeated`, a row that is the same as another word for word is refused where rows
    could have differed, which is where the file has columns besides the named ones.
    Raises NoRatings, BadColumn, BadRating.
    """
    reader = opened(file, progress=progress)
    at_number = [_place(reader.header, name) for name in numbers]
    at_label = [_place(reader.header, name) for name in labels]
    kept = [array("d") for _ in numbers]
    coded = [array("i") for _ in labels]
    known: list[dict[str, int]] = [{} for _ in labels]
    lines, prints = array("q"), array("q")
    left_out = 0
    for line, cells in reader.rows():
        prints.append(hash(tuple(cells)))
        found = [cells[at] for at in at_number]
        if any(cell is None or cell in MISSING for cell in found):
            left_out += 1
            continue
        for name, cell, values in zip(numbers, found, kept, strict=True):
            values.append(number(reader.where, line, name, cell))
        for name, at, column, codes in zip(labels, at_label, coded, known, strict=True):
            cell = cells[at]
            if cell is None or cell in MISSING or cell != cell:
                raise BadRating(line, f"{name} is empty.", where=reader.where)
            column.append(codes.setdefault(cell, len(codes)))
        lines.append(line)
    if not lines:
        raise NoRatings
    could_differ = len(set(reader.header)) > len({*numbers, *labels})
    repeated = _repeated(
        reader, np.frombuffer(prints, dtype=np.int64), refuse_repeated and could_differ
    )
    return Table(
        {n: np.frombuffer(column) for n, column in zip(numbers, kept, strict=True)},
        {
            name: _in_order(np.frombuffer(column, dtype=np.int32), list(codes))
            for name, column, codes in zip(labels, coded, known, strict=True)
        },
        np.frombuffer(lines, dtype=np.int64),
        left_out,
        repeated,
    )


def grid(
    file: Path, *, with_header: bool = True, progress: Progress | None = None
) -> tuple[Floats, list[str]]:
    """Every cell as a number, NaN where it is empty; shape (rows, columns). And the header."""
    reader = opened(file, with_header=with_header, progress=progress)
    cells_ = array("d")
    width = 0
    for line, cells in reader.rows():
        width = len(cells)
        names = reader.header or [f"column {at}" for at in range(1, width + 1)]
        for name, cell in zip(names, cells, strict=True):
            empty = cell is None or cell in MISSING
            cells_.append(np.nan if empty else number(reader.where, line, name, cell))
    if not cells_:
        raise NoRatings
    return np.frombuffer(cells_).reshape(-1, width), reader.header


def number(where: str, line: int, name: str, cell: object) -> float:
    try:
        found = float(cell)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise BadRating(line, f"{name} is {cell!r}, which is not a number.", where=where) from None
    if not -1e300 < found < 1e300:
        raise BadRating(line, f"{name} is {cell!r}, which is not a number to use.", where=where)
    return found


def _place(header: list[str], name: str) -> int:
    if name not in header:
        raise BadColumn(f"no column {name!r}; there are: {', '.join(header) or 'none'}.")
    if header.count(name) > 1:
        raise BadColumn(f"there are {header.count(name)} columns {name!r}.")
    return header.index(name)


def _in_order(codes: NDArray[np.int32], names: list[Any]) -> Coded:
    """Sort the labels, numbers by size, so that the order of rows leaves no trace."""
    try:
        labels = np.array([int(name) for name in names])
        if len(set(labels.tolist())) < len(names):
            labels = np.array(names)
    except (TypeError, ValueError):
        labels = np.array([str(name) for name in names])
    order = np.argsort(labels)
    place = np.empty(order.size, dtype=np.int32)
    place[order] = np.arange(order.size, dtype=np.int32)
    return Coded(place[codes], labels[order])


def _repeated(reader: Reader, prints: NDArray[np.int64], refuse: bool) -> int:
    """How many rows say again what another said; equal prints are looked up in the file."""
    order = np.argsort(prints, kind="stable")
    again = prints[order[1:]] == prints[order[:-1]]
    if again.any() and refuse:
        wanted = {}
        for first, second in zip(order[:-1][again], order[1:][again], strict=True):
            wanted[int(second)] = int(first)
        seen: dict[int, tuple[int, Cells]] = {}
        asked = set(wanted.values())
        for at, (line, cells) in enumerate(reader.rows()):
            if at in asked:
                seen[at] = (line, list(cells))
            if at in wanted and wanted[at] in seen and seen[wanted[at]][1] == list(cells):
                reason = f"the same as {reader.where} {seen[wanted[at]][0]}, word for word."
                raise BadRating(line, reason, where=reader.where)
    return int(again.sum())


class _Csv:
    where = "line"

    def __init__(self, file: Path, with_header: bool, progress: Progress | None) -> None:
        self._file, self._with_header, self._progress = file, with_header, progress
        self.header: list[str] = []
        if with_header:
            for cells in self._lines():
                self.header = [cell.strip() for cell in cells[1]]
                break

    def rows(self) -> Iterator[tuple[int, Cells]]:
        lines = self._lines()
        if self._with_header:
            next(lines, None)
        width = len(self.header)
        for line, cells in lines:
            width = width or len(cells)
            if len(cells) != width:
                than = "the header has" if self.header else "line 1 has"
                reason = f"{len(cells)} cells where {than} {width}."
                raise BadRating(line, reason, where=self.where)
            yield line, [cell.strip() for cell in cells]

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        size = self._file.stat().st_size
        with self._file.open("rb") as raw:
            text = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
            reader = csv.reader(text, strict=True)
            try:
                for count, cells in enumerate(reader):
                    if cells:
                        yield reader.line_num, cells
                    if self._progress and count % ROWS_A_LOOK == 0:
                        self._progress(raw.tell(), size)
            except UnicodeDecodeError:
                reason = "not text in UTF-8."
                raise BadRating(reader.line_num + 1, reason, where=self.where) from None
            except csv.Error as error:
                reason = f"not CSV: {error}."
                raise BadRating(reader.line_num, reason, where=self.where) from None


class _Parquet:
    where = "row"

    def __init__(self, file: Path, progress: Progress | None) -> None:
        try:
            import pyarrow
            import pyarrow.parquet as parquet
        except ImportError:
            raise ExtraMissing(
                "reading Parquet needs an extra: pip install 'daybook[parquet]'. Or save as CSV."
            ) from None
        try:
            self._open = parquet.ParquetFile(file)
        except pyarrow.ArrowInvalid:
            raise BadColumn("the file is not Parquet.") from None
        self._progress = progress
        self.header = list(self._open.schema_arrow.names)

    def rows(self) -> Iterator[tuple[int, Cells]]:
        row, rows = 0, self._open.metadata.num_rows
        for batch in self._open.iter_batches(batch_size=ROWS_A_LOOK):
            columns: Iterable[list[Any]] = (column.to_pylist() for column in batch.columns)
            for cells in zip(*columns, strict=True):
                row += 1
                yield row, cells
            if self._progress:
                self._progress(row, rows)
