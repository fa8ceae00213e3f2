"""A review that none of its members leads any more is taken on or given up by others."""

from pathlib import Path

from django.db import migrations

APP = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("reviews", "0007_matrix")]
    operations = [
        migrations.RunSQL((APP / name).read_text(encoding="utf-8"), migrations.RunSQL.noop)
        for name in ("led.sql", "left.sql")
    ]
