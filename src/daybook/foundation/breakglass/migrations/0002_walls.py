"""Written by functions alone; read by who opened it, who reviews it, and oversight."""

from pathlib import Path

from django.db import migrations

from daybook.foundation.access.wall import never_changes

OPENING = Path(__file__).parent.parent / "opening.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("breakglass", "0001_initial"),
        ("access", "0002_reach"),
        ("staff", "0003_shared_desks"),
    ]
    operations = [
        migrations.RunSQL(OPENING.read_text(encoding="utf-8"), migrations.RunSQL.noop),
        never_changes("breakglass_review"),
    ]
