from pathlib import Path

from django.db import migrations

from daybook.foundation.access.wall import never_changes

WALLS = Path(__file__).parent.parent / "walls.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("confidences", "0001_initial"),
        ("access", "0002_reach"),
        ("audit", "0003_commitments"),
        ("cases", "0002_walls"),
        # Who signs when is held by the same trigger as in the shift's book.
        ("shifts", "0002_walls"),
    ]
    operations = [
        migrations.RunSQL(WALLS.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        never_changes("confidences_addition"),
        never_changes("confidences_source"),
        never_changes("confidences_question"),
        never_changes("confidences_answer"),
    ]
