from pathlib import Path

from django.db import migrations

from daybook.foundation.access.wall import never_changes

WALLS = Path(__file__).parent.parent / "walls.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("conduct", "0001_initial"),
        ("access", "0002_reach"),
        # Who signs when is held by the same trigger as in the shift's book.
        ("shifts", "0002_walls"),
    ]
    operations = [
        migrations.RunSQL(WALLS.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        never_changes("conduct_observation"),
    ]
