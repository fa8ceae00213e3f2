"""The functions that policies ask. They read stays and teams, so they wait for those tables."""

from pathlib import Path

from django.db import migrations

from daybook.foundation.registry.grants import grant

REACH = Path(__file__).parent.parent / "reach.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("people", "0001_initial"),
        ("cases", "0001_initial"),
        ("audit", "0002_append_only"),
        ("terms", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(REACH.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        grant("terms_term", "select"),
        grant("access_assignment", "select"),
        grant("access_accessright", "select"),
    ]
