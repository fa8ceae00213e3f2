"""An entry as the tree hashes it: its columns, the number first, as PostgreSQL sends a row.

That is how many there are, then for each its type, its length and its value (the binary form
that ``record_send`` gives, and COPY documents), so that two different entries never read
alike. The database writes it from its own columns, the same way when an entry is numbered and
when the log is checked.
"""

COLUMNS = (
    "number", "id", "at", "staff_key", "sign_in_key", "kind", "subject", "record", "people",
    "compartments", "grounds", "reason", "recipient", "kept_in", "commitment",
)  # fmt: skip
LINE = f"record_send(row({', '.join(COLUMNS)}))"
SPEAK = "set client_encoding = 'UTF8'"
"""Letters are sent as the session asks for them."""

_NUMBER = slice(12, 20)


def number_of(line: bytes) -> int:
    return int.from_bytes(line[_NUMBER])


def numbered(line: bytes, number: int) -> bytes:
    """The same entry under another number."""
    return line[: _NUMBER.start] + number.to_bytes(8) + line[_NUMBER.stop :]
