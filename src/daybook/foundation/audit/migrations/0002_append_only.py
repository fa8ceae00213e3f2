"""The log is added to, and nothing else, by anyone."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunSQL(
            """
            create function daybook.refuse_change() returns trigger language plpgsql as $$
            begin
                raise exception 'Rows of % are added and never changed.', tg_table_name
                    using errcode = 'insufficient_privilege';
            end $$;
            create trigger audit_entry_never_changes before update or delete on audit_entry
                for each row execute function daybook.refuse_change();
            create trigger audit_entry_never_emptied before truncate on audit_entry
                for each statement execute function daybook.refuse_change();
            grant insert on audit_entry to daybook_app, daybook_wide, daybook_author;
            """,
            reverse_sql="""
            drop trigger audit_entry_never_changes on audit_entry;
            drop trigger audit_entry_never_emptied on audit_entry;
            drop function daybook.refuse_change();
            """,
        )
    ]
