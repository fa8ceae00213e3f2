"""The second wall, for migrations: which rows of a table the app's roles may see and write.

No policy here holds an OR: asked as one set, reach costs nothing on millions of rows;
asked as alternatives, it costs three hundred times as much. Read as a set it is hashed once a
query, so that a row costs the same whoever else is within reach; an array is searched from end
to end for each row.
"""

from dataclasses import dataclass

from django.db.migrations.operations import RunSQL

from daybook.foundation.registry.grants import APP, AUTHOR, WIDE, grant_counter


@dataclass(frozen=True)
class Rows:
    """Conditions under which the app's ordinary role sees, adds and changes rows."""

    select: str
    insert: str = ""
    update: str = ""


def within(compartment: str, mode: str = "read", *, person: str = "person_id") -> str:
    """The condition of rows about people within reach: for what may read or change many."""
    return f"{person} in (select unnest(daybook.reach('{compartment}', '{mode}')))"


def reaches(compartment: str, mode: str = "write", *, person: str = "person_id") -> str:
    """The same of one row: for what adds a few, whoever else is within reach."""
    return f"daybook.reaches({person}, '{compartment}', '{mode}')"


def protect(
    table: str,
    *,
    compartment: str,
    rights: str = "select, insert, update",
    person: str = "person_id",
    author: str = "",
    mine: str = "",
) -> RunSQL:
    """Row-level security by the reach of the viewer, in one compartment.

    ``person`` is the column with the key of the person; ``author``, where given, the
    column with the key of the member of staff who writes the row, who must be the viewer;
    ``mine`` the column by which a viewer sees a row as their own (the author, unless said).
    """
    written_by = f" and {author} = (select daybook.viewer())" if author else ""
    rows = Rows(
        select=within(compartment, person=person),
        insert=f"{reaches(compartment, person=person)}{written_by}" if "insert" in rights else "",
        update=within(compartment, "write", person=person) if "update" in rights else "",
    )
    own = f"{mine or author} = (select daybook.viewer())" if mine or author else ""
    return protect_by(table, compartment=compartment, rows=rows, own=own)


def protect_by(table: str, *, compartment: str, rows: Rows, own: str = "") -> RunSQL:
    """Row-level security by conditions of one's own making, such as a case team.

    ``own`` is the condition under which a viewer sees a row as theirs, whoever it is about.
    """
    rights = ", ".join(right for right in ("select", "insert", "update") if getattr(rows, right))
    statements = [
        f"alter table {table} enable row level security",
        f"grant {rights} on {table} to {APP}",
        f"grant select on {table} to {WIDE}",
        f"create policy seen_within_reach on {table} for select to {APP} using ({rows.select})",
        f"create policy seen_everywhere on {table} for select to {WIDE} "
        f"using ((select daybook.everywhere('{compartment}', 'read')))",
    ]
    if rows.insert:
        statements += [
            f"create policy added_within_reach on {table} for insert to {APP} "
            f"with check ({rows.insert})",
            grant_counter(table),
        ]
    if rows.update:
        statements.append(
            f"create policy changed_within_reach on {table} for update to {APP} "
            f"using ({rows.update}) with check ({rows.update})"
        )
    if own:
        statements += [
            f"grant select on {table} to {AUTHOR}",
            f"create policy seen_as_one_s_own on {table} for select to {AUTHOR} using ({own})",
        ]
        if rows.update:
            statements += [
                f"grant update on {table} to {AUTHOR}",
                f"create policy changed_as_one_s_own on {table} for update to {AUTHOR} "
                f"using ({own}) with check ({own})",
            ]
    return RunSQL(";\n".join(statements), reverse_sql=RunSQL.noop)


def changes_reach(table: str) -> RunSQL:
    """Whom a viewer reaches is worked out again after each write to this table."""
    return RunSQL(
        f"create trigger {table}_changes_reach after insert or update or delete on {table} "
        "for each statement execute function daybook.ask_reach_anew()",
        reverse_sql=f"drop trigger {table}_changes_reach on {table}",
    )


def never_changes(table: str) -> RunSQL:
    """Rows are added and stay: neither the app nor the owner changes or removes one."""
    return RunSQL(
        [
            f"create trigger {table}_never_changes before update or delete on {table} "
            "for each row execute function daybook.refuse_change()",
            f"create trigger {table}_never_emptied before truncate on {table} "
            "for each statement execute function daybook.refuse_change()",
        ],
        reverse_sql=[
            f"drop trigger {table}_never_changes on {table}",
            f"drop trigger {table}_never_emptied on {table}",
        ],
    )
