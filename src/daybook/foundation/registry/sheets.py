"""Tables that people keep in files, CSV or XLSX, read row by row as text.

A row that can't be read comes with a problem instead of cells, and the next one is read
all the same: one stray quotation mark must not swallow the rest of a file.
"""

import csv
import zipfile
import zlib
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import TextIOWrapper
from itertools import count
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
LONGEST_RECORD = 50
"""Lines that one quoted cell may span; beyond it, a quotation mark was never closed."""
LONGEST_LINE = 1_000_000
"""Letters. What is longer is no row of a table, and would have to be held in memory whole."""
LARGEST_UNPACKED = 1_000_000_000
MOST_PACKED = 300
"""Bytes of a workbook once unpacked, and how many of them one packed byte may hold: a sheet
packs some thirty to one."""


class Unreadable(ValueError):
    """A file that is no table; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet shows it, and its cells by column, stripped.

    ``problem`` says why a row can't be read; its cells are then what little there is.
    """

    number: int
    cells: dict[str, str]
    problem: str = ""


@dataclass
class Sheet:
    """An open table: the names of its columns, how it was read, and its rows, once."""

    columns: tuple[str, ...]
    how: str
    rows: Iterator[Row]
    _progress: list[float] = field(default_factory=lambda: [0.0])

    @property
    def share(self) -> float:
        """How much of the file has been read, from 0 to 1."""
        return self._progress[0]

    def need(self, names: "list[str] | set[str]") -> None:
        """Raise ``Unreadable`` unless all these columns are there."""
        if missing := sorted(set(names) - set(self.columns)):
            raise Unreadable(
                f"There is no column {', '.join(map(repr, missing))}. "
                f"The columns are: {', '.join(self.columns)}."
            )


@contextmanager
def open_sheet(file: Path) -> Iterator[Sheet]:
    """Open a CSV file or the first sheet of a workbook. Raises ``Unreadable``."""
    opened = _workbook if file.suffix.lower() in {".xlsx", ".xlsm"} else _text
    with opened(file) as sheet:
        yield sheet


@contextmanager
def _text(file: Path) -> Iterator[Sheet]:
    encoding = _encoding(file)
    with (
        file.open("rb") as raw,
        TextIOWrapper(raw, encoding=encoding, errors="surrogateescape", newline="") as handle,
    ):
        lines = _lines(handle)
        before = 0
        first = ""
        for first in lines:
            if first.strip():
                break
            before += 1
        delimiter = max(DELIMITERS, key=lambda each: len(_cells(first, each) or ()))
        header = _cells(first, delimiter)
        if header is None:
            raise Unreadable("The first line is not a header: it has a stray quotation mark.")
        columns = _columns(header)
        size = max(1, file.stat().st_size)
        progress = [0.0]

        def rows() -> Iterator[Row]:
            for number, cells, problem in _records(lines, delimiter, len(columns)):
                progress[0] = raw.tell() / size
                if problem or any(cells):
                    yield _row(number + before + 1, columns, cells, problem)

        name = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252, for it is not UTF-8"}[encoding]
        how = f"CSV, separated by {DELIMITERS[delimiter]}, read as {name}"
        yield Sheet(columns, how, rows(), progress)


def _lines(handle: TextIOWrapper) -> Iterator[str]:
    while line := handle.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise Unreadable(
                "A line of the file is longer than a million letters, which no row of a table is."
            )
        yield line


def _encoding(file: Path) -> str:
    """UTF-8, unless most lines with letters beyond ASCII are no such thing."""
    fits: Counter[bool] = Counter()
    with file.open("rb") as handle:
        start = handle.read(4)
        if start.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise Unreadable("The file is text in UTF-16. Save it as 'CSV UTF-8' and try again.")
        if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            raise Unreadable("The file is a workbook, not CSV. Save it as .xlsx or as 'CSV UTF-8'.")
        handle.seek(0)
        while line := handle.readline(LONGEST_LINE):
            if not line.isascii():
                fits[_is_utf8(line)] += 1
    return "cp1252" if fits[False] > fits[True] else "utf-8-sig"


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _records(
    lines: Iterator[str], delimiter: str, width: int
) -> Iterator[tuple[int, list[str], str]]:
    """Number of the record, its cells, and what is wrong with it."""
    waiting: deque[str] = deque()
    for number in count(1):
        taken: list[str] = []
        reader = csv.reader(_take(waiting, lines, taken), delimiter=delimiter, strict=True)
        try:
            cells = next(reader, None)
        except csv.Error:
            misread = True
        else:
            misread = len(taken) > 1 and _swallowed(taken, cells or [], delimiter, width)
        if misread:
            waiting.extendleft(reversed(taken[1:]))
            problem = _("a quotation mark is out of place, or a cell is too long")
            yield number, [taken[0].rstrip("\r\n")], problem
        elif cells is None:
            return
        else:
            yield number, cells, ""


def _swallowed(lines: list[str], cells: list[str], delimiter: str, width: int) -> bool:
    """Whether a cell over several lines is rather whole rows between two stray marks."""
    long = next((cell for cell in cells if "\n" in cell or "\r" in cell), "")
    return (
        len(cells) != width
        or long.endswith(delimiter)
        or (width > 2 and any(line.count(delimiter) == width - 1 for line in lines[1:-1]))
    )


def _take(waiting: deque[str], lines: Iterator[str], taken: list[str]) -> Iterator[str]:
    """As many lines as one record may span, those handed back first; notes what it gave."""
    while len(taken) < LONGEST_RECORD:
        line = waiting.popleft() if waiting else next(lines, None)
        if line is None:
            return
        taken.append(line)
        yield line


def _cells(record: str, delimiter: str) -> list[str] | None:
    try:
        return next(csv.reader([record], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return None


@contextmanager
def _workbook(file: Path) -> Iterator[Sheet]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    broken = (
        zipfile.BadZipFile, zlib.error, InvalidFileException, ParseError, KeyError, ValueError,
        TypeError, AttributeError, EOFError, OSError, NotImplementedError, RecursionError,
    )  # fmt: skip
    with file.open("rb") as raw:
        try:
            _weigh(raw)
            book = load_workbook(raw, read_only=True, data_only=True)
        except Unreadable:
            raise
        except broken as why:
            raise Unreadable("The file is not a workbook that can be opened.") from why
        page = book.worksheets[0]
        height = max(1, page.max_row or 1)
        # Some programs write a wrong extent, and cells beyond it would be lost.
        page.reset_dimensions()
        values = enumerate(_whole(page.iter_rows(values_only=True), broken), start=1)
        header = next((found for _number, found in values if any(found)), ())
        columns = _columns([_as_text(value) for value in _without_empty_end(header)])
        progress = [0.0]

        def rows() -> Iterator[Row]:
            for number, found in values:
                progress[0] = min(1.0, number / height)
                cells = [_as_text(value) for value in found]
                if any(cells):
                    cells += [""] * (len(columns) - len(cells))
                    yield _row(number, columns, cells, "")

        yield Sheet(columns, f"workbook, sheet '{page.title}'", rows(), progress)


def _weigh(file: BinaryIO) -> None:
    """Refuse what unpacks to far more than it is; no part gives more than it declares here."""
    with zipfile.ZipFile(file) as packed:
        parts = packed.infolist()
    unpacked = sum(part.file_size for part in parts)
    most = MOST_PACKED * sum(part.compress_size for part in parts) + 1_000_000
    if unpacked > min(most, LARGEST_UNPACKED):
        raise Unreadable("The workbook unpacks to far more than a table holds. Save it as CSV.")


def _whole(
    rows: Iterator[tuple[object, ...]], broken: tuple[type[Exception], ...]
) -> Iterator[tuple[object, ...]]:
    """The rows, until the file breaks off: what is not whole is not brought in by half."""
    try:
        yield from rows
    except broken as why:
        raise Unreadable("The workbook is broken in the middle. Save it again.") from why


def _without_empty_end(values: tuple[object, ...]) -> list[object]:
    kept = list(values)
    while kept and kept[-1] is None:
        kept.pop()
    return kept


def _as_text(value: object) -> str:
    match value:
        case None:
            return ""
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.replace(microsecond=0).isoformat()
        case date():
            return value.isoformat()
        case time():
            return value.isoformat(timespec="seconds")
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def moment_in(cell: str, form: str) -> datetime | None:
    """A date, with or without a time of day, written in ``form`` or as workbooks give theirs."""
    try:
        return datetime.strptime(cell, form)  # noqa: DTZ007
    except (ValueError, OverflowError):
        pass
    # Digits alone would be read as some date or other.
    if cell[4:5] != "-":
        return None
    try:
        return datetime.fromisoformat(cell)
    except (ValueError, OverflowError):
        return None


def _columns(header: list[str]) -> tuple[str, ...]:
    names = [name.strip() or f"column {place}" for place, name in enumerate(header, start=1)]
    if not any(name.strip() for name in header):
        raise Unreadable("The file is empty. Its first row must name the columns.")
    if twice := [name for name, times in Counter(names).items() if times > 1]:
        raise Unreadable(f"Several columns are called {twice[0]!r}. Give each a name of its own.")
    return tuple(names)


def _row(number: int, columns: tuple[str, ...], cells: list[str], problem: str) -> Row:
    # Some programs end every row with one more delimiter.
    if not problem and (len(cells) < len(columns) or any(cells[len(columns) :])):
        problem = _("the row has not as many cells as the header")
    text = "".join(cells)
    if not problem and "\0" in text:
        problem = _("a cell holds a NUL character, which is no text")
    if not text.isascii() and not _writable(text):
        problem = problem or _("a cell holds bytes that are no letters in this file's encoding")
        cells = [cell.encode(errors="replace").decode() for cell in cells]
    return Row(number, dict(zip(columns, map(str.strip, cells), strict=False)), problem)


def _writable(text: str) -> bool:
    """Whether it is text throughout: an undecodable byte stands in it as half a surrogate."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
