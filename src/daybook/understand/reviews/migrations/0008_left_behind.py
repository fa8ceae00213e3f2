"""A review that none of its members leads any more is taken on or given up by others."""

from pathlib import Path

from django.db import migrations

LEFT = Path(__file__).parent.parent / "left.sql"


class Migration(migrations.Migration):
    dependencies = [("reviews", "0007_matrix")]
    operations = [
        migrations.RunSQL(LEFT.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)
    ]
