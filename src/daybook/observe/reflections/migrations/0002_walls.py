from pathlib import Path

from django.db import migrations

from daybook.foundation.access.wall import Rows, never_changes, protect, protect_by
from daybook.foundation.registry.grants import grant

LOCKS = Path(__file__).parent.parent / "locks.sql"
UNITS = "unit_id = any((select daybook.units('wing', '{}'))::bigint[])"


class Migration(migrations.Migration):
    dependencies = [("reflections", "0001_initial"), ("access", "0002_reach")]
    operations = [
        grant("reflections_channel", "select"),
        grant("reflections_unitpicture", "select, insert, update"),
        protect("reflections_reflection", compartment="wing", author="author_id"),
        protect("reflections_rating", compartment="wing", author="rater_id"),
        protect("reflections_addition", compartment="wing", author="author_id"),
        protect("reflections_usualpattern", compartment="wing"),
        protect("reflections_earlysign", compartment="wing", rights="select, insert"),
        protect("reflections_told", compartment="wing", rights="select, insert"),
        protect("reflections_truststep", compartment="wing"),
        protect("reflections_strength", compartment="wing", rights="select, insert"),
        protect("reflections_meetingperson", compartment="wing"),
        protect("reflections_explanation", compartment="wing"),
        protect("reflections_care", compartment="wing"),
        protect("reflections_picture", compartment="wing"),
        protect_by(
            "reflections_meeting",
            compartment="wing",
            rows=Rows(
                select=UNITS.format("read"),
                insert=UNITS.format("write"),
                update=UNITS.format("write"),
            ),
        ),
        migrations.RunSQL(LOCKS.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        never_changes("reflections_addition"),
        never_changes("reflections_earlysign"),
        never_changes("reflections_told"),
        never_changes("reflections_strength"),
    ]
