"""A case is visible to its team and to nobody else; only its lead changes it."""

from django.db import migrations

from daybook.foundation.access.wall import Rows, protect_by

ON_THE_TEAM = "{} = any((select daybook.cases())::uuid[])"
LED = "case_id = any((select daybook.leads())::uuid[])"
MINE = "lead_id = (select daybook.viewer())"
OPENED = f"person_id = any((select daybook.reach('casework', 'write'))::bigint[]) and {MINE}"


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("access", "0002_reach")]
    operations = [
        protect_by(
            "cases_case",
            compartment="casework",
            rows=Rows(select=ON_THE_TEAM.format("id"), insert=OPENED, update=MINE),
        ),
        protect_by(
            "cases_teammember",
            compartment="casework",
            rows=Rows(select=ON_THE_TEAM.format("case_id"), insert=LED, update=LED),
        ),
    ]
