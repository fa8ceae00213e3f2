"""An entry as the tree hashes it: its columns one after the other, the number first.

Written by the database, from its own columns, the same way when an entry is numbered and when
the log is checked. Between two columns stands the unit separator of ASCII, which no column
may hold (a constraint), so that two different entries never read alike.
"""

SEPARATOR = "\x1f"
COLUMNS = (
    "number", "id", "at", "staff_key", "sign_in_key", "kind", "subject", "record", "people",
    "compartments", "grounds", "reason", "recipient", "kept_in", "commitment",
)  # fmt: skip
_SEPARATED = ", chr(31), ".join(COLUMNS)
LINE = f"convert_to(concat({_SEPARATED}), 'UTF8')"
"""Needs the session to speak UTC, ISO dates and hexadecimal bytes: see ``SPEAK``."""
SPEAK = "set timezone = 'UTC'", "set datestyle = 'ISO'", "set bytea_output = 'hex'"
