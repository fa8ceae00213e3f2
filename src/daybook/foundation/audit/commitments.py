"""What a signed record looks like to the log, which commits to it and never holds it.

Each app says in its ``signed.py`` which of its tables are signed, which columns may still
change once they are, and which rows belong to the whole. Every migration brings the database
in line, where a trigger makes the commitment as the entry is added; ``audit verify --records``
asks the code, which the owner of the database can't rewrite.

The form of a record is a JSON object of its columns, nulls left out so that a later version
may add a column, in the order and spelling that PostgreSQL's ``jsonb`` gives everywhere.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

SALT = 32
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of ``table`` belong to the record whose key stands in their column ``whole``.

    ``through``: to the one whose key stands in that column of that table, which ``whole`` leads to.
    """

    table: str
    whole: str
    changes: tuple[str, ...] = ()
    through: tuple[str, str] = ("", "")

    @property
    def belongs(self) -> str:
        between, column = self.through
        if not between:
            return f"p.{self.whole} = r.id"
        return f"p.{self.whole} in (select b.id from {between} b where b.{column} = r.id)"


@dataclass(frozen=True, slots=True)
class Signed:
    """A table of signed records, each known by its ``id``.

    ``changes``: columns that say what became of the record later, and are no part of what was
    signed. ``parts``: rows that were signed with it.
    """

    table: str
    changes: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    key: str = "uuid"

    @property
    def form(self) -> str:
        """SQL that gives key and form of the records whose keys are in the array ``$1``."""
        whole = _columns("r", self.changes)
        for part in self.parts:
            rows = (
                f"select {_columns('p', part.changes)} as row from {part.table} p"
                f" where {part.belongs}"
            )
            whole += (
                f" || jsonb_build_object('{part.table}', (select"
                f" coalesce(jsonb_agg(row order by row), '[]') from ({rows}) rows))"
            )
        return (
            f"select r.id::text, ({whole})::text from {self.table} r"
            f" where r.id = any($1::{self.key}[])"
        )


def _columns(row: str, changes: Iterable[str]) -> str:
    left_out = ",".join(sorted(changes))
    return f"jsonb_strip_nulls(to_jsonb({row}) - '{{{left_out}}}'::text[])"


signed_tables: dict[str, Signed] = {}
"""By name of the table; filled as the apps start."""


def register(*signed: Signed) -> None:
    signed_tables.update({each.table: each for each in signed})


def write_forms(**_signal: Any) -> None:
    """After every migration: the trigger knows the signed tables that this version ships, and
    whatever removes a row of theirs removes its salts."""
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('daybook.signed') is not null")
        if not cursor.fetchone()[0]:
            return  # Migrated back to before there were any.
        cursor.execute("delete from daybook.signed")
        cursor.executemany(
            "insert into daybook.signed (kept_in, form) values (%s, %s)",
            [(signed.table, signed.form) for signed in signed_tables.values()],
        )
        cursor.execute(
            "select k.kept_in from daybook.signed k"
            " where to_regclass(k.kept_in) is not null"
            " and to_regproc('daybook.forget_with_record') is not null"
            # It holds for whoever removes the row; one with exceptions is made anew.
            " and not exists (select from pg_trigger t where t.tgname = 'forgotten_with_it'"
            "                  and t.tgrelid = to_regclass(k.kept_in) and t.tgqual is null)"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"create or replace trigger forgotten_with_it after delete on {table}"
                " for each row execute function daybook.forget_with_record()"
            )


def commitment(salt: bytes, form: str) -> bytes:
    """HMAC-SHA256 (RFC 2104); the trigger in ``commitments.sql`` computes the same."""
    return hmac.digest(salt, form.encode(), "sha256")


def forms(model: type[models.Model], keys: Iterable[object]) -> dict[str, str]:
    """The forms of these records as they stand, by key. Runs as the owner of the tables."""
    signed = signed_tables[model._meta.db_table]
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('timezone')")
        (zone,) = cursor.fetchone()
        # As the trigger reads them, wherever the service is.
        cursor.execute("set local timezone = 'UTC'")
        cursor.execute(signed.form.replace("$1", "%s"), [[str(key) for key in keys]])
        found = dict(cursor.fetchall())
        cursor.execute("select set_config('timezone', %s, true)", [zone])
        return found
