from pathlib import Path

from django.db import migrations

WALLS = Path(__file__).parent.parent / "walls.sql"


class Migration(migrations.Migration):
    dependencies = [("equality", "0001_initial"), ("access", "0008_kept_reach")]
    operations = [
        migrations.RunSQL(WALLS.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)
    ]
