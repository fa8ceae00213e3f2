"""One piece of the ledger: every entry hashed anew, and the tree over them.

A function of its own, so that several processes each take a piece.
"""

from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate, pairwise
from struct import unpack

import psycopg

from ..lines import LINE, SPEAK, number_of
from ..merkle import levels, peaks_within

HEIGHT = 16
PIECE = 1 << HEIGHT
"""Entries in a piece."""
KEPT = 8

BLOCK = 256
"""Entries that come as one value: each by itself costs more to hand over than to hash."""
BLOCKS = f"""
    select block.* from generate_series(%s::bigint, %s::bigint - 1, {BLOCK}) as after,
        lateral (select count(*), string_agg(int4send(octet_length(line)), ''::bytea),
                        string_agg(line, ''::bytea), string_agg(hash, ''::bytea),
                        bool_and(octet_length(hash) = 32)
                   from (select {LINE} as line, hash from audit_leaf
                          where number > after and number <= least(after + {BLOCK}, %s)
                          order by number) entry) block
"""
ENTRIES = f"""
    select {LINE}, hash from audit_leaf where number > %s and number <= %s order by number
"""
NODES = """
    select place, hash from audit_node
     where height = %s and place >= %s and place < %s order by place
"""
NOTHING = bytes(32)
"""Stands where an entry is missing."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The entries after ``begin`` up to ``end``, and the sizes within them that were signed."""

    begin: int
    end: int
    sizes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    piece: Piece
    wrong: int | None
    """The first entry that is not what was hashed when it was numbered, or is not there."""
    wrong_node: int | None
    """The first of its blocks of 256 whose kept node is another."""
    peaks: list[bytes]
    """Over the whole piece."""
    peaks_at: dict[int, list[bytes]]
    """Over its entries up to each of the sizes."""


def connect(address: str, snapshot: str = "") -> psycopg.Connection:
    """A connection that reads the log as it stood at one moment, and changes nothing."""
    connection = psycopg.connect(address)
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True
    if snapshot:
        connection.execute(f"set transaction snapshot '{snapshot}'")
    connection.execute(SPEAK)
    return connection


_own: psycopg.Connection | None = None


def begin(address: str, snapshot: str) -> None:
    """A process that will check pieces opens its connection once."""
    global _own
    _own = connect(address, snapshot)


def check_here(piece: Piece) -> Checked:
    assert _own is not None
    return check(_own, piece)


def check(connection: psycopg.Connection, piece: Piece) -> Checked:
    leaves, wrong = _as_numbered(connection, piece), None
    if leaves is None:
        leaves, wrong = _one_by_one(connection, piece)
    tree = levels(leaves)
    return Checked(
        piece,
        wrong,
        _wrong_node(connection, piece, tree) if wrong is None else None,
        peaks_within(tree, len(leaves)),
        {size: peaks_within(tree, min(size - piece.begin, len(leaves))) for size in piece.sizes},
    )


def _as_numbered(connection: psycopg.Connection, piece: Piece) -> list[bytes] | None:
    """The leaves of a piece whose entries are all there, and what they were; of any other none."""
    leaves: list[bytes] = []
    blocks = connection.execute(BLOCKS, [piece.begin, piece.end, piece.end], binary=True)
    for count, lengths, lines, kept, of_one_length in blocks:
        if not count or not of_one_length:
            return None
        ends = accumulate(unpack(f">{count}i", lengths), initial=0)
        found = [sha256(b"\x00" + lines[begin:end]).digest() for begin, end in pairwise(ends)]
        if b"".join(found) != kept:
            return None
        leaves += found
    return leaves if len(leaves) == piece.end - piece.begin else None


def _one_by_one(connection: psycopg.Connection, piece: Piece) -> tuple[list[bytes], int | None]:
    """The leaves as they are kept, and the first entry that is not what was hashed, or missing."""
    rows = connection.execute(ENTRIES, [piece.begin, piece.end], binary=True).fetchall()
    leaves = [sha256(b"\x00" + line).digest() for line, _ in rows]
    kept = [leaf for _, leaf in rows]
    # Numbers stand in the lines: an entry in another's place is found here, too.
    wrong = None
    if leaves != kept:
        first = next(at for at, leaf in enumerate(leaves) if leaf != kept[at])
        wrong = number_of(rows[first][0])
    if len(rows) < piece.end - piece.begin:
        there = {number_of(line): leaf for line, leaf in rows}
        kept = [there.get(number, NOTHING) for number in range(piece.begin + 1, piece.end + 1)]
        wrong = min(piece.begin + 1 + kept.index(NOTHING), wrong or piece.end)
    return kept, wrong


def _wrong_node(
    connection: psycopg.Connection, piece: Piece, tree: list[list[bytes]]
) -> int | None:
    """The first entry of the first block whose kept node is not what its leaves make."""
    for height in (KEPT, HEIGHT):
        first, last = piece.begin >> height, piece.end >> height
        kept: dict[int, bytes] = dict(
            connection.execute(NODES, [height, first, last], binary=True).fetchall()
        )
        for place in range(first, last):
            if kept.get(place) != tree[height][place - first]:
                return (place << height) + 1
    return None
