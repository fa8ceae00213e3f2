"""The compiled heart of `wing`: one rating at a time through a wing's joint Kalman filter.

Everything here works on plain arrays, holds nothing between calls, and runs without the
interpreter's lock. `steps` and `surprise` are compiled into it.
"""

import numpy as np

from daybook.signals.arrays import (
    CLIMATE,
    FREE,
    HABIT,
    LEVEL,
    MOOD,
    NEVER,
    WEATHER,
    Model,
    People,
    Wings,
)
from daybook.signals.compiled import compiled
from daybook.signals.steps import seen
from daybook.signals.surprise import forget_chart, tell


@compiled()
def _new(wings: Wings, w: int, kind: int, owner: int, variance: float) -> int:
    """A free place in wing w, independent of all others."""
    place = wings.used[w]
    for s in range(2, wings.used[w]):
        if wings.kind[w, s] == FREE:
            place = s
            break
    if place == wings.used[w]:
        wings.used[w] += 1
    n = wings.used[w]
    wings.cov[w, place, : place + 1] = 0.0
    wings.cov[w, place:n, place] = 0.0
    wings.cov[w, place, place] = variance
    wings.mean[w, place] = 0.0
    wings.kind[w, place] = kind
    wings.owner[w, place] = owner
    return int(place)


@compiled()
def leave(wings: Wings, people: People, p: int) -> None:
    """Take a person out of the filter and keep what is known of them alone."""
    w = people.wing[p]
    if w < 0:
        return
    m, a = people.level[p], people.mood[p]
    high, low = max(m, a), min(m, a)
    people.apart[p, 0] = wings.mean[w, m]
    people.apart[p, 1] = wings.mean[w, a]
    people.apart[p, 2] = wings.cov[w, m, m]
    people.apart[p, 3] = wings.cov[w, a, a]
    people.apart[p, 4] = wings.cov[w, high, low]
    people.apart_day[p] = wings.day[w]
    wings.kind[w, m] = FREE
    wings.kind[w, a] = FREE
    people.wing[p] = -1


@compiled()
def enter(wings: Wings, people: People, model: Model, p: int, w: int, day: int) -> None:
    """Put a person into a wing's filter, from another wing or from nowhere."""
    if people.wing[p] == w:
        return
    leave(wings, people, p)
    m = _new(wings, w, LEVEL, p, model.person)
    a = _new(wings, w, MOOD, p, model.mood)
    wings.mean[w, m] = model.mean
    if people.apart_day[p] != NEVER:
        kept = model.keeps ** (day - people.apart_day[p])
        wings.mean[w, m] = people.apart[p, 0]
        wings.mean[w, a] = people.apart[p, 1] * kept
        wings.cov[w, m, m] = people.apart[p, 2]
        wings.cov[w, a, a] = people.apart[p, 3] * kept**2 + model.mood * (1 - kept**2)
        wings.cov[w, max(m, a), min(m, a)] = people.apart[p, 4] * kept
    people.wing[p], people.level[p], people.mood[p] = w, m, a


@compiled()
def _wake(wings: Wings, model: Model, w: int, day: int) -> None:
    """Let the nights pass since the wing was last seen: moods fade, the weather is new."""
    n = wings.used[w]
    if n == 0:
        wings.used[w] = 2
        wings.mean[w, :2] = 0.0
        wings.cov[w, 0, 0] = model.weather
        wings.cov[w, 1, 0] = 0.0
        wings.cov[w, 1, 1] = model.weather
        wings.kind[w, 0], wings.kind[w, 1] = WEATHER, CLIMATE
        wings.day[w] = day
        return
    nights = day - wings.day[w]
    if nights <= 0:
        return
    kept = model.keeps**nights
    stays = np.ones(n)
    for s in range(n):
        if wings.kind[w, s] == MOOD:
            stays[s] = kept
    stays[0] = 0.0
    cov, mean = wings.cov[w], wings.mean[w]
    for i in range(n):
        row = cov[i]
        mean[i] *= stays[i]
        for j in range(i + 1):
            row[j] *= stays[i] * stays[j]
        if wings.kind[w, i] == MOOD:
            row[i] += model.mood * (1 - kept**2)
    cov[0, 0] = model.weather
    cov[1, 1] += model.climate * nights
    wings.day[w] = day


@compiled()
def gather(wings, people, model, rows, start, stop):  # type: ignore[no-untyped-def]
    """Put everybody into the filter of the wing that rates them, before wings run apart."""
    for e in range(start, stop):
        w, p = rows.wing[e], rows.person[e]
        if people.wing[p] != w:
            _wake(wings, model, w, rows.day[e])
            enter(wings, people, model, p, w, rows.day[e])


@compiled()
def tidy(wings: Wings, people: People, before: int) -> None:
    """Give up the places of people and raters whom a wing has not seen since day `before`."""
    for w in range(wings.used.size):
        for s in range(2, wings.used[w]):
            kind = wings.kind[w, s]
            if kind == HABIT and wings.seen[w, s] < before:
                wings.kind[w, s] = FREE
            elif kind == LEVEL and people.last[wings.owner[w, s]] < before:
                leave(wings, people, wings.owner[w, s])
        # Places at the end cost time with every rating.
        while wings.used[w] > 2 and wings.kind[w, wings.used[w] - 1] == FREE:
            wings.used[w] -= 1
        for s in range(2, wings.used[w]):
            if wings.kind[w, s] == FREE:
                wings.cov[w, s, : s + 1] = 0.0
                wings.cov[w, s : wings.used[w], s] = 0.0
                wings.mean[w, s] = 0.0


@compiled()
def _habit(wings: Wings, model: Model, w: int, rater: int, day: int) -> int:
    """Place of a rater's habit in the wing; a rater not known there is a new one."""
    for s in range(2, wings.used[w]):
        if wings.owner[w, s] == rater and wings.kind[w, s] == HABIT:
            wings.cov[w, s, s] += model.drift * (day - wings.seen[w, s])
            wings.seen[w, s] = day
            return int(s)
    s = _new(wings, w, HABIT, rater, model.rater)
    wings.seen[w, s] = day
    return int(s)


@compiled(fastmath={"contract", "nsz"})
def _learn(cov, mean, n, places, value, model, with_effect, sites, at):  # type: ignore[no-untyped-def]
    """Take in one rating, the sum of the effects at `places`; gives its log likelihood.

    `sites[at]` gets the rating without steps that would have told the same, and its variance.
    """
    for j in range(n):
        with_effect[j] = 0.0
    for i in places:
        row = cov[i]
        for j in range(i + 1):
            with_effect[j] += row[j]
        for j in range(i + 1, n):
            with_effect[j] += cov[j, i]
    known, expected = 0.0, 0.0
    for i in places:
        known += with_effect[i]
        expected += mean[i]
    spread = known + model.rating
    if model.high > model.low:
        score, information, likelihood = seen(value, expected, spread, model.low, model.high)
        sites[at, 0] = expected + score / information
        sites[at, 1] = 1 / information - known
    else:
        error = value - expected
        score, information = error / spread, 1 / spread
        likelihood = -0.5 * (np.log(spread) + error * error / spread)
        sites[at, 0], sites[at, 1] = value, model.rating
    for i in range(n):
        mean[i] += with_effect[i] * score
        gain = with_effect[i] * information
        row = cov[i]
        for j in range(i + 1):
            row[j] -= gain * with_effect[j]
    return likelihood


@compiled()
def begin_again(wings: Wings, people: People, p: int) -> None:
    """Know nothing of the person's level, as on the first day."""
    forget_chart(people, p)
    people.began[p] = NEVER
    people.entries[p] = 0
    people.squares[p] = 0.0
    people.counted[p] = 0.0
    leave(wings, people, p)
    people.apart_day[p] = NEVER


@compiled()
def run(wings, people, model, rules, rows, start, stop, told, likelihood):  # type: ignore[no-untyped-def]
    """Take in the entries from `start` to `stop`, which lie in the order of their days.

    `likelihood` gets the log likelihood of each entry's wing and day, at the position of the
    first entry of that wing and day.
    """
    with_effect = np.zeros(wings.mean.shape[1])
    places = np.zeros(5, dtype=np.int64)
    most = 1
    for e in range(start, stop):
        most = max(most, rows.first[e + 1] - rows.first[e])
    habits = np.zeros(rows.first[stop] - rows.first[start], dtype=np.int64)
    sites = np.zeros((rows.first[stop] - rows.first[start], 2))
    offset = rows.first[start]
    found = np.zeros(7)
    begin = start
    while begin < stop:
        w, day = rows.wing[begin], rows.day[begin]
        end = begin
        while end < stop and rows.wing[end] == w and rows.day[end] == day:
            end += 1
        _wake(wings, model, w, day)
        for e in range(begin, end):
            p = rows.person[e]
            if rows.fresh[e]:
                begin_again(wings, people, p)
            if people.began[p] == NEVER:
                people.began[p] = day
            enter(wings, people, model, p, w, day)
            for r in range(rows.first[e], rows.first[e + 1]):
                if rows.rater[r] >= 0:
                    habits[r - offset] = _habit(wings, model, w, rows.rater[r], day)
        n = wings.used[w]
        cov, mean = wings.cov[w], wings.mean[w]
        total = 0.0
        for e in range(begin, end):
            p = rows.person[e]
            places[0], places[1], places[2], places[3] = 0, 1, people.level[p], people.mood[p]
            for r in range(rows.first[e], rows.first[e + 1]):
                effects = 4
                if rows.rater[r] >= 0:
                    places[4] = habits[r - offset]
                    effects = 5
                total += _learn(
                    cov, mean, n, places[:effects], rows.value[r], model, with_effect,
                    sites, r - offset,
                )  # fmt: skip
        likelihood[begin] = total
        for e in range(begin, end) if rules.telling else range(0):
            tell(wings, people, model, rules, rows, e, habits, sites, offset, told, found)
        begin = end
