"""Rows of a file that can't come in: each with its number, the column, and the reason."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .sheets import Row
from .tables import write_table


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps a row out. ``reason`` is a fixed sentence, so that alike ones can be counted."""

    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    row: Row
    problems: tuple[Problem, ...]


@dataclass
class Tally:
    """What an import did, or would do: rows of each kind, and why some were refused."""

    read: int = 0
    added: int = 0
    changed: int = 0
    there: int = 0
    empty: int = 0
    refused: int = 0
    reasons: Counter[Problem] = field(default_factory=Counter)
    first: dict[Problem, int] = field(default_factory=dict)

    def refuse(self, refused: Refused) -> None:
        self.refused += 1
        for problem in refused.problems:
            self.reasons[problem] += 1
            self.first.setdefault(problem, refused.row.number)


class Rejects:
    """A CSV file with the refused rows as they came, to be mended and imported again.

    Made when the first row is refused, readable by its maker only: it names people.
    Three columns about the refusal come before those of the original.
    """

    OWN = ("refused row", "refused column", "refused because")

    def __init__(self, file: Path | None, columns: Iterable[str]) -> None:
        self.file = file
        self._columns = [name for name in columns if name not in self.OWN]
        self._begun = False

    def add(self, refused: Iterable[Refused]) -> None:
        rows = list(map(self._line, refused))
        if self.file is None or not rows:
            return
        with open(self._open(), "a", encoding="utf-8", newline="") as handle:
            heads = None if self._begun else [*self.OWN, *self._columns]
            write_table(handle, rows, heads=heads)
            self._begun = True

    def _open(self) -> int:
        assert self.file is not None
        mode = os.O_APPEND if self._begun else os.O_TRUNC
        return os.open(self.file, os.O_WRONLY | os.O_CREAT | mode, 0o600)

    def _line(self, refused: Refused) -> list[str]:
        columns = dict.fromkeys(problem.column for problem in refused.problems if problem.column)
        reasons = dict.fromkeys(problem.reason for problem in refused.problems)
        cells = refused.row.cells
        return [
            str(refused.row.number),
            "; ".join(columns),
            "; ".join(reasons),
            *(cells.get(name, "") for name in self._columns),
        ]


def in_parts(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """The rows in lists of at most ``size``, for one transaction each."""
    part: list[Row] = []
    for row in rows:
        part.append(row)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part
