"""Where the charts of a day go on from: Daybook's own, and gone as soon as it is not true."""

import django.db.models.deletion
from django.db import migrations, models

# Written and read by whoever draws the charts, as the fits are; nobody else has a right to it.
DAYBOOKS_OWN = """
grant select, insert, update on reflections_chartday to daybook_wide;
alter table reflections_chartday enable row level security;
create policy read_to_draw on reflections_chartday for select to daybook_wide
    using ((select daybook.everywhere('wing', 'write')));
create policy kept on reflections_chartday for insert to daybook_wide
    with check ((select daybook.everywhere('wing', 'write')));
create policy kept_again on reflections_chartday for update to daybook_wide
    using ((select daybook.everywhere('wing', 'write')));
-- Large, and packed already.
alter table reflections_chartday alter column kept set storage external;
alter table reflections_chartday alter column ratings set storage external;
"""

# What was struck or erased must not stay in a copy until charts are drawn again. Whoever keeps one
# at this moment is waited for, and waits for whoever was at it before.
GONE_WITH_A_RATING = """
create function daybook.forget_chart_days() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform pg_advisory_xact_lock_shared(
        hashtext('daybook.chart_days'), u.establishment_id::int)
       from places_unit u where u.id = old.unit_id;
    delete from reflections_chartday d using places_unit u
     where u.id = old.unit_id and d.establishment_id = u.establishment_id
       and d.channel_id = old.channel_id and d.day >= old.day;
    return null;
end $$;
create trigger reflections_rating_out_of_the_chart_day after update or delete on reflections_rating
    for each row execute function daybook.forget_chart_days();

create function daybook.forget_contested_chart_days() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform pg_advisory_xact_lock_shared(
        hashtext('daybook.chart_days'), here.establishment_id::int)
       from (select distinct u.establishment_id
               from reflections_rating r join places_unit u on u.id = r.unit_id
              where r.reflection_id = new.record order by 1) here;
    delete from reflections_chartday d using reflections_rating r, places_unit u
     where r.reflection_id = new.record and u.id = r.unit_id
       and d.establishment_id = u.establishment_id and d.channel_id = r.channel_id
       and d.day >= r.day;
    return null;
end $$;
create trigger contests_contest_out_of_the_chart_day after insert on contests_contest
    for each row when (new.kind = 'reflection')
    execute function daybook.forget_contested_chart_days();
"""
BACK = """
drop trigger contests_contest_out_of_the_chart_day on contests_contest;
drop function daybook.forget_contested_chart_days();
drop trigger reflections_rating_out_of_the_chart_day on reflections_rating;
drop function daybook.forget_chart_days()
"""


class Migration(migrations.Migration):
    dependencies = [("places", "0002_grants"), ("reflections", "0008_contested")]

    operations = [
        migrations.CreateModel(
            name="ChartDay",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "establishment_id",
                        "channel_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("day", models.DateField(db_comment="The last day that it knows. [open]")),
                (
                    "ratings",
                    models.BinaryField(
                        db_comment="The ratings up to that day, as the numerics read them. [intimate]"
                    ),
                ),
                (
                    "ratings_count",
                    models.PositiveBigIntegerField(db_comment="How many they are. [open]"),
                ),
                (
                    "ratings_sum",
                    models.DecimalField(
                        db_comment="Sum of a hash of each: whether they are still the same. [open]",
                        decimal_places=0,
                        max_digits=40,
                    ),
                ),
                (
                    "kept",
                    models.BinaryField(
                        db_comment="State of the filters, as the numerics write it. [intimate]"
                    ),
                ),
                (
                    "method",
                    models.CharField(db_comment="Method and version. [open]", max_length=60),
                ),
                ("parameters", models.JSONField(db_comment="What it was computed with. [open]")),
                ("made_at", models.DateTimeField(db_comment="When. [open]")),
                (
                    "channel",
                    models.ForeignKey(
                        db_comment="Which channel. [open]",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reflections.channel",
                    ),
                ),
                (
                    "establishment",
                    models.ForeignKey(
                        db_comment="Which establishment. [open]",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.establishment",
                    ),
                ),
            ],
            options={"db_table_comment": "Where the charts of each day go on from. [intimate]"},
        ),
        migrations.RunSQL(DAYBOOKS_OWN, reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(GONE_WITH_A_RATING, BACK),
    ]
