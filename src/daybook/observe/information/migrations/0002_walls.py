from pathlib import Path

from django.db import migrations

from daybook.foundation.access.wall import never_changes

APP = Path(__file__).parent.parent
SQL = ("citable.sql", "walls.sql", "locks.sql")
SIGNED = (
    "report",
    "concernstep",
    "grading",
    "levelling",
    "attachment",
    "enquiry",
    "answer",
    "feedback",
    "urging",
)


class Migration(migrations.Migration):
    dependencies = [
        ("information", "0001_initial"),
        ("access", "0008_kept_reach"),
        ("cases", "0002_walls"),
        ("reflections", "0004_signed"),
        ("shifts", "0002_walls"),
        # Who holds a role is asked by the same function as in what is told in confidence.
        ("confidences", "0002_walls"),
    ]
    operations = [
        *(
            migrations.RunSQL(
                (APP / name).read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
            )
            for name in SQL
        ),
        *(never_changes(f"information_{table}") for table in SIGNED),
    ]
