"""A case is visible to its team and to nobody else; only its lead changes it."""

from django.db import migrations

from daybook.foundation.access.wall import Rows, never_changes, protect_by, reaches

ON_THE_TEAM = "{} = any((select daybook.cases())::uuid[])"
LED = "case_id = any((select daybook.leads())::uuid[])"
MINE = "lead_id = (select daybook.viewer())"
OPENED = f"{reaches('cases')} and {MINE}"
REVIEWED = f"{LED} and reviewed_by_id = (select daybook.viewer())"


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("access", "0002_reach")]
    operations = [
        protect_by(
            "cases_case",
            compartment="cases",
            rows=Rows(select=ON_THE_TEAM.format("id"), insert=OPENED, update=MINE),
        ),
        protect_by(
            "cases_casereview",
            compartment="cases",
            rows=Rows(select=ON_THE_TEAM.format("case_id"), insert=REVIEWED),
        ),
        never_changes("cases_casereview"),
        protect_by(
            "cases_teammember",
            compartment="cases",
            rows=Rows(select=ON_THE_TEAM.format("case_id"), insert=LED, update=LED),
        ),
    ]
