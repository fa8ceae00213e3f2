"""Whatever removes a signed row, its salts go in the same moment, the parts' of a record too."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_by_day")]
    operations = [
        migrations.RunSQL(
            """
            create function daybook.forget_with_record() returns trigger
            language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
            begin
                delete from audit_salt s
                 where s.kept_in = tg_table_name and s.record = old.id::text;
                return null;
            end $$;
            """,
            reverse_sql="drop function daybook.forget_with_record() cascade",
        )
    ]
