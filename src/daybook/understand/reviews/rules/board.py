"""The board: what was looked at, seen from where, and what nobody has seen yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..vocabulary import Dimension, Group

ASKED_OF = tuple(group for group in Group if group is not Group.INFORMATION)
"""Columns whose empty cells are blind spots. Information is confirmed or isn't there: nobody goes
out to fill a cell with it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: how many items and origins stand in it, how many have ended since, the few that
    are shown, and who looks from here by when, where that is somebody’s action."""

    dimension: Dimension
    group: Group
    count: int = 0
    origins: int = 0
    ended: int = 0
    items: tuple[Any, ...] = ()
    taken: Any = None

    @property
    def lies(self) -> int:
        """Items that lie here, with those that count no more."""
        return self.count + self.ended

    @property
    def blind(self) -> bool:
        """Nobody has looked from here yet."""
        return self.count == 0 and self.group in ASKED_OF

    @property
    def more(self) -> int:
        return self.lies - len(self.items)


@dataclass(frozen=True, slots=True)
class Row:
    dimension: Dimension
    cells: tuple[Cell, ...]

    @property
    def blind(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.blind]

    @property
    def unseen(self) -> bool:
        """Nothing at all lies in this row."""
        return not any(cell.lies for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Board:
    rows: tuple[Row, ...]
    groups: tuple[Group, ...] = field(default=tuple(Group))

    @property
    def blind_spots(self) -> list[Cell]:
        return [cell for row in self.rows for cell in row.blind]

    @property
    def count(self) -> int:
        return sum(cell.count for row in self.rows for cell in row.cells)

    @property
    def lies(self) -> int:
        return sum(cell.lies for row in self.rows for cell in row.cells)


def board(
    counts: Mapping[tuple[str, str], tuple[int, int, int]],
    shown: Mapping[tuple[str, str], tuple[Any, ...]],
    taken: Mapping[tuple[str, str], Any],
) -> Board:
    """Every cell, whether anything lies in it or not.

    By (dimension, group), ``counts``: items, origins, and items that have ended since; ``shown``:
    the items that are drawn; ``taken``: the action that somebody has to look from there.
    """

    def cell(dimension: Dimension, group: Group) -> Cell:
        at = (dimension.value, group.value)
        return Cell(dimension, group, *counts.get(at, (0, 0, 0)), shown.get(at, ()), taken.get(at))

    return Board(tuple(Row(row, tuple(cell(row, group) for group in Group)) for row in Dimension))
