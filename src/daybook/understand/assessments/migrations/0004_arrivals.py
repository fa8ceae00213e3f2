from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "arrivals.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("assessments", "0003_blind_everywhere"), ("people", "0001_initial")]
    operations = [
        migrations.RunSQL(SQL, reverse_sql="drop function daybook.arrived_unscreened(bigint)")
    ]
