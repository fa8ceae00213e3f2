"""An owner sees their own actions wherever the person has gone; a closed action stays closed."""

from django.db import migrations

from daybook.foundation.access.wall import protect


class Migration(migrations.Migration):
    dependencies = [("duties", "0001_initial"), ("access", "0002_reach")]
    operations = [
        protect("duties_action", compartment="wing", author="raised_by_id", mine="owner_id"),
        migrations.RunSQL(
            """
            create function daybook.keep_closed_action() returns trigger language plpgsql as $$
            begin
                if tg_op = 'DELETE' or old.done_at is not null
                   or (new.id, new.person_id, new.what, new.raised_by_id, new.raised_at, new.source)
                      is distinct from
                      (old.id, old.person_id, old.what, old.raised_by_id, old.raised_at, old.source)
                then
                    raise exception 'An action is closed, not rewritten or removed.'
                        using errcode = 'insufficient_privilege';
                end if;
                return new;
            end $$;
            create trigger duties_action_stays before update or delete on duties_action
                for each row execute function daybook.keep_closed_action();
            """,
            reverse_sql="""
            drop trigger duties_action_stays on duties_action;
            drop function daybook.keep_closed_action();
            """,
        ),
    ]
