"""Data protection asks who looked, on a named inquiry."""

from pathlib import Path

from django.db import migrations

LOOKS = Path(__file__).parent.parent / "looks.sql"


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_looks"), ("access", "0008_kept_reach")]
    operations = [
        migrations.RunSQL(LOOKS.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)
    ]
