from pathlib import Path

from django.db import migrations

LAYING = Path(__file__).parent.parent / "laying.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0003_record"),
        # A closed assessment may be laid, too.
        ("assessments", "0002_walls"),
    ]
    operations = [
        migrations.RunSQL(LAYING.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)
    ]
