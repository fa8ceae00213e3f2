from pathlib import Path

from django.db import migrations

from daybook.foundation.access.wall import never_changes

APP = Path(__file__).parent.parent
SQL = ("origins.sql", "led.sql", "walls.sql", "locks.sql")


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0001_initial"),
        ("access", "0008_kept_reach"),
        ("cases", "0002_walls"),
        ("contests", "0002_walls"),
        ("reflections", "0010_taken_as_usual"),
        ("shifts", "0002_walls"),
        # Who holds a role is asked by the same function as in what is told in confidence.
        ("confidences", "0002_walls"),
        # Items laid from information ask what is citable.
        ("information", "0002_walls"),
    ]
    operations = [
        *(
            migrations.RunSQL(
                (APP / name).read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
            )
            for name in SQL
        ),
        never_changes("reviews_note"),
        never_changes("reviews_closing"),
    ]
