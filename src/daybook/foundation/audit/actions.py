"""Adding to the log. Called inside the transaction of what it records: both stand or neither."""

from collections.abc import Iterable, Sequence
from typing import Protocol
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from .models import Entry, Kind


class Actor(Protocol):
    """Whoever acts: a signed-in member of staff, or a command run by one."""

    @property
    def key(self) -> UUID: ...
    @property
    def sign_in_key(self) -> UUID: ...


def record(
    *,
    by: Actor | None,
    kind: Kind,
    subject: str,
    record: object = "",
    people: Iterable[int] = (),
    reason: str = "",
    recipient: str = "",
    compartments: Iterable[str] = (),
    signed: type[Model] | None = None,
) -> None:
    """Add one entry. If it can't be added, what it would have recorded does not happen.

    A consultation is justified by the roles that ``by`` holds, and by ``reason`` where one
    was asked; a disclosure needs ``recipient`` and ``reason``. ``signed`` is the model of a
    record that is locked from now on: the entry then commits to all of it, parts included,
    so call this once every row of it is written (see ``commitments.py``).
    """
    _add(entry(by, kind, subject, record, people, reason, recipient, compartments, signed))


# Every page and every save adds one: in plain SQL it costs a quarter of what the ORM takes.
COLUMNS = (
    "id", "at", "staff_key", "sign_in_key", "kind", "subject", "record", "people",
    "compartments", "grounds", "reason", "recipient", "kept_in", "commitment",
)  # fmt: skip
ADD = f"""
    insert into audit_entry ({", ".join(COLUMNS)})
    values ({", ".join(["%s"] * len(COLUMNS))})
"""


def entry(
    by: Actor | None,
    kind: Kind,
    subject: str,
    record: object = "",
    people: Iterable[int] = (),
    reason: str = "",
    recipient: str = "",
    compartments: Iterable[str] = (),
    signed: type[Model] | None = None,
) -> Entry:
    return Entry(
        at=timezone.now(),
        staff_key=by.key if by else None,
        sign_in_key=by.sign_in_key if by else None,
        kind=kind,
        subject=subject,
        record=str(record),
        people=sorted(set(people)),
        compartments=sorted(compartments),
        grounds=grounds_of(by),
        reason=in_one_line(reason)[:500],
        recipient=in_one_line(recipient)[:200],
        kept_in=signed._meta.db_table if signed else "",
    )


def record_apart(
    *, by: Actor | None, kind: Kind, subject: str, record: object = "", reason: str = ""
) -> None:
    """Add one entry in a transaction of its own, for what was refused and rolled back."""
    with transaction.atomic(durable=not transaction.get_connection().in_atomic_block):
        _add(entry(by, kind, subject, record, reason=reason))


def _add(entry: Entry) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ADD, [getattr(entry, name) for name in COLUMNS])


def forget(model: type[Model], records: Sequence[object]) -> int:
    """Erase the salts of these records with them; gives how many there were.

    From then on no guess at what an erased record said can be held against the log, which
    itself stays whole. Call it in the transaction that erases the rows and records the
    ``ERASURE``. It runs ``daybook.forget_record(kept_in, records)``, which no role of the app
    may: the role that erases is granted it by the migration that makes that role.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select daybook.forget_record(%s, %s)",
            [model._meta.db_table, [str(record) for record in records]],
        )
        return int(cursor.fetchone()[0])


def grounds_of(by: Actor | None) -> list[str]:
    """The roles through which somebody acts; a command acts for an administrator, unasked."""
    return list(getattr(by, "grounds", ()))


def in_one_line(words: str) -> str:
    """What was typed as the log keeps it: no line break, and no other sign that shows nothing."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())
