"""Fifty million ratings on a local cluster: partitions that nobody holds together.

.venv/bin/python -m bench.signals.scale 5e7
"""

import json
import sys
import time

import numpy as np
from distributed import Client, LocalCluster

from bench.signals.work import warm
from daybook.signals.raters.cluster import Part, raters_in_parts

SDS = {"person": 0.7, "rater": 0.5, "day": 0.3, "residual": 1.0}
A_PART = 2_500_000


def part(n, at, levels):
    """One partition; what levels are like is the same in all of them."""
    shared, random = np.random.default_rng(0), np.random.default_rng([1, at])
    value = 3 + SDS["residual"] * random.standard_normal(n)
    effects = {}
    for (name, sd), size in zip(SDS.items(), levels, strict=False):
        effects[name] = random.integers(0, size, n, dtype=np.int32)
        value += (sd * shared.standard_normal(size))[effects[name]]
    return Part(value, effects)


def main(n, *, with_variances, workers=2):
    parts = -(-n // A_PART)
    levels = (n // 50, max(1000, n // 500), max(200, n // 2500))
    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        client.run(warm)
        made = [client.submit(part, n // parts, at, levels, pure=False) for at in range(parts)]
        client.gather([client.submit(lambda p: p.value.size, each, pure=False) for each in made])
        for sd in (SDS, None) if with_variances else (SDS,):
            since, marks = time.perf_counter(), []
            own = sum(client.run(time.process_time).values())
            found = raters_in_parts(
                client, made, sd=sd,
                told=lambda what, at=since, to=marks: to.append((what, time.perf_counter() - at)),
            )  # fmt: skip
            told = {
                "asked": "levels" if sd else "variances and levels",
                "ratings": found.n,
                "workers": workers,
                "wall": round(time.perf_counter() - since, 2),
                "workers' processor": round(sum(client.run(time.process_time).values()) - own, 2),
                "marks": [(what, round(at, 2)) for what, at in marks],
                "sd": {name: round(value, 5) for name, value in found.sd.items()},
            }
            print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(int(float(sys.argv[1])), with_variances="--levels-only" not in sys.argv)
