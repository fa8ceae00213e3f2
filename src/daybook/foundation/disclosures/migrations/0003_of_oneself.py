from pathlib import Path

from django.db import migrations

EVERYTHING = Path(__file__).parent.parent / "everything.sql"


class Migration(migrations.Migration):
    dependencies = [("disclosures", "0002_walls")]
    operations = [
        migrations.RunSQL(
            EVERYTHING.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
