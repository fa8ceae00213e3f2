"""The matrix is the same for all who read the review; marks of an item go with the item."""

from pathlib import Path

from django.db import migrations

MATRIX = Path(__file__).parent.parent / "matrix.sql"

APART = """
create policy with_its_item on reviews_membermarks as restrictive for select
    to daybook_app using (exists (select from reviews_evidence e where e.id = evidence_id));
"""
TOGETHER = "drop policy with_its_item on reviews_membermarks;"


class Migration(migrations.Migration):
    dependencies = [("reviews", "0006_hidden")]
    operations = [
        migrations.RunSQL(MATRIX.read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.RunSQL(APART, reverse_sql=TOGETHER),
    ]
