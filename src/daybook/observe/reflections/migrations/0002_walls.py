from pathlib import Path

from django.db import migrations

from daybook.foundation.access.wall import Rows, never_changes, protect, protect_by
from daybook.foundation.registry.grants import grant

LOCKS = Path(__file__).parent.parent / "locks.sql"
UNITS = "unit_id = any((select daybook.units('wing', '{}'))::bigint[])"

# Charts are drawn by Daybook itself, for the whole service; no member of staff draws one.
PICTURES_ARE_DRAWN = """
grant insert, update on reflections_picture, reflections_unitpicture to daybook_wide;
create policy drawn on reflections_picture for insert to daybook_wide
    with check ((select daybook.everywhere('wing', 'write')));
create policy drawn_again on reflections_picture for update to daybook_wide
    using ((select daybook.everywhere('wing', 'write')));
alter table reflections_unitpicture enable row level security;
create policy seen_by_all on reflections_unitpicture for select
    to daybook_app, daybook_wide, daybook_author using (true);
create policy drawn on reflections_unitpicture for insert to daybook_wide
    with check ((select daybook.everywhere('wing', 'write')));
create policy drawn_again on reflections_unitpicture for update to daybook_wide
    using ((select daybook.everywhere('wing', 'write')));
"""

# Answering is leading: whoever writes on the wing and names its personal officers.
REACHED = "person_id = any((select daybook.reach('{}', '{}'))::bigint[])"
ANSWERED_BY_ME = "answered_by_id = (select daybook.viewer())"
ANSWERS = Rows(
    select=REACHED.format("wing", "read"),
    insert=" and ".join(
        [
            REACHED.format("wing", "write"),
            REACHED.format("identity", "write"),
            ANSWERED_BY_ME,
            "exists (select from reflections_told t where t.id = told_id and t.objects_to_it"
            " and t.person_id = reflections_answer.person_id)",
        ]
    ),
)


class Migration(migrations.Migration):
    dependencies = [("reflections", "0001_initial"), ("access", "0002_reach")]
    operations = [
        grant("reflections_channel", "select"),
        grant("reflections_earlierwords", "select"),
        grant("reflections_unitpicture", "select"),
        protect("reflections_reflection", compartment="wing", author="author_id"),
        protect("reflections_rating", compartment="wing", author="rater_id"),
        protect("reflections_addition", compartment="wing", author="author_id"),
        protect("reflections_usualpattern", compartment="wing"),
        protect("reflections_earlysign", compartment="wing", rights="select, insert"),
        protect("reflections_told", compartment="wing", rights="select, insert"),
        protect_by("reflections_answer", compartment="wing", rows=ANSWERS, own=ANSWERED_BY_ME),
        protect("reflections_truststep", compartment="wing"),
        protect("reflections_strength", compartment="wing", rights="select, insert"),
        protect("reflections_meetingperson", compartment="wing"),
        protect("reflections_explanation", compartment="wing"),
        protect("reflections_care", compartment="wing"),
        protect("reflections_picture", compartment="wing", rights="select"),
        protect_by(
            "reflections_meeting",
            compartment="wing",
            rows=Rows(
                select=UNITS.format("read"),
                insert=UNITS.format("write"),
                update=UNITS.format("write"),
            ),
        ),
        migrations.RunSQL(PICTURES_ARE_DRAWN, reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(LOCKS.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        never_changes("reflections_earlierwords"),
        never_changes("reflections_addition"),
        never_changes("reflections_earlysign"),
        never_changes("reflections_told"),
        never_changes("reflections_answer"),
        never_changes("reflections_strength"),
    ]
