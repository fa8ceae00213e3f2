"""A picture that shows a contested day is no picture; the next is drawn without it."""

from django.db import migrations

CONTESTED = """
create function daybook.forget_contested_pictures() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    delete from reflections_picture p using reflections_rating r
     where r.reflection_id = new.record and r.step is not null
       and p.person_id = r.person_id and p.channel_id = r.channel_id;
    return null;
end $$;
create trigger contests_contest_out_of_the_picture after insert on contests_contest
    for each row when (new.kind = 'reflection')
    execute function daybook.forget_contested_pictures();
"""


class Migration(migrations.Migration):
    dependencies = [("reflections", "0007_words"), ("contests", "0002_walls")]
    operations = [
        migrations.RunSQL(
            CONTESTED,
            "drop trigger contests_contest_out_of_the_picture on contests_contest;"
            "drop function daybook.forget_contested_pictures()",
        )
    ]
