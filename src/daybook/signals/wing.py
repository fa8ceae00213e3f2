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

import io
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile

import numpy as np

from daybook.signals import filter as kernel
from daybook.signals.arrays import (
    LAG,
    NEVER,
    ONSETS,
    Model,
    People,
    Rows,
    Rules,
    Told,
    Wings,
)
from daybook.signals.errors import OutOfOrder, StateUnreadable
from daybook.signals.ratings import Floats, Folded, Integers, Ratings, fold

FORMAT = 2
MONTH = 30
"""Places of people and raters not seen for two months are given up once in so many days."""
IDLE = 60
TOGETHER = 60
"""People in one filter at most where ratings name no unit."""
WORTH_THREADS = 20_000
THREADS = 2


@dataclass(eq=False)
class State:
    """What the filters know after a day; it moves on by `advance`, and nothing else.

    Names of wings, people and raters are as they came in; their positions are the codes.
    """

    names: dict[str, Integers]
    wings: Wings
    people: People
    day: int

    @classmethod
    def empty(cls) -> "State":
        """Before the first day."""
        return empty(0, 0)

    def to_bytes(self) -> bytes:
        """Arrays and names in numpy's own format, without objects: safe to read anywhere."""
        kept: dict[str, Any] = {f"name_{name}": column for name, column in self.names.items()}
        for part in (self.wings, self.people):
            kept |= {f"{type(part).__name__}_{n}": a for n, a in part._asdict().items()}
        buffer = io.BytesIO()
        np.savez(buffer, format=FORMAT, day=self.day, **kept)
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, kept: bytes) -> "State":
        """Raises StateUnreadable where another version, or nothing of ours, wrote it."""
        try:
            with np.load(io.BytesIO(kept), allow_pickle=False) as file:
                if int(file["format"]) != FORMAT:
                    raise StateUnreadable
                names = {name: file[f"name_{name}"] for name in ("unit", "person", "rater")}
                wings = Wings._make(file[f"Wings_{n}"] for n in Wings._fields)
                people = People._make(file[f"People_{n}"] for n in People._fields)
                return cls(names, wings, people, int(file["day"]))
        except (ValueError, KeyError, OSError, EOFError, BadZipFile) as error:
            raise StateUnreadable from error

    def copy(self) -> "State":
        return State(
            dict(self.names),
            Wings._make(a.copy() for a in self.wings),
            People._make(a.copy() for a in self.people),
            self.day,
        )


def _wings(count: int, room: int) -> Wings:
    return Wings(
        mean=np.zeros((count, room)),
        cov=np.zeros((count, room, room)),
        kind=np.zeros((count, room), dtype=np.int8),
        owner=np.full((count, room), -1, dtype=np.int64),
        seen=np.full((count, room), NEVER),
        used=np.zeros(count, dtype=np.int64),
        day=np.full(count, NEVER),
    )


def _people(count: int) -> People:
    nothing = np.zeros(count, dtype=np.int64)
    return People(
        wing=nothing - 1,
        level=nothing - 1,
        mood=nothing - 1,
        apart=np.zeros((count, 5)),
        apart_day=np.full(count, NEVER),
        began=np.full(count, NEVER),
        entries=nothing.copy(),
        last=np.full(count, NEVER),
        squares=np.zeros(count),
        counted=np.zeros(count),
        waiting=np.full((count, LAG), -1.0),
        onset=np.full((count, ONSETS), NEVER),
        held=np.zeros((count, ONSETS, 6)),
        next=nothing.copy(),
        peak=np.zeros(count),
    )


def groups(folded: Folded) -> Integers:
    """Which filter each person belongs to where ratings name no unit, shape (people,).

    People whom no rater links do not tell anything of each other, so each such group has a
    filter of its own, which costs far less and loses nothing. A group of more than 60 is cut,
    along its people's main raters; a rater then is another one in each part.
    """
    people = folded.people.size
    if not folded.has_raters:
        return np.arange(people)
    # Here and not above: it takes a while, and most ratings name their unit.
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    person = folded.entry_person[folded.entry]
    links = coo_array(
        (np.ones(person.size), (person, people + folded.rater)),
        shape=(people + folded.raters.size,) * 2,
    ).tocsr()
    together = connected_components(links, directed=False)[1][:people]
    main = links[:, people:].tocsr()[:people].argmax(axis=1)
    anchor = np.full(folded.raters.size, people)
    np.minimum.at(anchor, main, np.arange(people))
    order = np.lexsort((np.arange(people), anchor[main], together))
    _, first, size = np.unique(together[order], return_index=True, return_counts=True)
    within = np.arange(people) - np.repeat(first, size)
    part = np.empty(people, dtype=np.int64)
    part[order] = np.unique(
        np.stack([together[order], within // TOGETHER]), axis=1, return_inverse=True
    )[1]
    return part


def blank(folded: Folded) -> State:
    """A state that knows the names of everybody in `folded`, and nothing else."""
    units = folded.units if folded.has_units else np.arange(int(groups(folded).max()) + 1)
    names = {"unit": units, "person": folded.people, "rater": folded.raters}
    return State(names, _wings(units.size, 2), _people(folded.people.size), NEVER)


def empty(wings: int, people: int) -> State:
    """A state for so many nameless wings and people."""
    none = np.zeros(0, dtype=np.int64)
    names = {"unit": np.arange(wings), "person": np.arange(people), "rater": none}
    return State(names, _wings(wings, 2), _people(people), NEVER)


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


def make_room(state: State, rows: Rows, start: int, stop: int) -> None:
    """Let every wing hold whom the entries from `start` to `stop` bring."""
    if start >= stop:
        return
    wing, person = rows.wing[start:stop], rows.person[start:stop]
    needed = state.wings.used + 2
    strangers = state.people.wing[person] != wing
    needed += 2 * _different(wing[strangers], person[strangers], needed.size)
    ratings = slice(rows.first[start], rows.first[stop])
    rater = rows.rater[ratings]
    on = np.repeat(wing, np.diff(rows.first[start : stop + 1]))
    needed += _different(on[rater >= 0], rater[rater >= 0], needed.size)
    room = int(needed.max())
    if room > state.wings.mean.shape[1]:
        old = state.wings
        held = old.mean.shape[1]
        new = _wings(needed.size, room)
        for name in ("mean", "kind", "owner", "seen"):
            getattr(new, name)[:, :held] = getattr(old, name)
        new.cov[:, :held, :held] = old.cov
        new.used[:], new.day[:] = old.used, old.day
        state.wings = new


def _different(group: Integers, member: Integers, groups: int) -> Integers:
    """How many different members each group has."""
    if group.size == 0:
        return np.zeros(groups, dtype=np.int64)
    pair = np.unique(group * (int(member.max()) + 1) + member)
    return np.bincount(pair // (int(member.max()) + 1), minlength=groups)


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
    person = _codes(state, "person", folded.people)
    rater = _codes(state, "rater", folded.raters)
    # Who is linked to whom is not known ahead: without units all raters make one wing.
    units = folded.units if folded.has_units else np.zeros(1, dtype=np.int64)
    unit = _codes(state, "unit", units)
    _grow(state)
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


def _codes(state: State, name: str, found: Integers) -> Integers:
    """Position of each name among those that the state knows; it learns the new ones."""
    known = state.names[name]
    order = np.argsort(known, kind="stable")
    at = np.searchsorted(known, found, sorter=order)
    inside = at < known.size
    codes = np.full(found.size, -1, dtype=np.int64)
    codes[inside] = order[at[inside]]
    codes[inside] = np.where(known[codes[inside]] == found[inside], codes[inside], -1)
    new = np.flatnonzero(codes < 0)
    codes[new] = known.size + np.arange(new.size)
    state.names[name] = np.append(known, found[new])
    return codes


def _grow(state: State) -> None:
    """Room for every wing and person that has a name."""
    more = state.names["unit"].size - state.wings.used.size
    if more > 0:
        state.wings = Wings._make(_joined(state.wings, _wings(more, state.wings.mean.shape[1])))
    more = state.names["person"].size - state.people.wing.size
    if more > 0:
        state.people = People._make(_joined(state.people, _people(more)))


def _joined(old: Iterable[Any], new: Iterable[Any]) -> Iterator[Any]:
    return (np.concatenate(pair) for pair in zip(old, new, strict=True))


__all__ = ["Model", "Rules", "State", "Told", "advance"]
