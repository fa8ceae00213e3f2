"""Many rows at once: by COPY, each with its own entry in the log, all or none.

Imports and the demo write through here, as the owner of the tables (COPY does not go
through row-level security), in a command that a named member of staff runs.
"""

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

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
) -> int:
    """Copy ``rows`` into the table of ``model`` and log each; gives how many there were.

    ``columns`` are the column names that each row gives values for, in order. ``key``
    and ``person`` name those among them that the log repeats: the key of the record and
    the person in custody whom it is about. ``parts`` are rows of other tables that belong
    to these, and have no entry of their own. All stand or none.
    """
    rows = list(rows)
    with transaction.atomic():
        copy_rows(model, columns, rows)
        for part in parts:
            copy_rows(*part)
        _log_each(model, columns, rows, by=by, reason=reason, key=key, person=person)
    return len(rows)


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
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    by: Actor,
    reason: str,
    key: str,
    person: str,
) -> None:
    now, grounds = timezone.now(), grounds_of(by)
    key_at = columns.index(key) if key else None
    person_at = columns.index(person) if person else None
    records = ["" if key_at is None else str(row[key_at]) for row in rows]
    entries = [new_key() for _ in rows]
    kept_in = model._meta.db_table if model._meta.db_table in signed_tables else ""
    committed = _commit(model, entries, records) if kept_in else [None] * len(rows)
    copy_rows(
        Entry,
        COLUMNS,
        (
            (
                entry,
                now,
                by.key,
                by.sign_in_key,
                Kind.COLLECTION.value,
                model._meta.verbose_name_raw,
                record,
                [] if person_at is None else [row[person_at]],
                [],
                grounds,
                reason,
                "",
                kept_in,
                made,
            )
            for entry, row, record, made in zip(entries, rows, records, committed, strict=True)
        ),
    )


def _commit(
    model: type[models.Model], entries: Sequence[Any], records: Sequence[str]
) -> list[bytes | None]:
    """What the trigger does for one record, for all of them at once."""
    salts = [secrets.token_bytes(SALT) for _ in entries]
    kept_in = model._meta.db_table
    copy_rows(
        Salt,
        ("entry", "kept_in", "record", "salt"),
        zip(entries, [kept_in] * len(entries), records, salts, strict=True),
    )
    said = forms(model, records)
    return [commitment(salt, said[record]) for salt, record in zip(salts, records, strict=True)]
