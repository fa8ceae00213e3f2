"""What the marks of a joint review come to: which explanations are contradicted, and by how much
of a picture that hangs on one origin. Words and whole numbers; no percentage and no weight.

``matrix.sql`` says the same once more, for the lock on closing; a test holds both equal.

Explanations are weighed against each other by what speaks *against* them (Heuer, Psychology of
Intelligence Analysis, 1999, ch. 8): what fits everything decides nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BLANK = 9
"""No mark given. Marks are -2 strongly against, -1 against, 0 neither, 1 fits."""
GENUINE, UNKNOWN = "genuine", "unknown"
CONFIRMED_BY = 2
"""Origins of evidence, which can be looked up where it was written, without which nothing closes
as kept hidden. One of them at least is information that the desk confirmed."""
INFORMATION = "information"

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Weighed:
    """The matrix as the whole team gave it: items down (n), explanations across (k).

    ``against`` and ``fits``: more than half of those who marked the cell say so. ``differ``: the
    marks of a cell lie two steps apart or more, which is what to talk about. ``decides``: the item
    tells at least two explanations apart. ``contradicting``: how many origins speak against each
    explanation. ``shown``: whether there is the evidence that something kept hidden needs; true of
    all others. ``may_close``: what may be called least contradicted, besides “not enough known”.
    ``hangs_on``: origins without any one of which that would be another answer.
    """

    explanations: tuple[str, ...]
    against: Bools
    fits: Bools
    differ: Bools
    decides: Bools
    contradicting: Ints
    testable: Bools
    shown: Bools
    may_close: tuple[str, ...]
    hangs_on: tuple[int, ...]

    def order(self) -> list[int]:
        """Explanations by how many origins speak against them; ties as they stand.

        What could not be tested comes after all that was, and what is held to be hidden without
        evidence for it last: nothing speaks against either, and that says nothing for them.
        """
        untried = ~self.testable | ~self.shown
        at = range(len(self.explanations))
        return sorted(at, key=lambda each: (bool(untried[each]), int(self.contradicting[each])))


def weigh(
    marks: NDArray[np.int8],
    *,
    explanations: Sequence[str],
    origins: Sequence[int],
    hidden: Sequence[bool],
    stands: Sequence[bool],
    records: Sequence[str],
    tests: Sequence[tuple[int, int]],
) -> Weighed:
    """Weigh what the members marked.

    ``marks``: shape (members, n, k), of members who signed. ``origins``: for each item a number;
    alike ones go back to one. ``hidden``: for each explanation whether it says that something is
    kept hidden. ``stands``: the record of the item hasn't ended since. ``records``: the kind of
    record where it can be looked up, or "". ``tests``: (item, explanation) for each item that could
    have spoken against an explanation.
    """
    n, k = len(origins), len(explanations)
    if marks.shape[1:] != (n, k) or {len(stands), len(records)} != {n} or len(hidden) != k:
        raise ValueError("There is a mark for each item and explanation, or a blank.")
    given = marks != BLANK
    said = given.sum(axis=0)
    against = 2 * (given & (marks < 0)).sum(axis=0) > said
    fits = 2 * (given & (marks == 1)).sum(axis=0) > said
    highest = np.where(given, marks, -3).max(axis=0, initial=-3)
    lowest = np.where(given, marks, 3).min(axis=0, initial=3)
    differ = (said > 1) & (highest - lowest >= 2)
    reads = fits.astype(np.int8) - against
    decides = (reads != reads[:, :1]).any(axis=1) if k else np.zeros(n, dtype=bool)

    count = max(origins, default=-1) + 1
    standing = np.asarray(stands, dtype=bool)
    of = np.asarray(origins, dtype=np.int64)
    speaks = _by_origin(against & standing[:, None], of, count)
    tested = np.zeros((n, k), dtype=bool)
    for item, explanation in tests:
        tested[item, explanation] = standing[item]
    tried = _by_origin(tested, of, count)
    names = tuple(explanations)
    says_hidden = np.asarray(hidden, dtype=bool)
    shows = _shows(names, says_hidden, against, fits, standing)
    looked_up = np.array([bool(kind) for kind in records], dtype=bool)
    informed = np.array([kind == INFORMATION for kind in records], dtype=bool)
    by_origin = np.stack(
        [
            speaks,
            tried,
            _by_origin(shows & looked_up[:, None], of, count),
            _by_origin(shows & informed[:, None], of, count),
        ]
    ).astype(np.int64)
    counts = _Counts(by_origin.sum(axis=1), says_hidden)
    whole = counts.closable()
    return Weighed(
        explanations=names,
        against=against,
        fits=fits,
        differ=differ,
        decides=decides,
        contradicting=counts.contradicting,
        testable=counts.testable(),
        shown=counts.shown(),
        may_close=tuple(names[at] for at in np.flatnonzero(whole)),
        hangs_on=tuple(_hinges(by_origin, counts, whole)),
    )


def _by_origin(cells: Bools, of: Ints, count: int) -> Bools:
    """Whether any item of each origin says so: shape (origins, k)."""
    found = np.zeros((count, cells.shape[1]), dtype=bool)
    np.logical_or.at(found, of, cells)
    return found


def _shows(
    names: Sequence[str], hidden: Bools, against: Bools, fits: Bools, standing: Bools
) -> Bools:
    """Which items (n, k) fit something hidden and speak against a real change. Good behaviour fits
    both, and so is none of them."""
    if GENUINE not in names:
        return np.zeros_like(fits)
    real: Bools = against[:, names.index(GENUINE)] & standing
    return fits & hidden & real[:, None]


@dataclass(frozen=True, slots=True)
class _Counts:
    """How many origins, of shape (4, k), speak against each explanation, try it, show what is
    hidden where it can be looked up, and do so as confirmed information."""

    origins: Ints
    hidden: Bools

    @property
    def contradicting(self) -> Ints:
        found: Ints = self.origins[0]
        return found

    def testable(self) -> Bools:
        found: Bools = self.origins[:2].sum(axis=0) > 0
        return found

    def shown(self) -> Bools:
        _speak, _try, shows, informs = self.origins
        found: Bools = ~self.hidden | (shows >= CONFIRMED_BY) & (informs > 0)
        return found

    def closable(self) -> Bools:
        """Which explanations have the fewest origins against them, of those that could be tested.

        What could be contradicted by nothing is no answer; nor is it a rival of one. What is
        hidden without evidence for it is neither.
        """
        able = self.testable() & self.shown()
        if not able.any():
            return able
        least: Bools = able & (self.contradicting == self.contradicting[able].min())
        return least


def _hinges(by_origin: Ints, counts: _Counts, whole: Bools) -> list[int]:
    """Origins that change the answer when left out, each in turn; shape (4, origins, k) in."""
    matters = np.flatnonzero(by_origin.any(axis=(0, 2)))
    return [
        origin
        for origin in matters.tolist()
        if (_Counts(counts.origins - by_origin[:, origin], counts.hidden).closable() != whole).any()
    ]
