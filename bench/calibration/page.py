"""The results as a table and a picture."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import beta

from bench.calibration.cells import CELLS

RESULTS = Path(__file__).parents[1] / "results" / "calibration.md"


def interval(hits: int, of: int) -> tuple[float, float]:
    """Exact 95 % interval of a share, in per cent (Clopper and Pearson 1934)."""
    low = beta.ppf(0.025, hits, of - hits + 1) if hits else 0.0
    high = beta.ppf(0.975, hits + 1, of - hits) if hits < of else 1.0
    return 100 * float(low), 100 * float(high)


def write(lines: list[dict[str, Any]]) -> None:
    by_cell: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in lines:
        by_cell[line["cell"]].append(line)
    rows = [_row(cell.name, by_cell[cell.name]) for cell in CELLS if by_cell[cell.name]]
    seconds = sum(line["seconds"] for line in lines)
    entries = sum(line["entries"] for line in lines)
    people = [
        sum(line["new"]["unchanged"] for line in by_cell[cell.name])
        for cell in CELLS
        if by_cell[cell.name]
    ]
    RESULTS.write_text(
        f"""# Told 5 % in 120 days: how often charts named people, and found changes

`make bench-calibration`; {min(people):,} to {max(people):,} unchanged people a cell, in wings of
40 over 150 days, both methods on the same ratings.

*Named*: unchanged people with any alarm, with the exact 95 % interval (people of one service are
counted as independent). *Found*: changes of 1.0 at day 90 named in the right direction within 30
days; *days*: the median until then; *again*: of those found, how many were named once more by day
150. *Earlier*: the first method. The calendar is live: limits never know who will rate whom, nor
that half the raters leave on day 100.

| condition | named % | interval | found % | days | again % | limit | earlier: named % | found % |
|---|---|---|---|---|---|---|---|---|
{chr(10).join(rows)}

{1e3 * seconds / entries:.2f} ms of processor time an entry, fits, limits and filter together.
""",
        encoding="utf-8",
    )


def _row(name: str, lines: list[dict[str, Any]]) -> str:
    new, old = (_sum(lines, key) for key in ("new", "old"))
    low, high = interval(new["named"], new["unchanged"])
    delays = [day for line in lines for day in line["new"]["delays"]]
    limits = [line["limit"] for line in lines]
    cells = [
        name,
        f"{100 * new['named'] / new['unchanged']:.1f}",
        f"{low:.1f}–{high:.1f}",
        _share(new["found"], new["changed"]),
        f"{np.median(delays):.0f}" if delays else "",
        _share(new["again"], new["found"]),
        f"{min(limits):.1f}–{max(limits):.1f}",
        f"{100 * old['named'] / old['unchanged']:.1f}",
        _share(old["found"], old["changed"]),
    ]
    return f"| {' | '.join(cells)} |"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}" if whole else ""


def _sum(lines: list[dict[str, Any]], key: str) -> dict[str, int]:
    names = ("unchanged", "named", "changed", "found", "again")
    return {name: sum(line[key][name] for line in lines) for name in names}
