"""Laid after every migration, as the owner: locks on what is signed, and the one way out.

The registry says what is kept where; here the database learns it. So a table that an app adds
is locked, and can be erased, from the day on which the app names it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction
from psycopg import sql

from daybook.foundation.registry.records import Kept, Part, every_part, records

ERASER = "daybook_eraser"
ERASE_SQL = Path(__file__).with_name("erase.sql")
NOT_THE_ERASER = f"WHEN (CURRENT_USER <> '{ERASER}'::name)"
STRUCK = "struck_at"
EACH_ROW, BEFORE, REMOVES, EMPTIES = 1, 2, 8, 32
"""Bits of ``pg_trigger.tgtype``."""


@dataclass(frozen=True, slots=True)
class Lock:
    """How one table is locked: None in ``settles`` for what nobody signs."""

    table: str
    person: str
    settles: tuple[str, ...] | None
    own_lock: bool


def lay_the_way_out(sender: object = None, **_: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if not set(tables_of_records()) <= tables:
            return  # migrated halfway, as a test does
        _write_registry(cursor)
        for lock in locks():
            _lay(cursor, lock)
        _never_emptied(cursor)
        _make_the_eraser_s_function(cursor)
    _write_limits()


def locks() -> list[Lock]:
    """Every table that an erasure takes rows from, with its lock; each once, signed ones first."""
    found: dict[str, Lock] = {}

    def note(
        model: type[models.Model], person: str, settles: tuple[str, ...] | None, own: bool
    ) -> None:
        table = model._meta.db_table
        columns = {field.column for field in model._meta.concrete_fields}
        if settles is not None and STRUCK in columns:
            settles = (*settles, STRUCK)
        person = person if person in columns else ""
        if table not in found or found[table].settles is None:
            found[table] = Lock(table, person, settles, own)

    def note_parts(parts: tuple[Part, ...], signed: bool) -> None:
        for part in every_part(parts):
            settles = part.settles if signed and not part.of_anybody else None
            note(part.model, "" if part.of_anybody else "person_id", settles, part.own_lock)

    for kept in records:
        note(kept.model, kept.person, kept.settles, kept.own_lock)
        note_parts(kept.parts, kept.settles is not None)
        for drawn in kept.drawn:
            note(drawn, "person_id", None, False)
        if kept.whole:
            note(kept.whole.model, "", (), True)
            note_parts(kept.whole.parts, True)
    for trace in records.traces:
        note(trace.model, "person_id", None, False)
        note_parts(trace.parts, False)
    return list(found.values())


def tables_of_records() -> list[str]:
    return [lock.table for lock in locks()]


# ---- What goes with a record ----


def steps(kept: Kept) -> Iterator[tuple[str, str]]:
    """Tables and conditions, in the order in which an erasure takes the rows."""
    for trace in records.traces:
        yield from _of_trace(trace.model, trace.by, trace.within, trace.parts, kept)
    yield from _of_parts(kept.parts, _keys(kept.model))
    for drawn in kept.drawn:
        yield drawn._meta.db_table, "gone.person_id = $2"
    yield kept.model._meta.db_table, f"gone.id = {_keys(kept.model)}"
    if kept.whole:
        whole, left = kept.whole.model._meta, kept.model._meta.db_table
        alone = f"not exists (select from {left} p where p.{kept.whole.key} = {{}})"
        keys = f"any($3::{_type(kept.whole.model)}[])"
        for part in kept.whole.parts:
            yield (
                part.model._meta.db_table,
                f"gone.{part.by} = {keys} and " + alone.format(f"gone.{part.by}"),
            )
        yield whole.db_table, f"gone.id = {keys} and {alone.format('gone.id')}"


def pieces(kept: Kept) -> Iterator[tuple[str, str]]:
    """Tables and conditions of what the person is given of a kind: it, its parts, its pictures."""
    keys = _keys(kept.model)
    yield kept.model._meta.db_table, f"gone.id = {keys}"
    if kept.whole:
        whole = kept.whole.model
        yield whole._meta.db_table, f"gone.id = any($3::{_type(whole)}[])"
    # Children before parents, as they are erased: here it is the other way round.
    yield from reversed(list(_of_parts(kept.parts, keys)))
    for drawn in kept.drawn:
        yield drawn._meta.db_table, "gone.person_id = $2"


def _of_parts(parts: tuple[Part, ...], keys: str) -> Iterator[tuple[str, str]]:
    for part in parts:
        table = part.model._meta.db_table
        if part.parts:
            inner = f"any(array(select w.id from {table} w where w.{part.by} = {keys}))"
            yield from _of_parts(part.parts, inner)
        yield table, f"gone.{part.by} = {keys}"


def _of_trace(
    model: type[models.Model],
    by: tuple[str, ...],
    within: tuple[str, ...],
    parts: tuple[Part, ...],
    kept: Kept,
) -> Iterator[tuple[str, str]]:
    table = model._meta.db_table
    rows = []
    if _type(kept.model) == "uuid":
        rows += [f"{{}}.{column} = {_keys(kept.model)}" for column in by]
        rows += [
            "{}.person_id = $2 and exists (select from unnest($1) k "
            f"where position(k in {{}}.{column}) > 0)"
            for column in within
        ]
    for row in rows:
        named = row.replace("{}", "w")
        yield from _of_parts(parts, f"any(array(select w.id from {table} w where {named}))")
        yield table, row.replace("{}", "gone")


def _type(model: type[models.Model]) -> str:
    return "uuid" if isinstance(model._meta.pk, models.UUIDField) else "bigint"


def _keys(model: type[models.Model]) -> str:
    return f"any($1::{_type(model)}[])"


def _write_registry(cursor: Any) -> None:
    cursor.execute("delete from daybook.kept")
    for kept in records:
        cursor.execute(
            "insert into daybook.kept values (%s, %s, %s, %s, %s, %s, %s, %s)",
            [
                kept.kind, kept.model._meta.db_table, _type(kept.model), kept.person, kept.day,
                kept.ends, kept.limit.begins.value, kept.whole.key if kept.whole else "",
            ],
        )  # fmt: skip
        for step, (table, rows) in enumerate(steps(kept)):
            cursor.execute(
                "insert into daybook.goes_with values (%s, %s, %s, %s)",
                [kept.kind, step, table, rows],
            )
        for step, (table, rows) in enumerate(pieces(kept)):
            cursor.execute(
                "insert into daybook.given values (%s, %s, %s, %s)",
                [kept.kind, step, table, rows.replace("gone.", "it.")],
            )


# ---- Locks ----


def _lay(cursor: Any, lock: Lock) -> None:
    table = lock.table
    if lock.settles is not None and not lock.own_lock:
        _trigger(cursor, table, "signed", "before update", "keep_signed", _array(lock.settles))
    removing = _before_removal(cursor, table)
    for name, definition in removing:
        if " WHEN " not in definition:
            cursor.execute(f"drop trigger {name} on {table}")
            cursor.execute(definition.replace("FOR EACH ROW ", f"FOR EACH ROW {NOT_THE_ERASER} "))
    if lock.settles is not None and not removing:
        cursor.execute(
            f"create trigger {table}_never_removed before delete on {table} for each row "
            f"{NOT_THE_ERASER} execute function daybook.refuse_change()"
        )
    cursor.execute(
        f"create or replace trigger {table}_erased_as_approved before delete on {table} "
        f"for each row when (current_user = '{ERASER}') "
        f"execute function daybook.erase_as_approved('{lock.person}')"
    )
    cursor.execute(f"grant select, delete on {table} to {ERASER}")
    for action in ("select", "delete"):
        cursor.execute(f"drop policy if exists erased_as_approved_{action} on {table}")
        cursor.execute(
            f"create policy erased_as_approved_{action} on {table} for {action} to {ERASER} "
            "using (true)"
        )


def _trigger(cursor: Any, table: str, name: str, when: str, function: str, given: str = "") -> None:
    each = "statement" if "truncate" in when else "row"
    cursor.execute(
        f"create or replace trigger {table}_{name} {when} on {table} "
        f"for each {each} execute function daybook.{function}({given})"
    )


def _array(columns: tuple[str, ...]) -> str:
    return "'{" + ",".join(columns) + "}'"


def _before_removal(cursor: Any, table: str) -> list[tuple[str, str]]:
    """The locks that are asked before a row is removed, as they were made.

    What only follows a removal locks nothing, and holds for the eraser as well: its salts go.
    """
    cursor.execute(
        f"select tgname, pg_get_triggerdef(oid) from pg_trigger where tgrelid = %s::regclass"
        f" and not tgisinternal and (tgtype & {REMOVES}) <> 0 and (tgtype & {EACH_ROW}) <> 0"
        f" and (tgtype & {BEFORE}) <> 0"
        " and tgname not like '%%_as_approved'",
        [table],
    )
    return list(cursor.fetchall())


def _never_emptied(cursor: Any) -> None:
    """Whatever is locked row by row is not emptied as a whole either, by its owner."""
    cursor.execute(
        f"select tgrelid::regclass::text from pg_trigger where not tgisinternal"
        f" and tgrelid::regclass::text not like 'procrastinate%%'"
        f" group by tgrelid"
        f" having bool_or((tgtype & {REMOVES}) <> 0 and (tgtype & {EACH_ROW}) <> 0)"
        f" and not bool_or((tgtype & {EMPTIES}) <> 0)"
    )
    for (table,) in cursor.fetchall():
        _trigger(cursor, table, "never_emptied", "before truncate", "refuse_change")


def _make_the_eraser_s_function(cursor: Any) -> None:
    """A function runs with the rights of whoever made it: the eraser makes this one itself.

    A backup that was read back gave it to the owner, who has no way out.
    """
    cursor.execute(
        "select pg_get_userbyid(proowner) from pg_proc p join pg_namespace n"
        " on n.oid = p.pronamespace where n.nspname = 'daybook' and p.proname = 'erase'"
    )
    if (made := cursor.fetchone()) and made[0] != ERASER:
        cursor.execute("drop function daybook.erase(uuid)")
    cursor.execute(f"grant usage, create on schema daybook to {ERASER}")
    cursor.execute(f"set local role {ERASER}")
    cursor.execute(sql.SQL(ERASE_SQL.read_text(encoding="utf-8")))
    cursor.execute("reset role")
    cursor.execute(f"revoke create on schema daybook from {ERASER}")


def _write_limits() -> None:
    """Limits as shipped, for kinds a service has not set a limit of its own for."""
    from .actions.limits import ship

    ship()
