"""Tables that were shipped and approved stay as they were; and reach is laid as it is now."""

from pathlib import Path

from django.db import migrations

from daybook.foundation.access.wall import never_changes

HERE = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("access", "0004_approvals"), ("access", "0002_reach")]
    operations = [
        # A service that was laid before has the functions of its day.
        migrations.RunSQL((HERE / "reach.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.RunSQL(
            (HERE / "approval.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop
        ),
        never_changes("access_proposal"),
        never_changes("access_approval"),
    ]
