from pathlib import Path

from django.db import migrations

from daybook.foundation.access.wall import never_changes

HABITS = Path(__file__).parent.parent / "habits.sql"


class Migration(migrations.Migration):
    dependencies = [("training", "0001_initial"), ("access", "0002_reach")]
    operations = [
        migrations.RunSQL(HABITS.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        never_changes("training_habit"),
    ]
