from pathlib import Path

from django.db import migrations

LOOKS = Path(__file__).parent.parent / "looks.sql"


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_hand_over"), ("audit", "0005_by_day")]
    operations = [
        migrations.RunSQL(LOOKS.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)
    ]
