"""The compiled heart of `wing`: one rating at a time through a wing's joint Kalman filter.

Everything here works on plain arrays, holds nothing between calls, and runs without the
interpreter's lock. What the arrays mean is said where they are made, in `wing`.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from daybook.signals.compiled import compiled
from daybook.signals.ratings import Floats, Integers

FREE, WEATHER, CLIMATE, LEVEL, MOOD, HABIT = range(6)
NEVER = -(2**62)
ONSETS = 60
"""For how many days back a change may be dated."""
LAG = 20
"""So many entries pass before a surprise counts towards a person's own spread."""
CLIP = 4.0
SHIFT = 0.7
"""The lasting shift that charts look for, in spreads of a person's day; larger and smaller ones
show, too. Of 0.5 to 1.3, this found the most changes of 0.8 and of 1.3 spreads."""
SCALE_PRIOR = 30.0

Flags = NDArray[np.int8]


class Wings(NamedTuple):
    """Filters of k wings, each with room for n effects; only the lower triangles are kept."""

    mean: Floats  # (k, n)
    cov: Floats  # (k, n, n)
    kind: Flags  # (k, n)
    owner: Integers  # (k, n): code of the person or rater
    seen: Integers  # (k, n): last day
    used: Integers  # (k,)
    day: Integers  # (k,): last day


class People(NamedTuple):
    """What is known of each of p people."""

    wing: Integers  # (p,): where the filter has them, -1 nowhere
    level: Integers  # (p,): position of the level in that wing's filter
    mood: Integers
    apart: Floats  # (p, 5): means, variances and covariance of level and mood between wings
    apart_day: Integers
    began: Integers  # (p,): first day of the baseline
    entries: Integers  # (p,): since then
    last: Integers  # (p,): last rated day
    squares: Floats  # (p,): sum of squared surprises that count towards the spread
    counted: Floats
    waiting: Floats  # (p, LAG): those that do not count yet
    onset: Integers  # (p, ONSETS): day of each candidate
    held: Floats  # (p, ONSETS, 4): believed level, believed mood, A, B
    next: Integers  # (p,)
    peak: Floats  # (p,): highest point since the chart began


class Model(NamedTuple):
    """Variances in squared rating points, a day where they grow with time."""

    mean: float
    person: float
    mood: float
    keeps: float
    rating: float
    rater: float
    drift: float
    weather: float
    climate: float


class Rules(NamedTuple):
    """When a person is charted and when the chart speaks."""

    baseline_days: int
    baseline_entries: int
    limit: float
    charting: bool
    telling: bool


class Rows(NamedTuple):
    """Ratings by day, wing, person; an entry is a person's day."""

    value: Floats
    rater: Integers
    entry: Integers
    day: Integers  # of each entry
    person: Integers
    wing: Integers
    fresh: Flags  # 1 where nothing of the person's past may be used
    first: Integers  # (entries + 1,): where each entry's ratings begin


class Told(NamedTuple):
    """What each entry showed; one value an entry, NaN where nothing is known."""

    adjusted: Floats
    usual: Floats
    z: Floats
    height: Floats
    weather: Floats
    evidence: Floats
    alarm: Flags
    onset: Integers
    size: Floats
    before: Floats


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


@compiled()
def _at(cov: Floats, i: int, j: int) -> float:
    return float(cov[i, j] if i >= j else cov[j, i])


@compiled(fastmath={"contract", "nsz"})
def _learn(cov, mean, n, places, value, noise, with_effect):  # type: ignore[no-untyped-def]
    """Take in one rating, the sum of the effects at `places`; gives its log likelihood."""
    for j in range(n):
        with_effect[j] = 0.0
    for i in places:
        row = cov[i]
        for j in range(i + 1):
            with_effect[j] += row[j]
        for j in range(i + 1, n):
            with_effect[j] += cov[j, i]
    spread, expected = noise, 0.0
    for i in places:
        spread += with_effect[i]
        expected += mean[i]
    error = value - expected
    for i in range(n):
        gain = with_effect[i] / spread
        mean[i] += gain * error
        row = cov[i]
        for j in range(i + 1):
            row[j] -= gain * with_effect[j]
    return -0.5 * (np.log(spread) + error * error / spread)


@compiled()
def _spread(people: People, p: int) -> float:
    return float(np.sqrt((SCALE_PRIOR + people.squares[p]) / (SCALE_PRIOR + people.counted[p])))


@compiled()
def forget_chart(people: People, p: int) -> None:
    people.onset[p] = NEVER
    people.next[p] = 0
    people.peak[p] = 0.0
    people.waiting[p] = -1.0


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
def _chart(people, model, rules, p, day, z, spread, learns_level, learns_mood, found):  # type: ignore[no-untyped-def]
    """Move a person's chart on by one surprise.

    For each onset of the last 60 days `held` keeps how much of a lasting shift of one point the
    level and the mood have taken over by now; what they have not still shows in the surprise.
    `found[4]` is how high a shift of one whole spread, begun a month ago, would have climbed.
    A sums surprise times what would show, B its square; the log likelihood ratio of a shift d
    is d A - d^2 B / 2. `found` becomes height, direction, onset, size, evidence.
    """
    nights = day - people.last[p]
    scale = _spread(people, p)
    shift = SHIFT * scale * np.sqrt(model.mood + model.rating)
    fades = model.keeps**nights
    slot = people.next[p]
    people.onset[p, slot] = day
    people.held[p, slot] = 0.0
    people.next[p] = (slot + 1) % ONSETS
    clipped = min(max(z / scale, -CLIP), CLIP)
    unit = 1 / (spread * scale)
    found[0] = 0.0
    found[1] = 1.0
    found[2] = day
    found[3] = 0.0
    oldest = day
    for k in range(ONSETS):
        onset = people.onset[p, k]
        if onset <= day - ONSETS:
            continue
        held = people.held[p, k]
        held[1] *= fades
        shows = 1 - held[0] - held[1]
        held[2] += shows * unit * clipped
        held[3] += (shows * unit) ** 2
        held[0] += learns_level * shows
        held[1] += learns_mood * shows
        height = shift * abs(held[2]) - 0.5 * shift * shift * held[3]
        if height > found[0] or (height == found[0] and height > 0 and onset < found[2]):
            found[0] = height
            found[1] = 1.0 if held[2] > 0 else -1.0
            found[2] = onset
            found[3] = held[2] / held[3]
            found[5] = 1 - held[0] - held[1]
            found[6] = held[3]
        if onset < oldest and onset > day - 31:
            oldest = onset
            found[4] = shift * shift * held[3] * (1 / SHIFT - 0.5)
    people.peak[p] = max(people.peak[p], found[0])


@compiled()
def _count(people: People, p: int, z: float, charted: bool) -> None:
    """Let a surprise count towards the person's own spread, late once the chart has begun."""
    square = min(z * z, CLIP * CLIP)
    if charted:
        slot = people.entries[p] % LAG
        square, people.waiting[p, slot] = people.waiting[p, slot], square
        if square < 0:
            return
    people.squares[p] += square
    people.counted[p] += 1


@compiled()
def _restart(wings: Wings, people: People, p: int, found: Floats) -> None:
    """What came to light becomes the new usual, as surely as it is known."""
    w, m = people.wing[p], people.level[p]
    wings.mean[w, m] += found[3] * found[5]
    wings.cov[w, m, m] += max(found[3] ** 2, 1 / found[6])
    forget_chart(people, p)


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
                    cov, mean, n, places[:effects], rows.value[r], model.rating, with_effect
                )
        likelihood[begin] = total
        for e in range(begin, end) if rules.telling else range(0):
            _tell(wings, people, model, rules, rows, e, habits, offset, told, found)
        begin = end


@compiled()
def _tell(wings, people, model, rules, rows, e, habits, offset, told, found):  # type: ignore[no-untyped-def]
    """What one entry showed, as if it had come last of its day (the deletion formula).

    With residuals v after the day and P the posterior covariance of what was rated, the error
    of an entry of k ratings is sum(v) / (k - sum(P) / Ve), and its variance
    Ve / (k - sum(P) / Ve).
    """
    p, w, day = rows.person[e], rows.wing[e], rows.day[e]
    m, a = people.level[p], people.mood[p]
    cov, mean = wings.cov[w], wings.mean[w]
    first, last = rows.first[e], rows.first[e + 1]
    residual, known, level_gain, mood_gain = 0.0, 0.0, 0.0, 0.0
    person = _at(cov, m, m) + 2 * _at(cov, m, a) + _at(cov, a, a)
    shared = cov[0, 0] + 2 * cov[1, 0] + cov[1, 1]
    both = _at(cov, m, 0) + _at(cov, m, 1) + _at(cov, a, 0) + _at(cov, a, 1)
    with_level = _at(cov, m, m) + _at(cov, m, a) + _at(cov, m, 0) + _at(cov, m, 1)
    with_mood = _at(cov, a, a) + _at(cov, m, a) + _at(cov, a, 0) + _at(cov, a, 1)
    for r in range(first, last):
        expected = mean[m] + mean[a] + mean[0] + mean[1]
        known += person + shared + 2 * both
        level_gain += with_level
        mood_gain += with_mood
        if rows.rater[r] >= 0:
            s = habits[r - offset]
            expected += mean[s]
            of_rater = _at(cov, m, s) + _at(cov, a, s) + _at(cov, s, 0) + _at(cov, s, 1)
            known += 2 * of_rater
            level_gain += _at(cov, m, s)
            mood_gain += _at(cov, a, s)
            known += cov[s, s]
            for t in range(first, r):
                if rows.rater[t] >= 0:
                    known += 2 * _at(cov, s, habits[t - offset])
        residual += rows.value[r] - expected
        # Two ratings of one entry share the person and the day.
        for t in range(first, r):
            known += 2 * (person + shared + 2 * both)
            for x in (r, t):
                if rows.rater[x] >= 0:
                    s = habits[x - offset]
                    known += 2 * (_at(cov, m, s) + _at(cov, a, s) + _at(cov, s, 0) + _at(cov, s, 1))
    free = last - first - known / model.rating
    free = max(free, 1e-9)
    error = residual / free
    spread = np.sqrt(model.rating / free)
    level_gain /= model.rating
    mood_gain /= model.rating
    usual = mean[m] - level_gain * error
    z = error / spread
    told.usual[e] = usual
    told.adjusted[e] = usual + mean[a] - mood_gain * error + error
    told.z[e] = z
    told.weather[e] = mean[0] + mean[1]
    told.alarm[e] = 0

    charted = (
        rules.charting
        and day - people.began[p] >= rules.baseline_days
        and people.entries[p] >= rules.baseline_entries
    )
    if charted:
        _chart(people, model, rules, p, day, z, spread, level_gain, mood_gain, found)
        told.height[e] = found[0]
        told.evidence[e] = found[4]
    _count(people, p, z, charted)
    people.entries[p] += 1
    people.last[p] = day
    if charted and found[0] > rules.limit:
        told.alarm[e] = int(found[1])
        told.onset[e] = int(found[2])
        told.size[e] = found[3]
        told.before[e] = usual
        _restart(wings, people, p, found)
