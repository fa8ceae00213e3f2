"""Where somebody lived on a day, for whoever writes about that day."""

from pathlib import Path

from django.db import migrations

LIVED_ON = Path(__file__).parent.parent / "lived_on.sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0003_born_on"), ("access", "0008_kept_reach")]
    operations = [
        migrations.RunSQL(
            LIVED_ON.read_text(encoding="utf-8"),
            reverse_sql="drop function daybook.lived_on(bigint, timestamptz)",
        ),
    ]
