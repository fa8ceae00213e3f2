"""Assessments and joint reviews can be contested, by whoever reads them."""

from django.db import migrations, models

READS = """person_id = any(case compartment
    when 'safety' then (select daybook.reach('safety', 'read'))::bigint[]
    when 'casework' then (select daybook.reach('casework', 'read'))::bigint[]
    else (select daybook.reach('wing', 'read'))::bigint[] end)"""
EVERYWHERE = """case compartment
    when 'safety' then (select daybook.everywhere('safety', 'read'))
    when 'casework' then (select daybook.everywhere('casework', 'read'))
    else (select daybook.everywhere('wing', 'read')) end"""
OWN = """
create or replace function daybook.contest_what_stands() returns trigger language plpgsql as $$
declare
    entry jsonb;
begin
    execute format('select to_jsonb(r) from %I r where r.id = $1 and r.person_id = $2',
                   daybook.contestable(new.kind)) into entry using new.record, new.person_id;
    if entry is null or entry ->> 'struck_at' is not null
       or entry ->> 'withdrawn_at' is not null then
        raise exception 'There is no such record.' using errcode = 'foreign_key_violation';
    end if;
    new.author_id := coalesce(
        entry ->> 'author_id', entry ->> 'written_by_id', entry ->> 'told_by_id',
        entry ->> 'offered_by_id', entry ->> 'raised_by_id', entry ->> 'made_by_id',
        entry ->> 'decided_by_id', entry ->> 'opened_by_id')::bigint;
    return new;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("contests", "0003_erasing")]
    operations = [
        migrations.RemoveConstraint(
            model_name="contest", name="contests_contest_compartment_known"
        ),
        migrations.AddConstraint(
            model_name="contest",
            constraint=models.CheckConstraint(
                condition=models.Q(("compartment__in", ["wing", "safety", "casework"])),
                name="contests_contest_compartment_known",
            ),
        ),
        migrations.RunSQL(
            f"{OWN}"
            f"alter policy seen_within_reach on contests_contest using ({READS});"
            f"alter policy added_within_reach on contests_contest with check ({READS}"
            " and taken_by_id = (select daybook.viewer()));"
            f"alter policy seen_everywhere on contests_contest using ({EVERYWHERE})",
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
