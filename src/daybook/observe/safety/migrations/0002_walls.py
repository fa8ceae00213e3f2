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
from daybook.foundation.registry.grants import grant
from daybook.observe.reflections.sealing import beside_what_stands, sealed, strikable

LOCKS = Path(__file__).parent.parent / "locks.sql"
APART = Path(__file__).parent.parent / "apart.sql"
CARRIED = Path(__file__).parent.parent / "carried.sql"
PAIRS = Path(__file__).parent.parent / "pairs.sql"
# Whoever knows somebody may fear for them: a teacher raises a concern like an officer.
KNOWN = reaches("identity", "read")
# Only who leads a place keeps somebody apart, or ends it.
LEADS = within("identity", "write")
# Daybook itself calls on for an answer when nobody gives one.
CALLS_ON = """
grant insert on safety_call to daybook_wide;
create policy called_on on safety_call for insert to daybook_wide
    with check ((select daybook.everywhere('safety', 'write')));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("safety", "0001_initial"),
        ("access", "0002_reach"),
        ("reflections", "0002_walls"),
    ]
    operations = [
        grant("safety_turn", "select, insert, update"),
        protect("safety_unlocknote", compartment="safety", author="written_by_id"),
        protect(
            "safety_review",
            compartment="safety",
            rights="select, insert",
            author="reviewed_by_id",
        ),
        protect_by(
            "safety_concern",
            compartment="safety",
            rows=Rows(
                select=within("safety"),
                insert=f"{KNOWN} and raised_by_id = (select daybook.viewer())",
                update=within("safety", "write"),
            ),
            own="raised_by_id = (select daybook.viewer())",
        ),
        protect_by(
            "safety_call", compartment="safety", rows=Rows(select=within("safety"), insert=KNOWN)
        ),
        protect("safety_plan", compartment="safety"),
        protect(
            "safety_check", compartment="safety", rights="select, insert", author="checked_by_id"
        ),
        protect("safety_checkin", compartment="safety"),
        protect_by(
            "safety_separation",
            compartment="safety",
            rows=Rows(
                select=within("safety"),
                insert=f"{LEADS} and decided_by_id = (select daybook.viewer())",
                update=LEADS,
            ),
        ),
        protect(
            "safety_contactday",
            compartment="safety",
            rights="select, insert",
            author="written_by_id",
        ),
        migrations.RunSQL(LOCKS.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(CARRIED.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(PAIRS.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(APART.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(CALLS_ON, reverse_sql=migrations.RunSQL.noop),
        never_changes("safety_call"),
        # A protection that is struck was ended by name before: nothing leaves a door in silence.
        sealed("safety_unlocknote"),
        sealed("safety_concern"),
        sealed("safety_plan"),
        sealed("safety_review", lock="keep_but_for_a_strike"),
        sealed("safety_check", lock="keep_but_for_a_strike"),
        beside_what_stands("safety_check", whole="safety_plan", key="plan_id"),
        strikable(
            "unlock-note",
            "safety_unlocknote",
            ends=["ended_at"],
            parts=[("safety_review", "note_id")],
        ),
        strikable("concern", "safety_concern", ends=["ended_at"]),
        strikable(
            "plan",
            "safety_plan",
            ends=["replaced_at", "handed_back_at"],
            parts=[("safety_review", "plan_id"), ("safety_check", "plan_id")],
        ),
        never_changes("safety_contactday"),
    ]
