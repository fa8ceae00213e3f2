"""What is laid from an assessment goes back to who assessed, and not to who opened it."""

from pathlib import Path

from django.db import migrations

LAYING = Path(__file__).parent.parent / "laying.sql"


class Migration(migrations.Migration):
    dependencies = [("reviews", "0008_left_behind")]
    operations = [
        migrations.RunSQL(LAYING.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)
    ]
