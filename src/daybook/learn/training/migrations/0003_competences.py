from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "competences.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("training", "0002_walls"), ("staff", "0005_competences")]
    operations = [migrations.RunSQL(SQL, reverse_sql=migrations.RunSQL.noop)]
