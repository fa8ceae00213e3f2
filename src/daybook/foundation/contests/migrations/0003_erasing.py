"""A contest settled as to be erased proposes the erasure."""

from pathlib import Path

from django.db import migrations

ERASING = Path(__file__).parent.parent / "erasing.sql"


class Migration(migrations.Migration):
    dependencies = [("contests", "0002_walls"), ("retention", "0002_walls")]
    operations = [migrations.RunSQL(ERASING.read_text(encoding="utf-8"), migrations.RunSQL.noop)]
