"""What came in sealed is seen and settled by whoever wrote it, and by nobody else."""

from django.db import migrations

from daybook.foundation.registry.grants import APP, WIDE

WALLS = f"""
    alter table carry_arrival enable row level security;
    grant select, insert, update (outcome, said) on carry_arrival to {APP}, {WIDE};
    create policy one_s_own on carry_arrival for all to {APP}, {WIDE}
        using (staff_id = (select daybook.viewer()))
        with check (staff_id = (select daybook.viewer()));

    create function daybook.let_go_of_carried(before timestamptz) returns setof uuid
    language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
    begin
        -- Words that their author never signed go in time. That they came stays known.
        if not daybook.at_the_desk() or before > now() - interval '7 days' then
            raise exception 'Only what has long waited goes, and only at the desk.'
                using errcode = 'insufficient_privilege';
        end if;
        return query
            update carry_arrival a set outcome = 'ran-out', said = null
             where a.outcome in ('refused', 'half', 'late', 'clock') and a.arrived_at < before
            returning a.id;
    end $$;
    revoke all on function daybook.let_go_of_carried(timestamptz) from public;
    grant execute on function daybook.let_go_of_carried(timestamptz) to {APP}, {WIDE}
"""


class Migration(migrations.Migration):
    dependencies = [
        ("carry", "0001_initial"),
        ("access", "0002_reach"),
        ("duties", "0004_notice_walls"),
    ]
    operations = [migrations.RunSQL(WALLS, migrations.RunSQL.noop)]
