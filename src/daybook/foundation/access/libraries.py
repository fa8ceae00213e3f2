"""Tables that libraries bring: the app may use them, and they hold no case content."""

from typing import Any

from django.db import connection

from daybook.foundation.registry.grants import EVERYONE

USED_FREELY = ("django_session", "procrastinate_")
READ = ("django_migrations", "django_content_type")


def grant_libraries(sender: object = None, **_: Any) -> None:
    """Runs as the owner after migrations, so that a library's new table is not forgotten."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(USED_FREELY):
                cursor.execute(f"grant select, insert, update, delete on {table} to {EVERYONE}")
            elif table.startswith(READ):
                cursor.execute(f"grant select on {table} to {EVERYONE}")
        cursor.execute(
            "select sequence_name from information_schema.sequences"
            " where sequence_schema = 'public' and sequence_name like 'procrastinate_%'"
        )
        for (sequence,) in cursor.fetchall():
            cursor.execute(f"grant usage on sequence {sequence} to {EVERYONE}")
