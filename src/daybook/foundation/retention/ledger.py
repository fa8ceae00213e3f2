"""The ledger of erasures outside the database: keys only, one line for each, only growing.

A backup that is read back knows nothing of what was erased since. The ledger does, and nothing
is served until the backup has caught up with it.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """One erasure that was carried out: which records, about whom, and which two people said so."""

    id: str
    kind: str
    person_key: int
    keys: list[str]
    proposed_by: str
    approved_by: str
    erased_at: str


def read(file: Path) -> list[Line]:
    """Every line; a last one that a crash cut short was never acknowledged, and comes again."""
    if not file.exists():
        return []
    found = []
    for text in file.read_text(encoding="utf-8").splitlines():
        try:
            found.append(Line(**json.loads(text)))
        except (ValueError, TypeError):
            continue
    return found


def add(file: Path, lines: Iterable[Line]) -> int:
    """Add the lines that are not there yet, and see them on the disk; gives how many."""
    known = {line.id for line in read(file)}
    new = [line for line in lines if line.id not in known]
    if not new:
        return 0
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "r+b") as ledger:
        text = b"".join(json.dumps(asdict(line)).encode() + b"\n" for line in new)
        # A line that was cut short must not swallow the next.
        if ledger.seek(0, os.SEEK_END) and not _ends_a_line(ledger):
            text = b"\n" + text
        ledger.write(text)
        ledger.flush()
        os.fsync(ledger.fileno())
    return len(new)


def _ends_a_line(ledger: Any) -> bool:
    ledger.seek(-1, os.SEEK_END)
    return bool(ledger.read(1) == b"\n")


def carried_out(cursor: Any) -> list[Line]:
    """The erasures this database knows of, through a cursor of the owner's or the worker's."""
    cursor.execute("select * from daybook.ledger(null)")
    return [
        Line(str(id_), kind, person, list(keys), str(proposer), str(approver), at.isoformat())
        for id_, kind, person, keys, proposer, approver, at in cursor.fetchall()
    ]


def not_replayed(file: Path, cursor: Any) -> list[Line]:
    """Lines of the ledger that this database has not seen: it comes from a backup."""
    lines = read(file)
    if not lines:
        return []
    cursor.execute("select daybook.not_erased_here(%s::uuid[])", [[line.id for line in lines]])
    missing = {str(key) for key in cursor.fetchone()[0]}
    return [line for line in lines if line.id in missing]
