"""Tables of counts in which no small number stands, nor can be worked out from the others."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

SMALLEST = 5
"""One to four are not shown; none is."""

Key = Hashable


@dataclass(frozen=True, slots=True)
class Line:
    """Cells of a table that add up to another one."""

    parts: tuple[Key, ...]
    whole: Key

    @property
    def cells(self) -> tuple[Key, ...]:
        return (*self.parts, self.whole)


def kept_back(values: Mapping[Key, int], lines: Sequence[Line]) -> set[Key]:
    """Which cells are not shown.

    Those of one to four; and the smallest of the others, one by one, until no line gives away one
    that is hidden, nor that those hidden in it are fewer than five together, and no adding and
    taking away over all lines leads to the number of one.
    """
    away = {key for key, value in values.items() if 0 < value < SMALLEST}
    while (one_more := _one_more(values, lines, away)) is not None:
        away.add(one_more)
    return away


def _one_more(values: Mapping[Key, int], lines: Sequence[Line], away: set[Key]) -> Key | None:
    for line in lines:
        hidden = [key for key in line.cells if key in away]
        few = line.whole not in away and sum(values[key] for key in hidden) < SMALLEST
        if (len(hidden) == 1 or (hidden and few)) and (found := _smallest(values, line, away)):
            return found
    for key in given_away(lines, away):
        for line in lines:
            if key in line.cells and (found := _smallest(values, line, away)):
                return found
    return None


def _smallest(values: Mapping[Key, int], line: Line, away: set[Key]) -> Key | None:
    """Of what a line still shows: the smallest that is not nought, nought where all are."""
    shown = [key for key in line.cells if key not in away]
    return min(shown, key=lambda key: (values[key] == 0, values[key]), default=None)


def given_away(lines: Sequence[Line], away: set[Key]) -> Iterator[Key]:
    """Hidden cells whose number follows from what is shown, by adding and taking away."""
    unknown = sorted(away, key=repr)
    if not unknown:
        return
    place = {key: at for at, key in enumerate(unknown)}
    sums = np.zeros((len(lines), len(unknown)))
    for row, line in enumerate(lines):
        for key in line.parts:
            if key in place:
                sums[row, place[key]] += 1
        if line.whole in place:
            sums[row, place[line.whole]] -= 1
    _u, sizes, directions = np.linalg.svd(sums)
    free = directions[(sizes > 1e-9).sum() :]
    for at, key in enumerate(unknown):
        # What no direction moves has one value only.
        if not np.any(np.abs(free[:, at]) > 1e-9):
            yield key


def without_rare(counts: Mapping[str, int], *, keep: frozenset[str], rest: str) -> dict[str, str]:
    """Under which words each is counted: its own, or ``rest`` where they stand for a few alone.

    A sentence that was written about three people could tell who they are.
    """
    return {
        words: words if words in keep or number >= SMALLEST else rest
        for words, number in counts.items()
    }
