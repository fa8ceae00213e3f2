"""A sign-in of somebody who reaches more than a wing rests on two factors, or opens nothing."""

from pathlib import Path

from django.db import migrations

REACH = Path(__file__).parent.parent / "reach.sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0006_search"), ("staff", "0004_second_factors")]
    operations = [
        migrations.RunSQL(REACH.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
