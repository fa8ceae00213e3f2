"""Shares with intervals that know that people of one service go up and down together."""

from collections.abc import Sequence
from math import sqrt
from typing import Any

TWO_SIDED = 1.959964


def wilson(hits: float, of: float, design: float = 1.0) -> tuple[float, float]:
    """95 % interval of a share, in per cent, where `design` people count as one (Wilson 1927)."""
    n = of / design
    share, square = hits / of, TWO_SIDED**2
    middle = (share + square / (2 * n)) / (1 + square / n)
    reach = TWO_SIDED / (1 + square / n) * sqrt(share * (1 - share) / n + square / (4 * n * n))
    return 100 * max(0.0, middle - reach), 100 * min(1.0, middle + reach)


def design_effect(cells: Sequence[Sequence[dict[str, Any]]]) -> float:
    """How many times as far services of one cell lie apart as independent people would.

    Each cell's services share a limit's chance, so their people do not count in full; pooled
    over cells, as one cell's few services tell little. Source: Kish 1965. At least 1.
    """
    apart, expected = 0.0, 0.0
    for lines in cells:
        people = sum(line["unchanged"] for line in lines)
        share = sum(line["named"] for line in lines) / people
        for line in lines:
            apart += (line["named"] - share * line["unchanged"]) ** 2
        mean = people / len(lines)
        expected += (len(lines) - 1) * mean * share * (1 - share)
    return max(1.0, apart / expected) if expected else 1.0
