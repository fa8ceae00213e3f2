"""Finding words in what was written; each room says in its own migrations where."""

from pathlib import Path

from django.db import migrations

SEARCH = Path(__file__).parent.parent / "search.sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0005_approval_walls")]
    operations = [
        migrations.RunSQL(SEARCH.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
