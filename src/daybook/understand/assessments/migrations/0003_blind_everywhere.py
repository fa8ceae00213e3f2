"""A sheet is blind for the whole service, too: whoever looks everywhere reads it once all signed."""

from django.db import migrations

PARTS = ("basis", "sheetanswer", "account")
APART = "".join(
    f"""
create policy read_once_all_signed_everywhere on assessments_{part} as restrictive for select
    to daybook_wide using (sheet_id in (
        select s.id from assessments_sheet s
          join assessments_assessment a on a.id = s.assessment_id and a.signed_at is not null));
"""
    for part in PARTS
)
TOGETHER = "".join(
    f"drop policy read_once_all_signed_everywhere on assessments_{part};\n" for part in PARTS
)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0002_walls")]
    operations = [migrations.RunSQL(APART, reverse_sql=TOGETHER)]
