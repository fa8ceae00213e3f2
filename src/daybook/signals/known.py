"""What the filters of a service know after a day, and the places that everybody has in it."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile

import numpy as np

from daybook.signals.arrays import HABIT, LAG, LEVEL, MOOD, NEVER, ONSETS, People, Rows, Wings
from daybook.signals.errors import StateUnreadable
from daybook.signals.ratings import Folded, Integers

FORMAT = 2
TOGETHER = 60
"""People in one filter at most where ratings name no unit."""


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


def carried(state: State, folded: Folded) -> State:
    """The same knowledge under the codes of `folded`, which names everybody whom `state` does.

    Whatever is computed from it has the same bits: codes say who is meant, and nothing else.
    """
    new = blank(folded)
    unit, person, rater = (
        np.searchsorted(new.names[name], state.names[name]) for name in ("unit", "person", "rater")
    )
    new.wings = _wings(folded.units.size, state.wings.mean.shape[1])
    _put(new.wings, state.wings, unit)
    _put(new.people, state.people, person)
    somewhere = new.people.wing >= 0
    new.people.wing[somewhere] = unit[new.people.wing[somewhere]]
    owner = new.wings.owner
    for kinds, codes in (((LEVEL, MOOD), person), ((HABIT,), rater)):
        of_these = np.isin(new.wings.kind, kinds)
        owner[of_these] = codes[owner[of_these]]
    new.day = state.day
    return new


def empty(wings: int, people: int) -> State:
    """A state for so many nameless wings and people."""
    none = np.zeros(0, dtype=np.int64)
    names = {"unit": np.arange(wings), "person": np.arange(people), "rater": none}
    return State(names, _wings(wings, 2), _people(people), NEVER)


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


def codes(state: State, name: str, found: Integers) -> Integers:
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


def grow(state: State) -> None:
    """Room for every wing and person that has a name."""
    more = state.names["unit"].size - state.wings.used.size
    if more > 0:
        state.wings = Wings._make(_joined(state.wings, _wings(more, state.wings.mean.shape[1])))
    more = state.names["person"].size - state.people.wing.size
    if more > 0:
        state.people = People._make(_joined(state.people, _people(more)))


def _put(into: Iterable[Any], old: Iterable[Any], at: Integers) -> None:
    for mine, theirs in zip(into, old, strict=True):
        mine[at] = theirs


def _joined(old: Iterable[Any], new: Iterable[Any]) -> Iterator[Any]:
    return (np.concatenate(pair) for pair in zip(old, new, strict=True))
