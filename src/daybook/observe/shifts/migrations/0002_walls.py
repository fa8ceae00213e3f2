from pathlib import Path

from django.db import migrations

from daybook.foundation.access.wall import Rows, never_changes, protect, protect_by, within
from daybook.observe.reflections.sealing import beside_what_stands, sealed, strikable

WALLS = Path(__file__).parent.parent / "walls.sql"
UNITS = "unit_id = any((select daybook.units('wing', '{}'))::bigint[])"
SIGNED = "written_by_id = (select daybook.viewer())"
# A note about a person goes with the person, one about the unit stays with the unit.
READ_NOTE, WRITTEN_NOTE = (
    f"case when person_id is null then {UNITS.format(mode)} else {within('wing', mode)} end"
    for mode in ("read", "write")
)
# The parts have a wall of their own: whoever sees one part sees what it was a part of.
# Asked so, 200,000 events with 600,000 parts cost a page of one person 10 ms, and all that a
# wing of sixty ever shared 50 ms: PostgreSQL probes by event, or hashes the wing's parts once.
PART_SEEN = "exists (select from shifts_eventpart p where p.event_id = shifts_sharedevent.id)"
SUPPORT = "id = any((select daybook.supports())::uuid[])"

SIGNED_NOW = [
    "shifts_request", "shifts_requeststep", "shifts_sharedevent", "shifts_eventpart",
    "shifts_staffpart", "shifts_handovernote", "shifts_signature", "shifts_lastnote",
]  # fmt: skip


def signed_now(table):
    return migrations.RunSQL(
        f"create trigger {table}_signed_now before insert on {table} "
        "for each row execute function daybook.sign_now()",
        reverse_sql=f"drop trigger {table}_signed_now on {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("shifts", "0001_initial"),
        ("access", "0002_reach"),
        ("reflections", "0002_walls"),
    ]
    operations = [
        migrations.RunSQL(WALLS.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        protect("shifts_request", compartment="wing", author="written_by_id"),
        protect(
            "shifts_requeststep",
            compartment="wing",
            rights="select, insert",
            author="written_by_id",
        ),
        protect(
            "shifts_eventpart",
            compartment="wing",
            rights="select, insert",
            author="written_by_id",
        ),
        protect_by(
            "shifts_sharedevent",
            compartment="wing",
            rows=Rows(select=PART_SEEN, insert=f"{UNITS.format('write')} and {SIGNED}"),
            own=SIGNED,
        ),
        protect_by(
            "shifts_staffpart",
            compartment="staff-support",
            rows=Rows(
                select=SUPPORT, insert=f"{UNITS.format('write')} and {SIGNED}", update=SUPPORT
            ),
        ),
        protect_by(
            "shifts_handovernote",
            compartment="wing",
            rows=Rows(
                select=READ_NOTE,
                insert=f"{WRITTEN_NOTE} and {SIGNED}",
            ),
            own=SIGNED,
        ),
        protect_by(
            "shifts_signature",
            compartment="wing",
            rows=Rows(select=UNITS.format("read"), insert=f"{UNITS.format('write')} and {SIGNED}"),
        ),
        protect_by(
            "shifts_lastnote",
            compartment="wing",
            rows=Rows(
                select=within("wing"),
                insert=f"person_id = any((select daybook.sent_people())::bigint[]) and {SIGNED}",
            ),
            own=SIGNED,
        ),
        *map(signed_now, SIGNED_NOW),
        never_changes("shifts_sharedevent"),
        never_changes("shifts_signature"),
        sealed("shifts_request"),
        sealed("shifts_requeststep", lock="keep_but_for_a_strike"),
        sealed("shifts_eventpart", lock="keep_but_for_a_strike"),
        sealed("shifts_handovernote", lock="keep_but_for_a_strike"),
        sealed("shifts_lastnote", lock="keep_but_for_a_strike"),
        beside_what_stands("shifts_requeststep", whole="shifts_request", key="request_id"),
        strikable(
            "request", "shifts_request", moves=True, parts=[("shifts_requeststep", "request_id")]
        ),
        strikable("handover", "shifts_handovernote", moves=True),
        strikable("last-note", "shifts_lastnote", moves=True),
        migrations.RunSQL(
            "create policy told_through_its_parts on shifts_sharedevent as restrictive "
            f"for select to daybook_wide using ({PART_SEEN})",
            reverse_sql=migrations.RunSQL.noop,
        ),
        # The event's own words name nobody. Once all its parts are struck, nobody reads them.
        strikable(
            "event-part", "shifts_eventpart", moves=True, within=("shifts_sharedevent", "event_id")
        ),
    ]
