from pathlib import Path

from django.db import migrations

from daybook.foundation.access.wall import (
    Rows,
    never_changes,
    protect,
    protect_by,
    reaches,
    within,
)
from daybook.foundation.registry.grants import APP, grant
from daybook.observe.reflections.sealing import beside_what_stands, sealed, strikable

LOCKS = Path(__file__).parent.parent / "locks.sql"
LATELY = Path(__file__).parent.parent / "lately.sql"
STRIKES = Path(__file__).parent.parent / "strikes.sql"
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
ANSWERED_BY_ME = "answered_by_id = (select daybook.viewer())"
ANSWERS = Rows(
    select=within("wing"),
    insert=" and ".join(
        [
            reaches("wing"),
            reaches("identity"),
            ANSWERED_BY_ME,
            "exists (select from reflections_told t where t.id = told_id and t.objects_to_it"
            " and t.person_id = reflections_answer.person_id)",
        ]
    ),
)

# By its author and by data protection, too: that something was struck, and never what.
STRIKES_ARE_SEEN = f"""
create policy seen_by_its_author on reflections_strike for select to {APP}
    using (author_id = (select daybook.viewer()));
create policy seen_by_data_protection on reflections_strike for select to {APP}
    using ((select daybook.protects_data()))
"""


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
        migrations.RunSQL(LATELY.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(STRIKES.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        protect_by(
            "reflections_strike",
            compartment="wing",
            rows=Rows(select="person_id = any((select daybook.strikes())::bigint[])"),
        ),
        migrations.RunSQL(STRIKES_ARE_SEEN, reverse_sql=migrations.RunSQL.noop),
        never_changes("reflections_strike"),
        protect("reflections_move", compartment="wing", rights="select"),
        never_changes("reflections_move"),
        strikable(
            "reflection",
            "reflections_reflection",
            moves=True,
            parts=[
                ("reflections_rating", "reflection_id"),
                ("reflections_addition", "reflection_id"),
            ],
        ),
        strikable("addition", "reflections_addition"),
        strikable("strength", "reflections_strength", moves=True),
        strikable("trust", "reflections_truststep", moves=True),
        strikable(
            "told", "reflections_told", moves=True, parts=[("reflections_answer", "told_id")]
        ),
        strikable(
            "usual", "reflections_usualpattern", parts=[("reflections_earlysign", "pattern_id")]
        ),
        # These have locks of their own, above; the others never change at all.
        sealed("reflections_reflection"),
        sealed("reflections_rating"),
        sealed("reflections_usualpattern"),
        sealed("reflections_truststep", lock="keep_once_struck"),
        sealed("reflections_addition", lock="keep_but_for_a_strike"),
        sealed("reflections_earlysign", lock="keep_but_for_a_strike"),
        sealed("reflections_told", lock="keep_but_for_a_strike"),
        sealed("reflections_answer", lock="keep_but_for_a_strike"),
        sealed("reflections_strength", lock="keep_but_for_a_strike"),
        beside_what_stands(
            "reflections_addition", whole="reflections_reflection", key="reflection_id"
        ),
        beside_what_stands("reflections_answer", whole="reflections_told", key="told_id"),
    ]
