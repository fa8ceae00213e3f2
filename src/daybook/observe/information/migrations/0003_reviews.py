from pathlib import Path

from django.db import migrations

REVIEWS = Path(__file__).parent.parent / "reviews.sql"


class Migration(migrations.Migration):
    dependencies = [("information", "0002_walls"), ("duties", "0001_initial")]
    operations = [
        migrations.RunSQL(REVIEWS.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
