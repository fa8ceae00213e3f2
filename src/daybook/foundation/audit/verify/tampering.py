"""What was done to the first entry that is not as it was: altered, removed, moved, or put in."""

from collections.abc import Iterator

import psycopg

from ..lines import LINE, numbered
from ..merkle import leaf_hash
from .findings import Finding, What

AT = f"select {LINE}, hash from audit_leaf where number = %s"
HASHES = "select number, hash from audit_leaf order by number"


def name(connection: psycopg.Connection, number: int) -> Finding:
    """Look where the content that now stands under a wrong number once stood.

    An entry's number is part of what is hashed. So the number under which a content gives a
    hash that is kept, its own or that of another place, is the number it was given.
    """
    here = connection.execute(AT, [number], binary=True).fetchone()
    after = connection.execute(AT, [number + 1], binary=True).fetchone()
    if here is None:
        return _found(What.REMOVED, number)
    was, after_was = _once(connection, [(number, *here), (number + 1, *after) if after else None])
    shift = was - number if was else 0
    moved_on = after_was - (number + 1) if after_was else 0
    if was is None:
        return _found(What.INSERTED if moved_on == -1 else What.ALTERED, number)
    if shift > 0 and (moved_on == shift or after is None):
        return _found(What.REMOVED, number, number + shift - 1)
    if shift < 0 and (moved_on == shift or after is None):
        return _found(What.INSERTED, number + shift, number - 1)
    return _found(What.REORDERED, *sorted((number, was)))


def _once(
    connection: psycopg.Connection, rows: list[tuple[int, bytes, bytes] | None]
) -> list[int | None]:
    """For each row the number that its content was given; None if there is none."""
    sought = [
        (at, number, line, kept)
        for at, row in enumerate(rows)
        if row is not None
        for number, line, kept in [row]
    ]
    found: list[int | None] = [None] * len(rows)
    for number, kept_there in _hashes(connection):
        for at, stands_at, line, kept_here in sought:
            if found[at] is None and number != stands_at:
                hash = leaf_hash(numbered(line, number))
                if hash in (kept_there, kept_here):
                    found[at] = number
        if all(found[at] is not None for at, *_ in sought):
            break
    return found


def _hashes(connection: psycopg.Connection) -> Iterator[tuple[int, bytes]]:
    with connection.cursor(name="hashes", binary=True) as cursor:
        cursor.itersize = 20_000
        yield from cursor.execute(HASHES)


SENTENCES = {
    What.ALTERED: "Entry {0:,} is not what was numbered.",
    What.REMOVED: "Entry {0:,} is gone.",
    What.INSERTED: "Entry {0:,} was put in.",
    What.REORDERED: "Entries {0:,} and {1:,} do not stand where they were numbered.",
}


def _found(what: What, first: int, last: int = 0) -> Finding:
    return Finding(first, max(first, last), what, SENTENCES[what].format(first, last))
