"""What is laid from confirmed information is read by whoever reads the information."""

from django.db import migrations

# Asked once a query, of the few rows of one review: no reach hangs on it.
APART = """
create policy information_by_its_readers on reviews_evidence as restrictive for select
    to daybook_app using (case when record_kind = 'information'
        then record = any((select daybook.confirmed_for_viewer())::uuid[]) else true end);
create policy with_its_item on reviews_note as restrictive for select
    to daybook_app using (evidence_id in (select e.id from reviews_evidence e));
"""
TOGETHER = """
drop policy information_by_its_readers on reviews_evidence;
drop policy with_its_item on reviews_note;
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0004_laying"), ("information", "0003_reviews")]
    operations = [migrations.RunSQL(APART, reverse_sql=TOGETHER)]
