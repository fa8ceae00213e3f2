"""What one entry showed, and the chart that surprises add up to.

Compiled into `filter`, which see.
"""

import numpy as np

from daybook.signals.arrays import CLIP, LAG, NEVER, ONSETS, SCALE_PRIOR, SHIFT, People, Wings
from daybook.signals.compiled import compiled
from daybook.signals.ratings import Floats
from daybook.signals.steps import ratio


@compiled()
def _at(cov: Floats, i: int, j: int) -> float:
    return float(cov[i, j] if i >= j else cov[j, i])


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
def _ratios(model, shift, scale, z, spread, value, expected, sd):  # type: ignore[no-untyped-def]
    """What one surprise says for a shift up and for one down, each a and b in a s + b s^2 for the
    share s that shows. `sd` is 0 where a rating is not one whole step."""
    if sd > 0:
        wide = sd * scale
        up, up_2 = ratio(value, expected, wide, shift, model.low, model.high)
        down, down_2 = ratio(value, expected, wide, -shift, model.low, model.high)
        return up, up_2, down, down_2
    unit = shift / (spread * scale)
    linear = unit * min(max(z / scale, -CLIP), CLIP)
    return linear, -0.5 * unit * unit, -linear, -0.5 * unit * unit


@compiled()
def _chart(people, model, p, day, z, spread, gains, value, expected, sd, found):  # type: ignore[no-untyped-def]
    """Move a person's chart on by one surprise.

    For each onset of the last 60 days `held` keeps how much of a lasting shift of one point the
    level and the mood have taken over by now; what they have not still shows in the surprise.
    `gains`: what they take over of what shows. Up and down are the log likelihood ratios of a
    shift of `SHIFT` spreads. A sums surprise times what would show, B its square: A / B is the
    likeliest size. `found` becomes height, direction, onset, size, how high a shift of one whole
    spread, begun a month ago, would have climbed, and what of the size still shows, and B.
    """
    nights = day - people.last[p]
    scale = _spread(people, p)
    shift = SHIFT * scale * np.sqrt(model.mood + model.rating)
    fades = model.keeps**nights
    slot = people.next[p]
    people.onset[p, slot] = day
    people.held[p, slot] = 0.0
    people.next[p] = (slot + 1) % ONSETS
    unit = 1 / (spread * scale)
    clipped = min(max(z / scale, -CLIP), CLIP)
    up, up_2, down, down_2 = _ratios(model, shift, scale, z, spread, value, expected, sd)
    # One day decides nothing, whichever way.
    most = CLIP * shift * unit
    found[0] = 0.0
    found[1] = 1.0
    found[2] = day
    found[3] = 0.0
    # Nothing of whoever was charted before.
    found[4] = 0.0
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
        held[4] += min(max(up * shows + up_2 * shows * shows, -most), most)
        held[5] += min(max(down * shows + down_2 * shows * shows, -most), most)
        held[0] += gains[0] * shows
        held[1] += gains[1] * shows
        height = max(held[4], held[5])
        if height > found[0] or (height == found[0] and height > 0 and onset < found[2]):
            found[0] = height
            found[1] = 1.0 if held[4] > held[5] else -1.0
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
def tell(wings, people, model, rules, rows, e, habits, sites, offset, told, found):  # type: ignore[no-untyped-def]
    """What one entry showed, as if it had come last of its day (the deletion formula).

    With residuals v after the day, V the variances of the ratings and P the posterior covariance
    of what was rated, the score of a shift of the person is sum(v / V), and its information
    sum(1 / V) - sum(P / V V').
    """
    p, w, day = rows.person[e], rows.wing[e], rows.day[e]
    m, a = people.level[p], people.mood[p]
    cov, mean = wings.cov[w], wings.mean[w]
    first, last = rows.first[e], rows.first[e + 1]
    score, information, level_gain, mood_gain = 0.0, 0.0, 0.0, 0.0
    person = _at(cov, m, m) + 2 * _at(cov, m, a) + _at(cov, a, a)
    shared = cov[0, 0] + 2 * cov[1, 0] + cov[1, 1]
    both = _at(cov, m, 0) + _at(cov, m, 1) + _at(cov, a, 0) + _at(cov, a, 1)
    alike = person + shared + 2 * both
    with_level = _at(cov, m, m) + _at(cov, m, a) + _at(cov, m, 0) + _at(cov, m, 1)
    with_mood = _at(cov, a, a) + _at(cov, m, a) + _at(cov, a, 0) + _at(cov, a, 1)
    around = 0.0
    for r in range(first, last):
        expected = mean[m] + mean[a] + mean[0] + mean[1]
        worth = 1 / sites[r - offset, 1]
        known, of_level, of_mood, of_rater = alike, with_level, with_mood, 0.0
        if rows.rater[r] >= 0:
            s = habits[r - offset]
            expected += mean[s]
            of_rater = _at(cov, m, s) + _at(cov, a, s) + _at(cov, s, 0) + _at(cov, s, 1)
            known += 2 * of_rater + cov[s, s]
            of_level += _at(cov, m, s)
            of_mood += _at(cov, a, s)
        score += (sites[r - offset, 0] - expected) * worth
        information += worth - known * worth * worth
        level_gain += of_level * worth
        mood_gain += of_mood * worth
        around += rows.value[r] - sites[r - offset, 0]
        # Two ratings of one entry share the person and the day.
        for t in range(first, r):
            known = alike + of_rater
            if rows.rater[t] >= 0:
                u = habits[t - offset]
                known += _at(cov, m, u) + _at(cov, a, u) + _at(cov, u, 0) + _at(cov, u, 1)
                if rows.rater[r] >= 0:
                    known += _at(cov, s, u)
            information -= 2 * known * worth / sites[t - offset, 1]
    information = max(information, 1e-9 / model.rating)
    error = score / information
    spread = np.sqrt(1 / information)
    usual = mean[m] - level_gain * error
    z = error / spread
    told.usual[e] = usual
    # In the points that were written: what was expected of others, taken off.
    told.adjusted[e] = usual + mean[a] - mood_gain * error + error + around / (last - first)
    told.z[e] = z
    told.weather[e] = mean[0] + mean[1]
    told.alarm[e] = 0

    charted = (
        rules.charting
        and day - people.began[p] >= rules.baseline_days
        and people.entries[p] >= rules.baseline_entries
    )
    if charted:
        # Where the entry is one whole step: the point expected without it, and its spread.
        sd = 0.0
        if model.high > model.low and last - first == 1:
            sd = np.sqrt(max(1 / information - sites[first - offset, 1], 0.0) + model.rating)
        expected = sites[first - offset, 0] - error
        gains = (level_gain, mood_gain)
        _chart(people, model, p, day, z, spread, gains, rows.value[first], expected, sd, found)
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
