"""What belongs to an answer is given once, with it: who gave it, how it ended, in which words."""

from django.db import migrations

KEPT = """
create or replace trigger safety_concern_kept before update or delete on safety_concern
    for each row execute function daybook.keep_safety(
        'words acknowledged_at acknowledged_by_id ended_at ended_by_id ended_how ended_words',
        '{words,acknowledged_by_id,acknowledged_at,ended_at,ended_by_id,ended_how,ended_words}');
create or replace trigger safety_plan_kept before update or delete on safety_plan
    for each row execute function daybook.keep_safety(
        'replaced_at handed_back_at handed_back_by_id handed_back_to handed_back_because',
        '{review_on,replaced_at,handed_back_at,handed_back_by_id,handed_back_to,handed_back_because}')
"""


class Migration(migrations.Migration):
    dependencies = [("safety", "0002_walls")]
    operations = [migrations.RunSQL(KEPT, migrations.RunSQL.noop)]
