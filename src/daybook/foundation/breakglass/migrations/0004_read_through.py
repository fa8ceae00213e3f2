"""Whoever reviews an opening reads of all that was read through it, also once it is numbered."""

from pathlib import Path

from django.db import migrations

READ_THROUGH = Path(__file__).parent.parent / "read_through.sql"


class Migration(migrations.Migration):
    dependencies = [("breakglass", "0003_changes_reach"), ("audit", "0005_by_day")]
    operations = [
        migrations.RunSQL(
            READ_THROUGH.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
