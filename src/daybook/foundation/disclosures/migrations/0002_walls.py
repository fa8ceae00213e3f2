"""Who decides what is given, and sees what was."""

from pathlib import Path

from django.db import migrations

from daybook.foundation.access.wall import Rows, protect_by

APP = Path(__file__).parent.parent
GIVES = "person_id = any((select daybook.gives())::bigint[])"
ME = " and {} = (select daybook.viewer())"


class Migration(migrations.Migration):
    dependencies = [("disclosures", "0001_initial"), ("retention", "0002_walls")]
    operations = [
        *(
            migrations.RunSQL((APP / name).read_text(encoding="utf-8"), migrations.RunSQL.noop)
            for name in ("everything.sql", "walls.sql")
        ),
        protect_by(
            "disclosures_accessrequest",
            compartment="complaints",
            rows=Rows(select=GIVES, insert=GIVES + ME.format("decided_by_id")),
        ),
        protect_by(
            "disclosures_disclosure",
            compartment="complaints",
            rows=Rows(select=GIVES, insert=GIVES + ME.format("given_by_id")),
        ),
    ]
