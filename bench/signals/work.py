"""What Daybook is asked, and the data it is asked about."""

import csv
import json
import resource
import sys
import time
from datetime import datetime

import numpy as np

from daybook.signals.raters import raters


def warm():
    """Compile every loop once, for one, two and three effects."""
    value, effects = simulated(6_000, (900, 450, 30), {"a": 1, "b": 1, "c": 1, "residual": 1})
    for names in (["a", "b", "c"], ["a", "b"]):
        raters(value, {name: effects[name] for name in names})
        raters(value % 1, {name: effects[name] % 9 for name in names})


def insteval(file):
    with file.open() as handle:
        rows = list(csv.DictReader(handle))
    value = np.array([float(row["y"]) for row in rows])
    return value, {name: np.array([int(row[name]) for row in rows]) for name in ("s", "d")}


def simulated(n, levels, sds, seed=0):
    random = np.random.default_rng(seed)
    value = 3 + list(sds.values())[-1] * random.standard_normal(n)
    effects = {}
    for (name, sd), size in zip(sds.items(), levels, strict=False):
        effects[name] = random.integers(0, size, n, dtype=np.int32)
        value += (sd * random.standard_normal(size))[effects[name]]
    return value, effects


def fit(value, effects, **more):
    return raters(value, effects, **more)


def written(file, value, effects):
    columns = np.column_stack([value, *effects.values()])
    head = ",".join(["y", *effects])
    np.savetxt(file, columns, fmt=["%.6f", *["%d"] * len(effects)], delimiter=",", header=head,
               comments="")  # fmt: skip


def mood(file):
    """Day means of *Down*, days counted from the first."""
    by_day = {}
    with file.open() as handle:
        for row in csv.DictReader(handle):
            if row["Down"] not in ("", "NA"):
                on = datetime.strptime(row["date"], "%d/%m/%y").toordinal()  # noqa: DTZ007
                by_day.setdefault(on, []).append(float(row["Down"]))
    first = min(by_day)
    days = sorted(by_day)
    return [day - first + 1 for day in days], [float(np.mean(by_day[day])) for day in days]


def change(file):
    from typer.testing import CliRunner

    from daybook.config.commands.signals import app

    question = ["change", str(file), "--value", "Down", "--time", "date"]
    ran = CliRunner().invoke(app, [*question, "--date-format", "%d/%m/%y", "--json"])
    alarms = json.loads(ran.stdout)["alarms"]
    ways = {1: "rise", -1: "fall"}
    return "; ".join(
        f"{ways[each['direction']]} on day {each['index']}, since day {each['onset']}"
        for each in alarms
    )


def one_size(n):
    sds = {"person": 0.7, "rater": 0.5, "day": 0.3, "residual": 1.0}
    warm()
    value, effects = simulated(n, (n // 50, max(1000, n // 500), max(200, n // 2500)), sds)
    walls = []
    for _ in range(3):
        marks = {}

        def told(what, marks=marks):
            marks[what] = time.perf_counter()

        wall, own = time.perf_counter(), time.process_time()
        raters(value, effects, sd=sds, with_levels=True, told=told)
        spent = time.perf_counter() - wall
        walls.append((spent, wall + spent - marks["Levels"], time.process_time() - own))
    best = min(walls)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(json.dumps({"wall": best[0], "solving": best[1], "own": best[2], "peak": peak}))


if __name__ == "__main__":
    one_size(int(sys.argv[1]))
