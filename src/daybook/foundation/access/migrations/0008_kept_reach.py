"""Who looks, and whom they reach, is worked out once in a transaction and kept under a seal."""

from pathlib import Path

from django.db import migrations

from daybook.foundation.access.wall import changes_reach

REACH = Path(__file__).parent.parent / "reach.sql"

# Walls that were laid before search an array for each row; those laid since read a set.
READ_AS_A_SET = r"""
do $$
declare
    wall record;
    array_asked constant text := '(\w+) = ANY \(\(+\s*SELECT daybook\.reach\((''[\w-]+'')::text, '
                                 '(''\w+'')::text\) AS reach\)(::bigint\[\])?\)+';
begin
    for wall in select tablename, policyname, qual from pg_policies
                 where schemaname = 'public' and qual ~ ('^\(?' || array_asked || '$') loop
        execute format(
            'alter policy %I on %I using (%s)', wall.policyname, wall.tablename,
            regexp_replace(wall.qual, '^\(?' || array_asked || '$',
                           '\1 in (select unnest(daybook.reach(\2, \3)))'));
    end loop;
end $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0007_second_factor"),
        ("cases", "0003_hand_over"),
        ("people", "0003_born_on"),
        ("places", "0001_initial"),
        ("staff", "0004_second_factors"),
    ]
    operations = [
        migrations.RunSQL(REACH.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(READ_AS_A_SET, reverse_sql=migrations.RunSQL.noop),
        *map(
            changes_reach,
            (
                "access_accessright",
                "access_assignment",
                "cases_case",
                "cases_teammember",
                "people_cover",
                "people_legalstatus",
                "people_personalofficer",
                "people_stay",
                "places_unit",
                "staff_signin",
                "staff_staff",
            ),
        ),
    ]
