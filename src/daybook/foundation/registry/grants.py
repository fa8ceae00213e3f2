"""What the app's database roles may do with a table that holds nothing about people in custody.

Tables about people are walled in ``access.wall``; a test holds that every table is one or
the other, and that no role of the app may remove a row of the record.
"""

from django.db.migrations.operations import RunSQL

APP, WIDE, AUTHOR = "daybook_app", "daybook_wide", "daybook_author"
EVERYONE = f"{APP}, {WIDE}, {AUTHOR}"


def grant(table: str, rights: str) -> RunSQL:
    """Give ``rights`` on ``table`` to all roles of the app, with the counter behind its key."""
    statements = [f"grant {rights} on {table} to {EVERYONE}"]
    if "insert" in rights:
        statements.append(grant_counter(table))
    return RunSQL(";\n".join(statements), reverse_sql=RunSQL.noop)


def grant_counter(table: str) -> str:
    """Tables whose key is counted need the counter; tables that bring their keys have none."""
    return f"""
        do $$ declare counter text; begin
            select pg_get_serial_sequence('{table}', column_name) into counter
              from information_schema.columns
             where table_name = '{table}' and column_name = 'id' and is_identity = 'YES';
            if counter is not null then
                execute 'grant usage on sequence ' || counter || ' to {EVERYONE}';
            end if;
        end $$"""
