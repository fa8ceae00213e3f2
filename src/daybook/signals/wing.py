"""The joint Kalman filter of each wing: people, raters and weather, day after day.

Model: rating = usual level of the person + mood of the person + habit of the rater + weather
of the wing that day + what is left, all normal. Levels stay. Moods are a first-order
autoregression that fades over missing days, too. Habits wander. The weather is new each day,
around a climate of the wing that wanders slowly, so that a wing which moves for good does not
turn into the level of its people. A rater on another wing is another rater. Whoever moves
takes along what is known of them.

Where ratings are whole steps, each is read as an interval: it moves the filter by its score, and
makes it surer by its information (`steps`), which for ratings without steps are those of Kalman.

Source: Kalman 1960; West, Harrison and Migon 1985 for observations that are not normal; deletion
formula of Gaussian models (Cook and Weisberg 1982) for "as if rated last".
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from daybook.signals import filter as kernel
from daybook.signals.arrays import NEVER, Model, Rows, Rules, Told
from daybook.signals.errors import OutOfOrder
from daybook.signals.known import State, blank, carried, codes, empty, groups, grow, make_room
from daybook.signals.ratings import Floats, Folded, Ratings, fold

MONTH = 30
"""Places of people and raters not seen for two months are given up once in so many days."""
IDLE = 60
WORTH_THREADS = 20_000
THREADS = 2


def between(rows: Rows, start: int, stop: int) -> Rows:
    """The entries from `start` to `stop` alone."""
    ratings = slice(rows.first[start], rows.first[stop])
    some = {
        name: getattr(rows, name)[start:stop]
        for name in ("entry", "day", "person", "wing", "fresh")
    }
    return Rows(
        value=rows.value[ratings],
        rater=rows.rater[ratings],
        first=rows.first[start : stop + 1] - rows.first[start],
        **some,
    )


def rows_of(folded: Folded) -> Rows:
    """Ratings of `folded` as the filter reads them: by day, wing and person."""
    on = folded.entry_unit if folded.has_units else groups(folded)[folded.entry_person]
    order = np.lexsort((folded.entry_person, on, folded.entry_day))
    sizes = folded.entry_rows[order]
    first = np.append(0, np.cumsum(sizes))
    begins = np.append(0, np.cumsum(folded.entry_rows))[:-1][order]
    row = np.arange(first[-1]) - np.repeat(first[:-1] - begins, sizes)
    none = np.full(row.size, -1, dtype=np.int64)
    return Rows(
        value=folded.value[row],
        rater=folded.rater[row] if folded.has_raters else none,
        entry=order,
        day=folded.entry_day[order],
        person=folded.entry_person[order],
        wing=on[order],
        fresh=np.zeros(order.size, dtype=np.int8),
        first=first,
    )


def told_of(entries: int) -> Told:
    nan = np.full(entries, np.nan)
    return Told(
        adjusted=nan,
        usual=nan.copy(),
        z=nan.copy(),
        height=nan.copy(),
        weather=nan.copy(),
        evidence=nan.copy(),
        alarm=np.zeros(entries, dtype=np.int8),
        onset=np.zeros(entries, dtype=np.int64),
        size=nan.copy(),
        before=nan.copy(),
    )


def run(
    state: State,
    model: Model,
    rules: Rules,
    rows: Rows,
    start: int,
    stop: int,
    told: Told,
    likelihood: Floats,
) -> None:
    """Move `state` on by the entries from `start` to `stop` and tell what each showed.

    Once in `MONTH` days, counted on the calendar, places of those long gone are given up: the
    same days give the same bits, in one run or in many.
    """
    while start < stop:
        day = int(rows.day[start])
        month = day // MONTH
        if state.day != NEVER and month > state.day // MONTH:
            kernel.tidy(state.wings, state.people, day - IDLE)
        end = start + int(np.searchsorted(rows.day[start:stop], (month + 1) * MONTH))
        make_room(state, rows, start, end)
        _run(state, model, rules, rows, start, end, told, likelihood)
        state.day = int(rows.day[end - 1])
        start = end


def _run(
    state: State,
    model: Model,
    rules: Rules,
    rows: Rows,
    start: int,
    stop: int,
    told: Told,
    likelihood: Floats,
) -> None:
    fixed = (state.wings, state.people, model, rules, rows)
    if stop - start < WORTH_THREADS or rows.day[start] != rows.day[stop - 1]:
        kernel.run(*fixed, start, stop, told, likelihood)
        return
    # Wings of one day do not touch each other once everybody is where they are rated.
    kernel.gather(state.wings, state.people, model, rows, start, stop)
    middle = (start + stop) // 2
    while middle < stop and rows.wing[middle] == rows.wing[middle - 1]:
        middle += 1
    with ThreadPoolExecutor(THREADS) as pool:
        parts = [(start, middle), (middle, stop)]
        for done in [
            pool.submit(kernel.run, *fixed, a, b, told, likelihood) for a, b in parts if a < b
        ]:
            done.result()


def advance(state: State, ratings: Ratings, model: Model, rules: Rules) -> tuple[Folded, Told]:
    """Take in ratings of days after `state.day`; the state moves on, the past is not read.

    Gives the ratings folded, and what each of their entries showed, in the order of `folded`.
    Raises OutOfOrder where a day is not after the last one taken in.
    """
    folded = fold(ratings)
    if folded.entry_day[0] <= state.day:
        raise OutOfOrder(int(folded.entry_day[0]), state.day)
    person = codes(state, "person", folded.people)
    rater = codes(state, "rater", folded.raters)
    # Who is linked to whom is not known ahead: without units all raters make one wing.
    units = folded.units if folded.has_units else np.zeros(1, dtype=np.int64)
    unit = codes(state, "unit", units)
    grow(state)
    rows = rows_of(folded)
    if not folded.has_units:
        rows = rows._replace(wing=np.zeros_like(rows.wing))
    rows = rows._replace(
        person=person[rows.person],
        wing=unit[rows.wing],
        rater=rater[rows.rater] if folded.has_raters else rows.rater,
    )
    told = told_of(folded.entry_day.size)
    run(state, model, rules, rows, 0, folded.entry_day.size, told, np.zeros(told.z.size))
    return folded, in_order(told, rows)


def in_order(told: Told, rows: Rows) -> Told:
    """What was told, in the order of the folded entries."""
    back = np.argsort(rows.entry)
    return Told._make(column[back] for column in told)


__all__ = ["Model", "Rules", "State", "Told", "advance", "blank", "carried", "empty", "groups"]
