"""Checking the log beside SHA-256 alone over the same bytes."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from rich.progress import track

from daybook.foundation.audit.heads import TreeHead
from daybook.foundation.audit.lines import LINE, SPEAK
from daybook.foundation.audit.merkle import Frontier
from daybook.foundation.audit.verify import verify

AT_ONCE = 100_000
A_HEAD_EVERY = 100
"""Entries: what a busy service adds in a second."""
SAMPLE = 200_000
# As they stand in the ledger of a service: mostly pages that were read, some of many people.
FILL = f"""
    insert into audit_leaf (number, id, at, staff_key, sign_in_key, kind, subject, record, people,
                            compartments, grounds, reason, recipient, kept_in, hash)
    select e.*, sha256('\\x00'::bytea || {LINE.replace(", commitment", ", null::bytea")})
      from (
        select n as number, gen_random_uuid() as id,
               '2026-01-01'::timestamptz + n * interval '0.2 s' as at,
               gen_random_uuid() as staff_key, gen_random_uuid() as sign_in_key,
               case when n %% 4 = 0 then 'collection' else 'consultation' end::varchar as kind,
               case when n %% 4 = 0 then 'reflection'
                    else 'reflections:person: names, reflections, safety' end::varchar as subject,
               case when n %% 4 = 0 then gen_random_uuid()::text else '' end::varchar as record,
               array[n %% 600, (n * 7) %% 600] as people,
               '{{identity,safety,wing}}'::varchar[] as compartments,
               array['wing-officer unit ' || n %% 10]::varchar[] as grounds,
               ''::varchar as reason, ''::varchar as recipient, ''::varchar as kept_in
          from generate_series(%s::bigint + 1, %s) n) e
"""


@dataclass(frozen=True)
class Checked:
    entries: int
    check: float
    """Entries a second that the whole check takes in: read, hashed, held against each head."""
    one_by_one: float
    """The same by SHA-256 alone: each entry and each node of the tree by itself."""
    one_stream: float
    """The same bytes as one message."""
    bytes_each: float
    heads: int


def measure(
    owner_url: str, *, entries: int, processes: int, progress: Callable[[str], None]
) -> Checked:
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    with psycopg.connect(owner_url, autocommit=True) as owner:
        heads = _fill(owner, key, public, entries)
        owner.execute("vacuum analyze audit_leaf")
        one_by_one, one_stream, each = _raw(owner, entries)
    progress("Checking")
    began = time.perf_counter()
    report = verify(owner_url, keys=[public], outside=heads, processes=processes)
    spent = time.perf_counter() - began
    if not report.whole or report.entries != entries:
        raise RuntimeError(f"The log should be whole: {report.as_dict()}")
    return Checked(entries, entries / spent, one_by_one, one_stream, each, 2 * len(heads))


def _fill(
    owner: psycopg.Connection, key: Ed25519PrivateKey, public: bytes, entries: int
) -> list[TreeHead]:
    owner.execute(SPEAK)
    frontier, heads = Frontier(), []
    nodes = owner.cursor()
    for begin in track(range(0, entries, AT_ONCE), description="Filling"):
        end = min(begin + AT_ONCE, entries)
        owner.execute(FILL, [begin, end])
        rows = owner.execute(
            "select hash from audit_leaf where number > %s and number <= %s order by number",
            [begin, end],
            binary=True,
        ).fetchall()
        kept = []
        for (hash,) in rows:
            kept += [each for each in frontier.append(hash) if each[0] % 8 == 0]
            if frontier.size % A_HEAD_EVERY == 0 or frontier.size == entries:
                unsigned = TreeHead(frontier.size, frontier.root(), datetime.now(UTC), public, b"")
                heads.append(
                    TreeHead(unsigned.size, unsigned.root, unsigned.at, public,
                             key.sign(unsigned.text))
                )  # fmt: skip
        nodes.executemany("insert into audit_node (height, place, hash) values (%s, %s, %s)", kept)
    with owner.cursor().copy(
        "copy audit_head (size, root, at, key, signature, peaks) from stdin"
    ) as copy:
        for head in heads:
            copy.write_row((head.size, head.root, head.at, head.key, head.signature, b""))
    return heads


def _raw(owner: psycopg.Connection, entries: int) -> tuple[float, float, float]:
    """Entries a second that SHA-256 itself takes in, from memory, and bytes an entry."""
    taken = min(SAMPLE, entries)
    rows = owner.execute(
        f"select {LINE} from audit_leaf where number <= %s order by number", [taken], binary=True
    ).fetchall()
    messages = [b"\x00" + line for (line,) in rows] + [b"\x01" + bytes(64)] * taken
    stream = b"".join(messages)
    one_by_one = _best(lambda: [sha256(message).digest() for message in messages])
    return taken / one_by_one, taken / _best(lambda: sha256(stream).digest()), len(stream) / taken


def _best(work: Callable[[], object], times: int = 5) -> float:
    """Seconds at best: a goal that is a share of this is not met by its slow moments."""
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return min(spent)
