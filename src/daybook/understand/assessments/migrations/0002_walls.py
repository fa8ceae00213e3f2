from pathlib import Path

from django.db import migrations

APP = Path(__file__).parent.parent
SQL = ("walls.sql", "missing.sql", "locks.sql", "twice.sql")


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0001_initial"),
        ("instruments", "0002_locked"),
        ("staff", "0005_competences"),
        ("cases", "0002_walls"),
        ("access", "0008_kept_reach"),
        # Who holds a role is asked by the same function as in what is told in confidence.
        ("confidences", "0002_walls"),
    ]
    operations = [
        migrations.RunSQL(
            (APP / name).read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
        for name in SQL
    ]
