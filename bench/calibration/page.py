"""The results as tables."""

import os
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.calibration.cells import BEYOND, CHANGING, FIVE, KNOWN, NOBODY, REAL, Cell
from bench.calibration.counts import design_effect, wilson

RESULTS = Path(__file__).parents[1] / "results" / "calibration.md"
PROMISE, CHANGED_PROMISE = (3.0, 7.0), (1.5, 7.0)
INSIDE = (2.0, 8.0)
COUNTED = ("unchanged", "named", "changed", "found", "again")

Lines = Sequence[dict[str, Any]]


class Results:
    """What was measured of each condition."""

    def __init__(self, cells: Sequence[Cell], lines: Lines) -> None:
        self.cells = {cell.name: cell for cell in cells}
        self.of = {
            name: [line for line in lines if line["cell"] == name and "new" in line]
            for name in self.cells
        }
        self.beside: dict[str, list[dict[str, Any]]] = {name: [] for name in self.cells}
        for line in lines:
            if "textbook" in line:
                self.beside[line["cell"]].append(line["textbook"])
        self.known = {(line["cell"], line["known"]): line for line in lines if "known" in line}
        told = [[line["new"] for line in self.of[name]] for name, c in self.cells.items() if c.told]
        self.design = design_effect([each for each in told if len(each) > 1]) if told else 1.0

    def total(self, name: str, method: str = "new") -> dict[str, int]:
        told = [line[method] for line in self.of[name] if line[method]]
        return {key: sum(line[key] for line in told) for key in COUNTED}

    def named(self, name: str, method: str = "new") -> tuple[float, float, float]:
        """Per cent, and its interval."""
        total = self.total(name, method)
        low, high = wilson(total["named"], total["unchanged"], self.design)
        return 100 * total["named"] / total["unchanged"], low, high

    def found(self, name: str, method: str = "new") -> tuple[float, float, float]:
        total = self.total(name, method)
        low, high = wilson(total["found"], total["changed"])
        return 100 * total["found"] / total["changed"], low, high

    def has(self, name: str, method: str = "new") -> bool:
        return any(line[method] for line in self.of.get(name, ()))

    def textbook(self, name: str) -> tuple[str, str]:
        """Per cent named and found by the textbooks' chart."""
        told = self.beside[name]
        if not told:
            return "", ""
        total = {key: sum(line[key] for line in told) for key in COUNTED}
        named = f"{100 * total['named'] / total['unchanged']:.0f}"
        changed = total["changed"]
        return named, f"{100 * total['found'] / changed:.0f}" if changed else ""

    def knowing(self, name: str, what: str) -> float | None:
        line = self.known.get((name, what))
        return 100 * line["found"] / line["changed"] if line else None


def write(cells: Sequence[Cell], lines: Lines) -> None:
    RESULTS.write_text(text(Results(cells, lines), lines), encoding="utf-8")


def text(results: Results, lines: Lines) -> str:
    here = [line for line in lines if "new" in line]
    seconds, entries = (sum(line[key] for line in here) for key in ("seconds", "entries"))
    people = [results.total(name)["unchanged"] for name in results.of if results.has(name)]
    return f"""# Told 5 % in 120 days: how often charts named people, and found changes

Written by `make bench-calibration` on {time.strftime("%Y-%m-%d")}, {os.cpu_count()} cores;
{_range(people)} unchanged people a condition in services of ten wings of forty, all methods on
the same ratings. [The same as a picture](calibration.svg).

*Named*: unchanged people with any alarm within 120 days of charting. Intervals are 95 % (Wilson);
services of one condition lie {results.design:.1f} times as far apart as independent people would,
so that {results.design:.1f} people count as one. *Found*: changes of 1.0 on day 90 named in the
right direction within 30 days; *days*: the median until then; *again*: of those found, how many
were named once more by day 150. *Earlier*: the first method, adjusted days under a cumulative sum
with limits from a replayed autoregression. *Textbook*: a two-sided CUSUM on each person's ratings
as they came, with the limit that tables give for 5 % in 120 days; whom it finds, it finds among
all the others it names. The calendar is live: limits never know who will rate whom, nor that half
the raters leave on day 100.

## Nobody changes

Goal: 3 to 7 % in every condition, its interval within 2 to 8 %.

{_table(NOBODY, results, _promise, PROMISE_HEAD)}

## A fifth change by one step on one day

Goals: named 1.5 to 7 %; found as the table says. *With sizes known*: what the same filter and chart
would find if nothing had to be fitted and the limit were exact. *With all known*: what whoever
knows every level, habit and day's weather would find by the odds of a change; nobody can.

{_table([*CHANGING, REAL], results, _change, CHANGE_HEAD)}

## Against effects known, without effects, and several channels

{_more(results)}

## Where the promise ends

Not promised; what the model does not know of.

{_table(BEYOND, results, _promise, PROMISE_HEAD)}

{1e3 * seconds / entries:.2f} ms of processor time an entry, fits, limits and filter together.
"""


def _range(people: Sequence[int]) -> str:
    low, high = min(people), max(people)
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


PROMISE_HEAD = (
    "condition", "named %", "interval", "goal", "limit", "earlier: named %", "textbook: named %",
)  # fmt: skip
CHANGE_HEAD = (
    "condition", "named %", "interval", "found %", "interval", "goal", "days", "again %",
    "with sizes known %", "with all known %", "earlier: named %", "found %",
    "textbook: named %", "found %",
)  # fmt: skip


def _table(
    cells: Iterable[Cell],
    results: Results,
    row: Callable[[Cell, Results], list[str]],
    head: tuple[str, ...],
) -> str:
    rows = [row(cell, results) for cell in cells if results.has(cell.name)]
    return "\n".join(f"| {' | '.join(each)} |" for each in [head, ["---"] * len(head), *rows])


def _promise(cell: Cell, results: Results) -> list[str]:
    share, low, high = results.named(cell.name)
    limits = [line["limit"] for line in results.of[cell.name]]
    kept = PROMISE[0] <= share <= PROMISE[1] and INSIDE[0] <= low and high <= INSIDE[1]
    old = f"{results.named(cell.name, 'old')[0]:.1f}" if results.has(cell.name, "old") else ""
    said = ("met" if kept else "**not met**") if cell.told else "none"
    return [
        cell.name, f"{share:.1f}", f"{low:.1f}–{high:.1f}", said,
        f"{min(limits):.1f}–{max(limits):.1f}", old, results.textbook(cell.name)[0],
    ]  # fmt: skip


def _change(cell: Cell, results: Results) -> list[str]:
    name = cell.name
    share, low, high = results.named(name)
    found, found_low, found_high = results.found(name)
    total = results.total(name)
    delays = [day for line in results.of[name] for day in line["new"]["delays"]]
    goal = ""
    if cell.goal is not None:
        goal = f"≥ {cell.goal:.0f}, {'met' if found >= cell.goal else '**not met**'}"
    if cell.told and not CHANGED_PROMISE[0] <= share <= CHANGED_PROMISE[1]:
        goal += "; **named too many**"
    knowing = [results.knowing(name, what) for what in ("sizes", "everything")]
    old = ("", "")
    if results.has(name, "old"):
        old = (f"{results.named(name, 'old')[0]:.1f}", f"{results.found(name, 'old')[0]:.0f}")
    return [
        name.removeprefix("20 % change: "), f"{share:.1f}", f"{low:.1f}–{high:.1f}",
        f"{found:.0f}", f"{found_low:.0f}–{found_high:.0f}", goal,
        f"{np.median(delays):.0f}" if delays else "",
        f"{100 * total['again'] / total['found']:.0f}" if total["found"] else "",
        *("" if x is None else f"{x:.0f}" for x in knowing), *old,
        *results.textbook(name),
    ]  # fmt: skip


def _more(results: Results) -> str:
    said = []
    for cell in KNOWN:
        charted = cell.name.replace("effects known", "20 % change")
        if results.has(cell.name) and results.has(charted):
            mine, theirs = results.found(charted)[0], results.found(cell.name)[0]
            said.append(
                f"- {cell.name.removeprefix('effects known: ')}: found {mine:.0f} %, and"
                f" {theirs:.0f} % where habits and weather had been known before ratings were"
                f" written: {100 * mine / theirs:.0f} % of it"
                + (" (goal 92)." if "base" in cell.name else ".")
            )
    quiet, plain = "20 % change: no habits, no weather", "effects known: base"
    if results.has(quiet) and results.has(plain):
        with_, without = results.found(quiet)[0], results.found(plain)[0]
        said.append(
            f"- No habits and no weather in the ratings: found {with_:.1f} % where they are looked"
            f" for, {without:.1f} % where they are not (goal: at most 1 point less)."
        )
    for cell in FIVE:
        if results.has(cell.name):
            share, low, high = results.named(cell.name)
            found, found_low, found_high = results.found(cell.name)
            goal = "" if cell.goal is None else f", goal {cell.goal:.0f}"
            said.append(
                f"- {cell.name.capitalize()}, each told 1 %, with days of their own: named on any"
                f" {share:.1f} % ({low:.1f}–{high:.1f}), found on any {found:.0f} %"
                f" ({found_low:.0f}–{found_high:.0f}{goal})."
            )
    return "\n".join(said)
