"""Ratings on more machines than one, over dask.distributed: `pip install 'daybook[cluster]'`.

Everything that is added up over blocks here is added up over workers there, in the same order,
so that the answer is the same. A worker holds some levels of the inner factor with all their
ratings; raters and days cross workers, and what each worker says about them is summed exactly.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import distributed
import numpy as np
from numpy.typing import ArrayLike, NDArray

from daybook.signals.columns import Floats, Integers, codes, numbers
from daybook.signals.errors import (
    BadParameter,
    LengthMismatch,
    NoCluster,
    NoRatings,
    NotSeparable,
    NoVariation,
    OneLevel,
)
from daybook.signals.raters.blocks import Block, Rows, cut, edges
from daybook.signals.raters.fit import Raters, answered
from daybook.signals.raters.kernels import join
from daybook.signals.raters.system import System

# dask's own annotations come and go with its releases.
Client = Any
Future = Any

ANSWERS_WITHIN = "10s"


class Cluster:
    """A place for `raters(..., place=Cluster(client))`: ratings that this machine can still read
    are cut here and held by the workers. For more than that, see `raters_in_parts`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @contextmanager
    def hold(self, rows: Rows, levels: int) -> Iterator["Held"]:
        counts = np.bincount(rows.inner, minlength=levels)
        made = [cut(rows, counts[slice(*span)], *span) for span in edges(counts)]
        yield Held(self._client, self._client.scatter(made, hash=False))


@contextmanager
def at(address: str) -> Iterator[Cluster]:
    """The cluster whose scheduler listens at `address`. Raises NoCluster."""
    connect: Any = distributed.Client
    try:
        client = connect(address, timeout=ANSWERS_WITHIN)
    except (OSError, ValueError):
        raise NoCluster(address) from None
    with client:
        yield Cluster(client)


class Held:
    """Blocks on workers, asked all at once."""

    def __init__(self, client: Client, blocks: Sequence[Future]) -> None:
        self._client, self._blocks = client, blocks

    def ask(self, question: Callable[..., Any], *more: Any) -> Sequence[Any]:
        asked = [self._client.submit(question, block, *more, pure=False) for block in self._blocks]
        answers: Sequence[Any] = self._client.gather(asked)
        return answers


@dataclass(frozen=True, eq=False)
class Part:
    """Some of the ratings, as one partition holds them: `value` (n,) and labels by effect."""

    value: ArrayLike
    effects: Mapping[str, ArrayLike]


def raters_in_parts(
    client: Client,
    parts: Sequence[Future],
    *,
    with_levels: bool = False,
    sd: Mapping[str, float] | None = None,
    told: Callable[[str], None] | None = None,
) -> Raters:
    """`raters` over partitions that no machine holds together.

    `parts`: futures of `Part` on the workers, all with the same effects. A first pass learns
    which labels there are; a second sends every rating to the worker that holds its inner level.
    What passes through here is a vector with an entry for each level, never a rating.

    Raises what `raters` raises; a row is counted within its part, which is named before it.
    """
    say = told or (lambda _: None)
    if not parts:
        raise NoRatings
    say("Looking at partitions")
    checked = [client.submit(_checked, part, at, pure=False) for at, part in enumerate(parts)]
    seen: list[_Seen] = client.gather([client.submit(_seen, c, pure=False) for c in checked])
    order = list(seen[0].labels)
    if any(list(each.labels) != order for each in seen):
        raise BadParameter("all parts must have the same effects, in the same order.")
    n = sum(each.n for each in seen)
    mean = sum(each.total for each in seen) / n
    if min(each.low for each in seen) == max(each.high for each in seen):
        raise NoVariation(f"value is {seen[0].low:g} in every row.")
    labels = {name: np.unique(np.concatenate([s.labels[name] for s in seen])) for name in order}
    for name, each in labels.items():
        if each.size == 1:
            raise OneLevel(name, each[0])
        if each.size == n:
            raise NotSeparable(f"every row has its own {name}.")
    by_size = sorted(order, key=lambda name: (-labels[name].size, name))
    labels = {name: labels[name] for name in by_size}

    say("Sending ratings to their workers")
    known = client.scatter(labels, broadcast=True, hash=False)
    coded = [client.submit(_coded, c, known, mean, pure=False) for c in checked]
    del checked
    counted = client.gather([client.submit(_counted, c, pure=False) for c in coded])
    counts = np.zeros(labels[by_size[0]].size, dtype=np.int64)
    for each in counted:
        counts[: each[0].size] += each[0]
    squares = float(sum(each[1] for each in counted))
    forests = [each[2] for each in counted]
    blocks = []
    for first, last in edges(counts):
        pieces = [client.submit(_piece, c, first, last, pure=False) for c in coded]
        blocks.append(
            client.submit(_assembled, pieces, counts[first:last], first, last, pure=False)
        )
    held = Held(client, blocks)
    ends = np.cumsum([0, *(labels[name].size for name in by_size[1:])])
    segments = [slice(int(start), int(end)) for start, end in pairwise(ends)]
    return answered(
        System.of(held, segments, squares),
        labels,
        order,
        mean=mean,
        parts=_parts(forests) if len(order) > 1 else 1,
        with_levels=with_levels,
        sd=sd,
        say=say,
    )


@dataclass(frozen=True, eq=False)
class _Checked:
    value: Floats
    codes: dict[str, NDArray[np.int32]]
    labels: dict[str, NDArray[np.generic]]


@dataclass(frozen=True, eq=False)
class _Seen:
    n: int
    total: float
    low: float
    high: float
    labels: dict[str, NDArray[np.generic]]


def _checked(part: Part, at: int) -> _Checked:
    value = numbers(f"part {at}: value", part.value)
    if value.size == 0:
        raise NoRatings
    found = {name: codes(f"part {at}: {name}", given) for name, given in part.effects.items()}
    for name, (code, _) in found.items():
        if code.size != value.size:
            raise LengthMismatch(f"part {at}: {name}", code.size, value.size)
    return _Checked(
        value,
        {name: code for name, (code, _) in found.items()},
        {name: labels for name, (_, labels) in found.items()},
    )


def _seen(part: _Checked) -> _Seen:
    value = part.value
    return _Seen(
        value.size, float(value.sum()), float(value.min()), float(value.max()), part.labels
    )


def _coded(part: _Checked, labels: dict[str, NDArray[np.generic]], mean: float) -> Rows:
    """The part's ratings by the labels of all parts; the first of those is the inner factor."""
    every = [
        np.searchsorted(labels[name], part.labels[name]).astype(np.int32)[part.codes[name]]
        for name in labels
    ]
    ends = np.cumsum([0, *(each.size for each in list(labels.values())[1:])])
    return Rows(
        every[0], tuple(every[1:]), ends[:-1].astype(np.int32), int(ends[-1]) + 1,
        part.value - mean,
    )  # fmt: skip


def _counted(rows: Rows) -> tuple[Integers, float, NDArray[np.int32]]:
    """Ratings by inner level as far as they go, the sum of squares, and what hangs together.

    The forest lies in one vector: the long vector's levels first, inner levels after them."""
    size = rows.size - 1
    inner = rows.inner.astype(np.int32)
    parent = np.arange(size + int(inner.max()) + 1, dtype=np.int32)
    # The inner factor comes first in what is joined, so that its offset is the other levels.
    offsets = np.array([0, *rows.offsets], dtype=np.int32)
    join(parent, (inner + np.int32(size), *rows.others), offsets, parent.size)
    return np.bincount(rows.inner), float(rows.value @ rows.value), parent


def _piece(rows: Rows, first: int, last: int) -> Rows:
    those = (rows.inner >= first) & (rows.inner < last)
    return Rows(
        rows.inner[those], tuple(other[those] for other in rows.others), rows.offsets, rows.size,
        rows.value[those],
    )  # fmt: skip


def _assembled(pieces: list[Rows], counts: Integers, first: int, last: int) -> Block:
    together = Rows(
        np.concatenate([piece.inner for piece in pieces]),
        tuple(
            np.concatenate([piece.others[at] for piece in pieces])
            for at in range(len(pieces[0].others))
        ),
        pieces[0].offsets,
        pieces[0].size,
        np.concatenate([piece.value for piece in pieces]),
    )
    return cut(together, counts, first, last)


def _parts(forests: Sequence[NDArray[np.int32]]) -> int:
    """Parts that are left when what each partition joined is joined too."""
    size = max(forest.size for forest in forests)
    parent = np.arange(size, dtype=np.int32)
    left = size
    for forest in forests:
        itself = np.arange(forest.size, dtype=np.int32)
        left = int(join(parent, (itself, forest), np.zeros(2, dtype=np.int32), left))
    return left
