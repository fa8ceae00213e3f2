from pathlib import Path

from django.db import migrations

KEYS = Path(__file__).parent.parent / "keys.sql"


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_initial"), ("audit", "0002_append_only")]
    operations = [
        migrations.RunSQL(KEYS.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)
    ]
