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
    """One cell: how many items and origins, and the few items that are shown in it."""

    dimension: Dimension
    group: Group
    count: int = 0
    origins: int = 0
    items: tuple[Any, ...] = ()

    @property
    def blind(self) -> bool:
        """Nobody has looked from here yet."""
        return self.count == 0 and self.group in ASKED_OF

    @property
    def more(self) -> int:
        return self.count - len(self.items)


@dataclass(frozen=True, slots=True)
class Row:
    dimension: Dimension
    cells: tuple[Cell, ...]

    @property
    def filled(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.count]

    @property
    def blind(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.blind]

    @property
    def unseen(self) -> bool:
        """Nothing at all lies in this row."""
        return not self.filled


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


def board(
    counts: Mapping[tuple[str, str], tuple[int, int]],
    shown: Mapping[tuple[str, str], tuple[Any, ...]],
) -> Board:
    """Every cell, whether anything lies in it or not.

    ``counts``: items and origins by (dimension, group); ``shown``: the items that are drawn.
    """
    return Board(
        tuple(
            Row(
                dimension,
                tuple(
                    Cell(
                        dimension,
                        group,
                        *counts.get((dimension.value, group.value), (0, 0)),
                        shown.get((dimension.value, group.value), ()),
                    )
                    for group in Group
                ),
            )
            for dimension in Dimension
        )
    )
