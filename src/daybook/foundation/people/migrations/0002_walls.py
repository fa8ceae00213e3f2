from pathlib import Path

from django.db import migrations

from daybook.foundation.access.wall import protect

HERE = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("access", "0002_reach")]
    operations = [
        protect("people_person", compartment="identity", rights="select", person="id"),
        protect("people_identifier", compartment="identity", rights="select"),
        protect("people_searchword", compartment="identity", rights="select"),
        protect("people_legalstatus", compartment="identity", rights="select"),
        protect("people_keydate", compartment="identity", rights="select"),
        protect("people_stay", compartment="identity", rights="select"),
        protect("people_escort", compartment="wing"),
        protect("people_coming", compartment="wing", author="written_by_id"),
        protect("people_personalofficer", compartment="identity"),
        protect("people_cover", compartment="identity"),
        *(
            migrations.RunSQL(
                (HERE / name).read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
            )
            for name in ("moves.sql", "admissions.sql")
        ),
    ]
