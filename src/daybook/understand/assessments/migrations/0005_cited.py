from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "missing.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("assessments", "0004_arrivals")]
    operations = [migrations.RunSQL(SQL, reverse_sql=migrations.RunSQL.noop)]
