"""What the marks of a joint review come to: which explanations are contradicted, and by how much
of a picture that hangs on one origin. Words and whole numbers; no percentage and no weight.

``standing.sql`` says the same once more, for the lock on closing; a test holds both equal.

Explanations are weighed against each other by what speaks *against* them (Heuer, Psychology of
Intelligence Analysis, 1999, ch. 8): what fits everything decides nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BLANK = 9
"""No mark given. Marks are -2 strongly against, -1 against, 0 neither, 1 fits."""
GENUINE, CONCEALED, UNKNOWN = "genuine", "concealed", "unknown"
CONFIRMED_BY = 2
"""Origins of confirmed evidence without which nothing closes as concealed."""

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Weighed:
    """The matrix as the whole team gave it: items down (n), explanations across (k).

    ``against`` and ``fits``: more than half of those who marked the cell say so. ``differ``: the
    marks of a cell lie two steps apart or more, which is what to talk about. ``decides``: the item
    tells at least two explanations apart. ``contradicting``: how many origins speak against each
    explanation. ``may_close``: what may be called least contradicted, besides “not enough known”.
    ``hangs_on``: origins without any one of which that would be another answer.
    """

    explanations: tuple[str, ...]
    against: Bools
    fits: Bools
    differ: Bools
    decides: Bools
    contradicting: Ints
    testable: Bools
    confirmed: int
    may_close: tuple[str, ...]
    hangs_on: tuple[int, ...]

    def order(self) -> list[int]:
        """Explanations by how many origins speak against them; ties as they stand."""
        return sorted(range(len(self.explanations)), key=lambda at: int(self.contradicting[at]))


def weigh(
    marks: NDArray[np.int8],
    *,
    explanations: Sequence[str],
    origins: Sequence[int],
    stands: Sequence[bool],
    from_record: Sequence[bool],
    tests: Sequence[tuple[int, int]],
) -> Weighed:
    """Weigh what the members marked.

    ``marks``: shape (members, n, k), of members who signed. ``origins``: for each item a number;
    alike ones go back to one. ``stands``: the record of the item hasn't ended since.
    ``from_record``: it can be looked up where it was written. ``tests``: (item, explanation) for
    each item that could have spoken against an explanation.
    """
    n, k = len(origins), len(explanations)
    if marks.shape[1:] != (n, k) or len(stands) != n or len(from_record) != n:
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
    confirms = _by_origin(
        _confirming(explanations, against, fits, standing, from_record)[:, None], of, count
    )[:, 0]

    names = tuple(explanations)
    contradicting: Ints = speaks.sum(axis=0)
    testable: Bools = np.logical_or(contradicting > 0, tried.any(axis=0))
    whole = _closable(names, contradicting, testable, int(confirms.sum()))
    return Weighed(
        explanations=names,
        against=against,
        fits=fits,
        differ=differ,
        decides=decides,
        contradicting=contradicting,
        testable=testable,
        confirmed=int(confirms.sum()),
        may_close=tuple(names[at] for at in np.flatnonzero(whole)),
        hangs_on=tuple(_hinges(names, speaks, tried, confirms, whole)),
    )


def _by_origin(cells: Bools, of: Ints, count: int) -> Bools:
    """Whether any item of each origin says so: shape (origins, k)."""
    found = np.zeros((count, cells.shape[1]), dtype=bool)
    np.logical_or.at(found, of, cells)
    return found


def _confirming(
    names: Sequence[str],
    against: Bools,
    fits: Bools,
    standing: Bools,
    from_record: Sequence[bool],
) -> Bools:
    """Items that fit what is hidden, speak against what is real, and can be looked up. Good
    behaviour fits both, and so is none of them."""
    if CONCEALED not in names or GENUINE not in names:
        return np.zeros(len(standing), dtype=bool)
    hidden, real = names.index(CONCEALED), names.index(GENUINE)
    shows: Bools = fits[:, hidden] & against[:, real]
    shows &= standing & np.asarray(from_record, dtype=bool)
    return shows


def _closable(names: Sequence[str], contradicting: Ints, testable: Bools, confirmed: int) -> Bools:
    """Which explanations have the fewest origins against them, of those that could be tested.

    What could be contradicted by nothing is no answer; nor is it a rival of one. What is hidden
    without evidence for it is neither.
    """
    able = testable.copy()
    if CONCEALED in names and confirmed < CONFIRMED_BY:
        able[names.index(CONCEALED)] = False
    if not able.any():
        return able
    least: Bools = able & (contradicting == contradicting[able].min())
    return least


def _hinges(
    names: Sequence[str], speaks: Bools, tried: Bools, confirms: Bools, whole: Bools
) -> list[int]:
    """Origins that change the answer when left out, each in turn."""
    all_speak, all_tried, all_confirm = speaks.sum(axis=0), tried.sum(axis=0), int(confirms.sum())
    matters = np.flatnonzero(speaks.any(axis=1) | tried.any(axis=1) | confirms)
    found = []
    for origin in matters.tolist():
        left: Ints = all_speak - speaks[origin]
        testable: Bools = np.logical_or(left > 0, all_tried - tried[origin] > 0)
        answer = _closable(names, left, testable, all_confirm - int(confirms[origin]))
        if (answer != whole).any():
            found.append(origin)
    return found
