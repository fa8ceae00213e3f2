"""Crossed raters, and one person's change, beside the reference software in one run."""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from bench.signals import peers, work
from bench.signals.warm import row_4

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "bench" / "results" / "signals.md"
SDS = {"person": 0.7, "rater": 0.5, "day": 0.3, "residual": 1.0}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--million", type=int, default=1_000_000, help="ratings of row 2")
    parser.add_argument("--sizes", default="1e6,1e7,5e7", help="ratings of row 3")
    parser.add_argument("--history", type=float, default=1e7, help="ratings before row 4")
    parser.add_argument("--no-peers", action="store_true")
    arguments = parser.parse_args()
    lines = [
        "# Numerics beside the reference software",
        "",
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores ({platform.machine()}), load average"
        f" {os.getloadavg()[0]:.1f} at the start, Python {platform.python_version()}.",
        "Wall time in seconds, and beside it the processor's own time, which a busy machine moves"
        " less. Compiled beforehand: the first call ever takes some seconds more.",
        "",
    ]
    tools = peers.Peers.none() if arguments.no_peers else peers.Peers.found(ROOT / "var" / "bench")
    lines += ["Versions: " + ", ".join([f"numpy {np.__version__}", *tools.versions]) + ".", ""]
    lines += tools.missing
    with tempfile.TemporaryDirectory() as folder:
        work.warm()
        for row in (
            lambda: row_1(arguments.data, tools, Path(folder)),
            lambda: row_2(arguments.million, tools, Path(folder)),
            lambda: row_3([int(float(size)) for size in arguments.sizes.split(",")]),
            lambda: row_4(int(arguments.history)),
            lambda: row_8(arguments.data, tools, Path(folder)),
        ):
            told = row()
            print("\n".join(told), flush=True)
            lines += [*told, ""]
    lines.append(f"Load average {os.getloadavg()[0]:.1f} at the end.")
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def clock(ask, times=1):
    """Answer, median wall and processor time."""
    spans = []
    for _ in range(times):
        wall, own = time.perf_counter(), time.process_time()
        answer = ask()
        spans.append((time.perf_counter() - wall, time.process_time() - own))
    return answer, *(statistics.median(column) for column in zip(*spans, strict=True))


def line(name, wall, own, sd, note=""):
    sds = " ".join(f"{value:.5f}" for value in sd)
    return f"| {name} | {wall:.3g} | {own:.3g} | {sds} | {note} |"


HEAD = ["| | wall s | processor s | standard deviations | |", "|---|---|---|---|---|"]


def beside(ours, theirs):
    """How many times as long the reference took, by both clocks."""
    return f"{theirs[0] / ours[0]:.0f} × (processor {theirs[1] / ours[1]:.0f} ×)"


def row_1(data, tools, folder):
    """InstEval: two crossed effects."""
    file = data / "crossed_ratings_insteval.csv"
    told = ["## 1 · InstEval: 73,421 ratings, 2,972 students × 1,128 lecturers", ""]
    if not file.exists():
        return [*told, "Left out: the public data do not lie beside the checkout."]
    value, effects = work.insteval(file)
    found, wall, own = clock(lambda: work.fit(value, effects), times=9)
    told += [*HEAD, line("Daybook, median of 9", wall, own, found.sd.values())]
    spent = {}
    for name, sds, theirs in tools.lme4(file, "y", ["s", "d"], folder):
        told.append(line(name, *theirs, sds, beside((wall, own), theirs)))
        spent[name] = theirs[1]
    if spent:
        tools.optimizers = min(spent, key=spent.get).removeprefix("lme4, ")
    for each in tools.python("statsmodels", file):
        told.append(f"| {each} | | | | |")
    return told


def row_2(n, tools, folder):
    """A million ratings, three crossed effects, full REML."""
    told = [f"## 2 · {n:,} ratings, three crossed effects, full REML", ""]
    value, effects = work.simulated(n, (n // 50, n // 500, n // 2500), SDS)
    found, wall, own = clock(lambda: work.fit(value, effects), times=3)
    told += [*HEAD, line("Daybook, median of 3", wall, own, found.sd.values())]
    file = folder / "million.csv"
    work.written(file, value, effects)
    # With the optimizer that was faster above.
    for name, sds, theirs in tools.lme4(file, "y", list(effects), folder):
        told.append(line(name, *theirs, sds, beside((wall, own), theirs)))
    for each in tools.python("pyfixest", file):
        told.append(f"| {each} | | | | |")
    return told


def row_3(sizes):
    """Levels with given components."""
    told = ["## 3 · Levels with given components, three crossed effects", ""]
    told += ["| ratings | wall s | of it solving | ns a rating | processor s | peak GB |"]
    told += ["|---|---|---|---|---|---|"]
    for size in sizes:
        # A process of its own: its peak is this size's, not that of a larger one before.
        ran = subprocess.run(
            [sys.executable, "-m", "bench.signals.work", str(size)],
            check=True, capture_output=True, text=True, cwd=ROOT,
        )  # fmt: skip
        one = json.loads(ran.stdout)
        told.append(
            f"| {size:,} | {one['wall']:.2f} | {one['solving']:.2f} |"
            f" {1e9 * one['wall'] / size:.0f} | {one['own']:.2f} | {one['peak']:.2f} |"
        )
    return told


def row_8(data, tools, folder):
    """One person's days."""
    file = data / "daily_mood_one_person_239_days.csv"
    told = ["## 8 · One person's daily mood: the lasting rise of *Down*", ""]
    if not file.exists():
        return [*told, "Left out: the public data do not lie beside the checkout."]
    days, means = work.mood(file)
    said, wall, _ = clock(lambda: work.change(file))
    told += ["| | says | wall s |", "|---|---|---|", f"| Daybook | {said} | {wall:.2f} |"]
    (folder / "mood.json").write_text(json.dumps({"day": days, "mean": means}))
    for name in ("ruptures", "river"):
        told += [f"| {each} | |" for each in tools.python(name, folder / "mood.json")]
    return told


if __name__ == "__main__":
    main()
