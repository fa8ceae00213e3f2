"""The second wall of the seal, for migrations: once a row is struck, no role of the app sees it."""

from collections.abc import Sequence

from django.db.migrations.operations import RunSQL

from daybook.foundation.registry.grants import EVERYONE


def sealed(table: str, *, lock: str = "") -> RunSQL:
    """Hide rows once they are struck, whatever else a policy shows.

    ``lock``: the function of the trigger that keeps the rows, for a table that has none yet.
    """
    statements = [
        f"create policy struck_is_sealed on {table} as restrictive to {EVERYONE} "
        "using (struck_at is null)"
    ]
    if lock:
        statements += [
            f"create trigger {table}_kept before update or delete on {table} "
            f"for each row execute function daybook.{lock}()",
            f"create trigger {table}_never_emptied before truncate on {table} "
            "for each statement execute function daybook.refuse_change()",
        ]
    return RunSQL(";\n".join(statements), reverse_sql=RunSQL.noop)


def beside_what_stands(table: str, *, whole: str, key: str) -> RunSQL:
    """Nothing is set beside an entry that was struck, even at the same moment."""
    return RunSQL(
        f"create trigger {table}_beside_what_stands before insert on {table} "
        f"for each row execute function daybook.beside_what_stands('{whole}', '{key}')",
        reverse_sql=RunSQL.noop,
    )


def strikable(
    kind: str,
    table: str,
    *,
    moves: bool = False,
    ends: Sequence[str] = (),
    within: tuple[str, str] = ("", ""),
    parts: Sequence[tuple[str, str]] = (),
) -> RunSQL:
    """Rows of a table may be struck as this kind of entry.

    ``moves``: also to somebody else. ``ends``: columns of which one must be set, because what
    still stands is ended first. ``within``: a table and the key to it, of which the row tells a
    part. ``parts``: tables, and their keys to this one, whose rows share its fate.
    """
    ended = "{" + ",".join(ends) + "}"
    whole = ", ".join(f"'{each}'" if each else "null" for each in within)
    statements = [
        "insert into daybook.strikable (kind, kept_in, moves, ends, within, within_key) "
        f"values ('{kind}', '{table}', {str(moves).lower()}, '{ended}', {whole})",
        *(
            f"insert into daybook.strikable_part values ('{kind}', '{part}', '{key}')"
            for part, key in parts
        ),
    ]
    return RunSQL(";\n".join(statements), reverse_sql=RunSQL.noop)
