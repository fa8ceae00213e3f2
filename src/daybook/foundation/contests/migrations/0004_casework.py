"""Assessments and joint reviews can be contested, by whoever reads them."""

from pathlib import Path

from django.db import migrations, models

READS = """person_id = any(case compartment
    when 'safety' then (select daybook.reach('safety', 'read'))::bigint[]
    when 'casework' then (select daybook.reach('casework', 'read'))::bigint[]
    else (select daybook.reach('wing', 'read'))::bigint[] end)"""
EVERYWHERE = """case compartment
    when 'safety' then (select daybook.everywhere('safety', 'read'))
    when 'casework' then (select daybook.everywhere('casework', 'read'))
    else (select daybook.everywhere('wing', 'read')) end"""
OWN = (Path(__file__).parent.parent / "what_stands.sql").read_text(encoding="utf-8")


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
