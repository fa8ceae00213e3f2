"""What came in sealed is seen and settled by whoever wrote it, and by nobody else."""

from django.db import migrations

from daybook.foundation.registry.grants import APP, WIDE

WALLS = f"""
    alter table carry_arrival enable row level security;
    grant select, insert, update (outcome, said) on carry_arrival to {APP}, {WIDE};
    create policy one_s_own on carry_arrival for all to {APP}, {WIDE}
        using (staff_id = (select daybook.viewer()))
        with check (staff_id = (select daybook.viewer()))
"""


class Migration(migrations.Migration):
    dependencies = [("carry", "0001_initial"), ("access", "0002_reach")]
    operations = [migrations.RunSQL(WALLS, migrations.RunSQL.noop)]
