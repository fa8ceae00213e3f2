"""A contest is seen by whoever reads what it is about; what is owed by whoever discloses."""

from pathlib import Path

from django.db import migrations

from daybook.foundation.access.wall import Rows, never_changes, protect_by

APP = Path(__file__).parent.parent
READS = (
    "person_id = any(case compartment"
    " when 'safety' then (select daybook.reach('safety', 'read'))::bigint[]"
    " else (select daybook.reach('wing', 'read'))::bigint[] end)"
)
SEES_IT = "exists (select from contests_contest c where c.id = contest_id)"
SETTLES = "person_id = any((select daybook.settles())::bigint[])"
GIVES = "person_id = any((select daybook.gives())::bigint[])"
ME = " and {} = (select daybook.viewer())"
# Of safety's records whoever sees everywhere sees the contests as they see the records.
EVERYWHERE = """
alter policy seen_everywhere on contests_contest using (case compartment
    when 'safety' then (select daybook.everywhere('safety', 'read'))
    else (select daybook.everywhere('wing', 'read')) end);
alter policy seen_everywhere on contests_settlement using (
    exists (select from contests_contest c where c.id = contest_id))
"""


class Migration(migrations.Migration):
    dependencies = [("contests", "0001_initial"), ("disclosures", "0002_walls")]
    operations = [
        *(
            migrations.RunSQL((APP / name).read_text(encoding="utf-8"), migrations.RunSQL.noop)
            for name in ("what_stands.sql", "contesting.sql")
        ),
        protect_by(
            "contests_contest",
            compartment="wing",
            rows=Rows(select=READS, insert=READS + ME.format("taken_by_id")),
        ),
        protect_by(
            "contests_settlement",
            compartment="wing",
            rows=Rows(
                select=SEES_IT, insert=f"{SEES_IT} and {SETTLES}" + ME.format("settled_by_id")
            ),
        ),
        protect_by(
            "contests_correction", compartment="complaints", rows=Rows(select=GIVES, update=GIVES)
        ),
        never_changes("contests_contest"),
        never_changes("contests_settlement"),
        migrations.RunSQL(EVERYWHERE, migrations.RunSQL.noop),
    ]
