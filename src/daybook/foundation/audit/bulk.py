"""Many rows at once: by COPY, each with its own entry in the log, all or none.

Imports and the demo write through here, as the owner of the tables (COPY does not go
through row-level security), in a command that a named member of staff runs.
"""

import secrets
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.utils import timezone
from psycopg import sql

from daybook.foundation.registry.keys import new_key

from .actions import COLUMNS, Actor, grounds_of
from .commitments import SALT, commitment, forms, signed_tables
from .models import Entry, Kind, Salt

Rows = Iterable[Sequence[Any]]


def add_many(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Rows,
    *,
    by: Actor,
    reason: str,
    key: str = "",
    person: str = "",
    parts: Sequence[tuple[type[models.Model], Sequence[str], Rows]] = (),
    signed: bool = True,
) -> int:
    """Copy ``rows`` into the table of ``model`` and log each; gives how many there were.

    ``columns`` are the column names that each row gives values for, in order. ``key``
    and ``person`` name those among them that the log repeats: the key of the record and
    the person in custody whom it is about. ``parts`` are rows of other tables that belong
    to these, and have no entry of their own; where they are to have one, add these unsigned,
    then the parts, then ``sign_many``. All stand or none.
    """
    rows = list(rows)
    with transaction.atomic():
        copy_rows(model, columns, rows)
        for part in parts:
            copy_rows(*part)
        key_at = columns.index(key) if key else None
        person_at = columns.index(person) if person else None
        _log_each(
            model,
            [
                (
                    "" if key_at is None else str(row[key_at]),
                    [] if person_at is None else [row[person_at]],
                )
                for row in rows
            ],
            kind=Kind.COLLECTION,
            subject=str(model._meta.verbose_name_raw),
            by=by,
            reason=reason,
            signed=signed and bool(key) and model._meta.db_table in signed_tables,
        )
    return len(rows)


def sign_many(
    model: type[models.Model],
    records: Iterable[object],
    *,
    subject: str,
    by: Actor,
    reason: str,
) -> None:
    """Log that these records are whole, each with what belongs to it, and commit to them."""
    entries: list[tuple[str, list[int]]] = [(str(record), []) for record in records]
    with transaction.atomic():
        _log_each(
            model,
            entries,
            kind=Kind.ALTERATION,
            subject=subject,
            by=by,
            reason=reason,
            signed=True,
        )


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Rows) -> None:
    """COPY without a log: for parts of a record whose entry is already written."""
    statement = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def reserve_keys(model: type[models.Model], count: int) -> list[int]:
    """Take ``count`` keys from the counter of a table, so that rows can name one another."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence(%s, 'id')) from generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [key for (key,) in cursor.fetchall()]


def _log_each(
    model: type[models.Model],
    told: Sequence[tuple[str, list[int]]],
    *,
    kind: Kind,
    subject: str,
    by: Actor,
    reason: str,
    signed: bool,
) -> None:
    """One entry for each record and the people it is about."""
    now, grounds = timezone.now(), grounds_of(by)
    entries = [new_key() for _ in told]
    records = [record for record, _ in told]
    committed = _commit(model, entries, records) if signed else [None] * len(told)
    copy_rows(
        Entry,
        COLUMNS,
        (
            (
                entry, now, by.key, by.sign_in_key, kind.value, subject, record, people, [],
                grounds, reason, "", model._meta.db_table if signed else "", made,
            )
            for entry, (record, people), made in zip(entries, told, committed, strict=True)
        ),
    )  # fmt: skip


def _commit(
    model: type[models.Model], entries: Sequence[UUID], records: Sequence[str]
) -> list[bytes | None]:
    """What the trigger does for one record, for all of them at once."""
    salts = [secrets.token_bytes(SALT) for _ in entries]
    kept_in = model._meta.db_table
    copy_rows(
        Salt,
        ("entry", "kept_in", "record", "salt"),
        zip(entries, [kept_in] * len(entries), records, salts, strict=True),
    )
    _count_rows(kept_in)
    said = forms(model, records)
    return [commitment(salt, said[record]) for salt, record in zip(salts, records, strict=True)]


def _count_rows(table: str) -> None:
    """Let the database see what was just brought in: it would search the parts of each record
    through whole tables otherwise."""
    parts = signed_tables[table].parts
    if not parts:
        return
    tables = {table} | {part.table for part in parts}
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("analyze {}").format(sql.SQL(", ").join(map(sql.Identifier, sorted(tables))))
        )
