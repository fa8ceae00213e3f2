"""How high a chart climbs by chance alone: the fitted model replayed, with nobody changing."""

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from daybook.signals import wing
from daybook.signals.arrays import NEVER, Rows, Rules
from daybook.signals.compiled import compiled
from daybook.signals.fit import KEEPS, Fit, Steps, model_of, read_as
from daybook.signals.ratings import Floats, Integers

TOGETHER = 300
"""People in one run of the filter: small services are replayed in many copies at once."""
SEED = 20_260_101
BLOCK = 7
"""Days are drawn a week at a time, so that a rota keeps its weeks."""
REPLACED = 1 / 3
"""Share of raters whom somebody new replaces within a replay: a rota is not known ahead."""
KEEPS_VARY = 0.3
SCALE_VARIES = 0.1
"""How people differ: standard deviations of the logit of `keeps`, and of the log of spread."""


@dataclass(frozen=True, eq=False)
class Limit:
    """`height` at which a chart speaks and all replayed `peaks`, sorted."""

    height: float
    peaks: Floats


@compiled()
def _play(random, rows, sizes, keeps, spread, mean, person_sd, wings, raters, value):  # type: ignore[no-untyped-def]
    """Draw a rating for each row of a calendar on which nobody changes.

    `sizes` (wings, 5): standard deviations of mood, rating, rater, drift (a day) and weather;
    `keeps` and `spread` (people,): how much of a mood a night leaves, and how wide it is.
    """
    people = keeps.size
    level = np.empty(people)
    mood = np.empty(people)
    last = np.full(people, NEVER)
    habit = np.empty(raters)
    seen = np.full(raters, NEVER)
    weather, on = np.zeros(wings), np.full(wings, NEVER)
    for e in range(rows.day.size):
        p, w, day = rows.person[e], rows.wing[e], rows.day[e]
        if on[w] != day:
            weather[w] = sizes[w, 4] * random.standard_normal()
            on[w] = day
        wide = sizes[w, 0] * spread[p]
        if last[p] == NEVER:
            level[p] = mean + person_sd * random.standard_normal()
            mood[p] = wide * random.standard_normal()
        elif day > last[p]:
            kept = keeps[p] ** (day - last[p])
            mood[p] = kept * mood[p] + wide * np.sqrt(1 - kept**2) * random.standard_normal()
        last[p] = day
        for r in range(rows.first[e], rows.first[e + 1]):
            x = level[p] + mood[p] + weather[w]
            j = rows.rater[r]
            if j >= 0:
                if seen[j] == NEVER:
                    habit[j] = sizes[w, 2] * random.standard_normal()
                elif day > seen[j]:
                    wandered = sizes[w, 3] * np.sqrt(day - seen[j])
                    habit[j] += wandered * random.standard_normal()
                seen[j] = day
                x += habit[j]
            value[r] = x + sizes[w, 1] * spread[p] * random.standard_normal()


def play(
    random: np.random.Generator, rows: Rows, fitted: Fit, copies: int, wings: int, people: int
) -> Floats:
    """Values for the rows of a calendar that holds `copies` of a service, each with sizes of
    its own, drawn from what is known of them."""
    drawn = random.multivariate_normal(fitted.theta, fitted.covariance, copies, method="svd")
    drawn = np.where(np.isfinite(drawn), drawn, fitted.theta)
    models = [model_of(theta, fitted.mean, fitted.person) for theta in drawn]
    sizes = np.sqrt([[m.mood, m.rating, m.rater, m.drift, m.weather] for m in models])
    logit = np.repeat(drawn[:, KEEPS], people) + KEEPS_VARY * random.standard_normal(
        copies * people
    )
    value = np.empty(rows.rater.size)
    _play(
        random,
        rows,
        np.repeat(sizes, wings, axis=0),
        1 / (1 + np.exp(-logit)),
        np.exp(SCALE_VARIES * random.standard_normal(copies * people)),
        fitted.mean,
        np.sqrt(fitted.person),
        wings * copies,
        int(rows.rater.max(initial=0)) + 1,
        value,
    )
    return value


def calendar(random: np.random.Generator, past: Rows, days: int, copies: int) -> Rows:
    """Days 0 to `days` of `copies` services, drawn week by week from the `past`.

    Who rates whom is drawn, not known: a third of the raters are replaced by somebody new on a
    day of their own.
    """
    first, span = int(past.day[0]), int(past.day[-1] - past.day[0]) + 1
    block = min(BLOCK, span)
    starts = first + random.integers(0, span - block + 1, -(-days // block))
    source = (starts[:, None] + np.arange(block)).ravel()[:days]
    begins = np.searchsorted(past.day, source)
    counts = np.searchsorted(past.day, source + 1) - begins
    entry = np.repeat(begins - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
    on = np.repeat(np.arange(days), counts)

    sizes = np.diff(past.first)[entry]
    rows = np.append(0, np.cumsum(sizes))
    which = np.repeat(past.first[entry] - rows[:-1], sizes) + np.arange(rows[-1])
    rater, wings, people = past.rater[which], int(past.wing.max()) + 1, int(past.person.max()) + 1
    raters = int(rater.max(initial=-1)) + 1

    # Copies lie side by side within a day, as the filter reads days in order.
    copy = np.repeat(np.arange(copies), on.size)
    order = np.argsort(np.tile(on, copies), kind="stable")
    begins, sizes = np.tile(rows[:-1], copies)[order], np.tile(sizes, copies)[order]
    first_row = np.append(0, np.cumsum(sizes))
    row = np.repeat(begins - first_row[:-1], sizes) + np.arange(first_row[-1])
    of_copy = np.repeat(copy[order], sizes)
    replaced = np.where(
        random.random((copies, raters)) < REPLACED, random.integers(0, days, (copies, raters)), days
    )
    who = rater[row]
    if raters:
        later = np.repeat(np.tile(on, copies)[order], sizes) >= replaced[of_copy, who]
        who = np.where(who < 0, -1, (2 * of_copy + later) * raters + who)
    return Rows(
        value=np.zeros(row.size),
        rater=who,
        entry=np.arange(order.size),
        day=np.tile(on, copies)[order],
        person=(np.tile(past.person[entry], copies) + copy * people)[order],
        wing=(np.tile(past.wing[entry], copies) + copy * wings)[order],
        fresh=np.zeros(order.size, dtype=np.int8),
        first=first_row,
    )


def replay(
    fitted: Fit,
    past: Rows,
    steps: Steps | None,
    rules: Rules,
    days: int,
    in_100: float,
    people_replayed: int,
) -> Limit:
    """The limit that `in_100` of 100 unchanged people pass within `days` days of charting.

    `past`: who rated whom lately, with codes that count from 0. The filter keeps the fitted
    sizes while each replay draws its own, and people differ in how long a mood lasts and how
    wide it is.
    """
    random = np.random.default_rng(SEED)
    wings, people = int(past.wing.max()) + 1, int(past.person.max()) + 1
    copies = max(1, round(TOGETHER / people))
    rules = rules._replace(limit=np.inf, charting=True, telling=True)
    model = read_as(steps, fitted.model)

    def drawn() -> Rows:
        rows = calendar(random, past, rules.baseline_days + days, copies)
        value = play(random, rows, fitted, copies, wings, people)
        return rows._replace(value=value if steps is None else steps(value))

    def climbed(rows: Rows) -> Floats:
        state = wing.empty(wings * copies, people * copies)
        wing.run(
            state, model, rules, rows, 0, rows.day.size, wing.told_of(rows.day.size),
            np.zeros(rows.day.size),
        )  # fmt: skip
        return state.people.peak[state.people.entries > rules.baseline_entries]

    peaks: list[Floats] = []
    found = 0
    # Drawn one after the other, so that the same seed gives the same bits; climbed side by side.
    with ThreadPoolExecutor(wing.THREADS) as pool:
        ahead = deque(pool.submit(climbed, drawn()) for _ in range(wing.THREADS))
        while found < people_replayed:
            ahead.append(pool.submit(climbed, drawn()))
            peaks.append(ahead.popleft().result())
            # Nobody is rated often enough to be charted: nothing can be said.
            if not peaks[-1].size:
                return Limit(np.inf, np.zeros(1))
            found += peaks[-1].size
    together = np.sort(np.concatenate(peaks))
    together.setflags(write=False)
    return Limit(float(np.quantile(together, 1 - in_100 / 100)), together)


def recoded(rows: Rows) -> Rows:
    """The same rows with codes of wings, people and raters that leave no gap."""

    def dense(codes: Integers) -> Integers:
        known = codes >= 0
        out = np.full(codes.size, -1, dtype=np.int64)
        out[known] = np.unique(codes[known], return_inverse=True)[1]
        return out

    return rows._replace(wing=dense(rows.wing), person=dense(rows.person), rater=dense(rows.rater))
