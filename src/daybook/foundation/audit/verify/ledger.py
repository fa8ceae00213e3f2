"""The whole ledger, piece by piece, against its own hashes and against every signed head."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any, LiteralString

import psycopg

from ..heads import TreeHead
from ..merkle import node_hash, root_of
from .findings import Finding, Report, What
from .pieces import HEIGHT, PIECE, Checked, Piece, begin, check, check_here, connect
from .tampering import name

Progress = Callable[[int, int], None]
"""Hears how many entries are checked, and of how many."""

HEADS = """
    select size, root, at, key, signature from audit_head where size > %s and size <= %s
     order by size
"""
DATABASE, OUTSIDE = "the database", "the file outside"


@dataclass
class _Check:
    """What is known so far, as pieces come in by their order."""

    connection: psycopg.Connection
    keys: frozenset[bytes]
    report: Report = field(default_factory=Report)
    peaks: list[tuple[int, bytes]] = field(default_factory=list)
    """Height and root of the perfect subtrees up to here."""
    last_good: dict[str, int] = field(default_factory=dict)
    """By where heads are kept, the largest size at which one holds: each place for itself,
    because heads in the database may be as forged as the entries."""
    found: bool = False

    def add(self, checked: Checked, heads: list[tuple[str, TreeHead]]) -> None:
        piece = checked.piece
        if checked.wrong is not None and not self.found:
            self._find(name(self.connection, checked.wrong))
        before = [root for _, root in self.peaks]
        roots = {size: root_of(before + peaks) for size, peaks in checked.peaks_at.items()}
        for where, head in heads:
            if roots[head.size] != head.root:
                self._contradicts(where, head, checked.wrong_node)
            elif not self.found:
                self.last_good[where] = head.size
        if checked.wrong_node is not None:
            self._somewhere(checked.wrong_node, checked.wrong_node + 255, "the tree over it")
        if piece.end - piece.begin == PIECE and len(checked.peaks) == 1:
            self._append(piece.begin >> HEIGHT, checked.peaks[0])
            self.report.root = root_of([root for _, root in self.peaks])
        else:
            self.report.root = root_of(before + checked.peaks)

    def _append(self, place: int, root: bytes) -> None:
        height = HEIGHT
        while place & 1:
            height, root, place = height + 1, node_hash(self.peaks.pop()[1], root), place >> 1
        self.peaks.append((height, root))

    def _contradicts(self, where: str, head: TreeHead, node: int | None) -> None:
        if head.key not in self.keys or not head.is_signed:
            self._find(Finding(head.size, head.size, What.UNSIGNED,
                               f"A head in {where} over {head.size:,} entries is not signed by"
                               " a key that is known here."))  # fmt: skip
            return
        first = max(self.last_good.get(where, 0) + 1, node or 0)
        last = min(head.size, node + 255) if node else head.size
        self._somewhere(first, max(first, last), f"a signed head in {where}")

    def _somewhere(self, first: int, last: int, witness: str) -> None:
        if not self.found:
            words = f"Entries were rewritten, hashes and all: {witness} says otherwise."
            self._find(Finding(first, last, What.REWRITTEN, words))

    def _find(self, finding: Finding) -> None:
        self.report.findings.append(finding)
        self.found = self.found or finding.what is not What.UNSIGNED

    def ends(self, size: int, newest: dict[str, TreeHead]) -> None:
        """What heads say of the end: neither cut short, nor longer than was signed."""
        for where, head in newest.items():
            if head.key not in self.keys or not head.is_signed:
                words = f"The newest head in {where} is not signed by a key that is known here."
                self._find(Finding(head.size, head.size, What.UNSIGNED, words))
            elif head.size > size and not self.found:
                words = (
                    f"The log ends after {size:,} entries; a signed head in {where} is over"
                    f" {head.size:,}."
                )
                self._find(Finding(size + 1, head.size, What.REMOVED, words))
        signed = newest[DATABASE].size if DATABASE in newest else 0
        if size > signed and not self.found:
            words = "These entries were put in without a head over them."
            self._find(Finding(signed + 1, size, What.INSERTED, words))


def verify(
    address: str,
    *,
    keys: Iterable[bytes],
    outside: Iterable[TreeHead] = (),
    processes: int = 0,
    progress: Progress = lambda done, of: None,
) -> Report:
    """Check the log at ``address`` (of the owner) by hashing every entry again.

    ``keys``: public keys whose heads are believed. ``outside``: heads that were kept
    elsewhere, in the order in which they came. Memory does not grow with the log.
    """
    with connect(address) as connection:
        size = _one(connection, "select coalesce(max(number), 0) from audit_leaf")
        run = _Check(connection, frozenset(keys))
        run.report.entries = size
        run.report.waiting = _one(connection, "select count(*) from audit_entry")
        heads = _Heads(connection, outside)
        snapshot = _one(connection, "select pg_export_snapshot()")
        for checked, signed in _checked(connection, address, snapshot, size, heads, processes):
            run.add(checked, signed)
            progress(checked.piece.end, size)
        heads.skip_to_the_end(size)
        run.ends(size, heads.newest)
        run.report.heads, run.report.outside = heads.counts[DATABASE], heads.counts[OUTSIDE]
        return run.report


class _Heads:
    """Heads of both places, by the piece they end in."""

    def __init__(self, connection: psycopg.Connection, outside: Iterable[TreeHead]) -> None:
        self._connection = connection
        self._outside = iter(outside)
        self._next: TreeHead | None = next(self._outside, None)
        self.newest: dict[str, TreeHead] = {}
        self.counts = {DATABASE: 0, OUTSIDE: 0}

    def within(self, begin: int, end: int) -> list[tuple[str, TreeHead]]:
        found = [(DATABASE, head) for head in self._kept(begin, end)]
        while self._next is not None and self._next.size <= end:
            found.append((OUTSIDE, self._next))
            self._seen(OUTSIDE, self._next)
            self._next = next(self._outside, None)
        return sorted(found, key=lambda each: each[1].size)

    def skip_to_the_end(self, size: int) -> None:
        list(self._kept(size, 1 << 62))
        while self._next is not None:
            self._seen(OUTSIDE, self._next)
            self._next = next(self._outside, None)

    def _kept(self, begin: int, end: int) -> Iterator[TreeHead]:
        for row in self._connection.execute(HEADS, [begin, end], binary=True).fetchall():
            head = TreeHead(*row)
            self._seen(DATABASE, head)
            yield head

    def _seen(self, where: str, head: TreeHead) -> None:
        self.counts[where] += 1
        if where not in self.newest or head.size >= self.newest[where].size:
            self.newest[where] = head


def _checked(
    connection: psycopg.Connection,
    address: str,
    snapshot: str,
    size: int,
    heads: _Heads,
    processes: int,
) -> Iterator[tuple[Checked, list[tuple[str, TreeHead]]]]:
    """Each piece in order; where there are many, several processes check them side by side."""

    def pieces() -> Iterator[tuple[Piece, list[tuple[str, TreeHead]]]]:
        for start in range(0, size, PIECE):
            end = min(start + PIECE, size)
            signed = heads.within(start, end)
            # Heads of both places are mostly over the same sizes.
            sizes = dict.fromkeys(head.size for _, head in signed)
            yield Piece(start, end, tuple(sizes)), signed

    processes = processes or min(4, os.cpu_count() or 1)
    if size <= PIECE or processes == 1:
        for piece, signed in pieces():
            yield check(connection, piece), signed
        return
    waiting: deque[tuple[Future[Checked], list[tuple[str, TreeHead]]]] = deque()
    with ProcessPoolExecutor(
        processes, get_context("spawn"), initializer=begin, initargs=(address, snapshot)
    ) as pool:
        for piece, signed in pieces():
            waiting.append((pool.submit(check_here, piece), signed))
            if len(waiting) > 2 * processes:
                future, signed = waiting.popleft()
                yield future.result(), signed
        for future, signed in waiting:
            yield future.result(), signed


def _one(connection: psycopg.Connection, query: LiteralString) -> Any:
    row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]
