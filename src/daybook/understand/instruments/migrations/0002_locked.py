"""A version stays as it was loaded; the app reads definitions and writes none."""

from django.db import migrations

from daybook.foundation.registry.grants import grant

LOCK = """
create function daybook.version_stays() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
    if tg_op = 'UPDATE' and to_jsonb(new) - 'retired_at' = to_jsonb(old) - 'retired_at' then
        return new;
    end if;
    raise exception 'Answers were given on this version: it stays as it was loaded.'
        using errcode = 'restrict_violation';
end $$;
create trigger instruments_definition_stays before update or delete on instruments_definition
    for each row execute function daybook.version_stays();
create trigger instruments_definition_never_emptied before truncate on instruments_definition
    for each statement execute function daybook.version_stays();
"""
FREE = """
drop trigger instruments_definition_never_emptied on instruments_definition;
drop trigger instruments_definition_stays on instruments_definition;
drop function daybook.version_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("instruments", "0001_initial"), ("access", "0001_initial")]
    operations = [
        grant("instruments_definition", "select"),
        migrations.RunSQL(LOCK, reverse_sql=FREE),
    ]
