"""Who sees what is due and what is held; nobody signs in as the role that erases."""

from pathlib import Path

from django.db import migrations

from daybook.foundation.access.wall import Rows, never_changes, protect_by
from daybook.foundation.registry.grants import WIDE, grant

WAY_OUT = Path(__file__).parent.parent / "way_out.sql"
PREPARED = """
do $$ begin
    if to_regrole('daybook_eraser') is null then
        raise exception 'The role daybook_eraser is missing. Run ''daybook db prepare'' first.';
    end if;
end $$
"""
KEEPS = "(select daybook.keeps_limits())"
PRESERVES = "person_id = any((select daybook.preserves())::bigint[])"
# Daybook itself, which looks at the whole service, puts on the list what is due.
LISTS = f"""
grant insert, update on retention_erasure to {WIDE};
create policy listed on retention_erasure for insert to {WIDE} with check ({KEEPS});
create policy listed_anew on retention_erasure for update to {WIDE} using ({KEEPS});
create policy seen_by_daybook_itself on retention_erasure for select to {WIDE} using ({KEEPS})
"""


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0001_initial"),
        ("people", "0003_born_on"),
        ("access", "0002_reach"),
        ("audit", "0003_commitments"),
        ("vault", "0002_walls"),
    ]
    operations = [
        migrations.RunSQL(PREPARED, migrations.RunSQL.noop),
        migrations.RunSQL(WAY_OUT.read_text(encoding="utf-8"), migrations.RunSQL.noop),
        grant("retention_setlimit", "select, insert"),
        never_changes("retention_setlimit"),
        protect_by(
            "retention_erasure",
            compartment="complaints",
            rows=Rows(select=KEEPS, insert=KEEPS, update=KEEPS),
        ),
        migrations.RunSQL(LISTS, migrations.RunSQL.noop),
        protect_by(
            "retention_hold",
            compartment="complaints",
            rows=Rows(
                select=PRESERVES,
                insert=f"{PRESERVES} and placed_by_id = (select daybook.viewer())",
                update=PRESERVES,
            ),
            own="placed_by_id = (select daybook.viewer())",
        ),
    ]
