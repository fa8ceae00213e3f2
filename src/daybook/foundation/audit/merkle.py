"""The tree of RFC 9162, section 2.1: one root for a whole log, and short proofs of what is in it.

Pure functions of bytes. ``at(height, place)`` stands for the root of the perfect subtree over
``2**height`` leaves that is the ``place``-th of its height, counted from nought.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

At = Callable[[int, int], bytes]

EMPTY = sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


@dataclass
class Frontier:
    """The right edge of a growing tree: the roots of its perfect subtrees, the largest first."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> Iterator[tuple[int, int, bytes]]:
        """Add a leaf; gives height, place and root of each subtree that it makes perfect."""
        height, place = 0, self.size
        self.size += 1
        while place & 1:
            leaf = node_hash(self.peaks.pop(), leaf)
            height, place = height + 1, place >> 1
            yield height, place, leaf
        self.peaks.append(leaf)

    def root(self) -> bytes:
        return root_of(self.peaks)


def root_of(peaks: Sequence[bytes]) -> bytes:
    """The root over perfect subtrees, the largest first."""
    if not peaks:
        return EMPTY
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


def levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """All that can be hashed in pairs: the leaves, the nodes above them, and so on up."""
    found = [list(leaves)]
    while len(found[-1]) > 1:
        below = iter(found[-1])
        found.append([sha256(b"\x01" + left + right).digest()
                      for left, right in zip(below, below, strict=False)])  # fmt: skip
    return found


def peaks_within(found: Sequence[Sequence[bytes]], size: int) -> list[bytes]:
    """The perfect subtrees over the first ``size`` leaves of ``levels``, the largest first."""
    peaks, begins = [], 0
    for height in reversed(range(size.bit_length())):
        if size >> height & 1:
            peaks.append(found[height][begins >> height])
            begins += 1 << height
    return peaks


# ---- Proofs ----


def root(begin: int, end: int, at: At) -> bytes:
    """The root over the leaves from ``begin`` up to ``end``, which no subtree may straddle."""
    size = end - begin
    if size & (size - 1) == 0:
        height = size.bit_length() - 1
        return at(height, begin >> height)
    middle = begin + _split(size)
    return node_hash(root(begin, middle, at), root(middle, end, at))


def inclusion_proof(index: int, size: int, at: At) -> list[bytes]:
    """That a leaf is in a tree of this size: what to hash it with, from below (2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError(f"There is no leaf {index} in a tree of {size}.")
    path, begin, end = [], 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append(root(middle, end, at))
            end = middle
        else:
            path.append(root(begin, middle, at))
            begin = middle
    return path[::-1]


def consistency_proof(old: int, new: int, at: At) -> list[bytes]:
    """That a tree only grew from one size to the other (2.1.4.1)."""
    if not 0 < old <= new:
        raise ValueError(f"A tree of {new} did not grow from one of {old}.")
    path, begin, end, whole = [], 0, new, True
    while old < end:
        middle = begin + _split(end - begin)
        if old <= middle:
            path.append(root(middle, end, at))
            end = middle
        else:
            path.append(root(begin, middle, at))
            begin, whole = middle, False
    if not whole:
        path.append(root(begin, end, at))
    return path[::-1]


def _split(size: int) -> int:
    """The largest power of two below ``size``."""
    return 1 << (size - 1).bit_length() - 1


# ---- Checking proofs: all that somebody outside needs ----


def is_included(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], tree_root: bytes
) -> bool:
    """Whether the proof leads from a leaf's hash to the root (2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, reached = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            reached = node_hash(step, reached)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            reached = node_hash(reached, step)
        place, last = place >> 1, last >> 1
    return last == 0 and reached == tree_root


def is_consistent(
    old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the proof leads to both roots (2.1.4.2)."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    steps = list(proof)
    if old & (old - 1) == 0:
        steps.insert(0, old_root)
    if not steps:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, step)
        place, last = place >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root
