"""A notice and a wish are for one member of staff, and nobody else sees them.

A notice says nothing about anybody in custody, so its recipient is all the wall it needs: the
page it leads to asks for reach like any other. To leave one for a colleague, and to say that it
is answered, there are functions. Daybook itself, at its desk, sees notices to send word of them.
"""

from pathlib import Path

from django.db import migrations

from daybook.foundation.registry.grants import APP, WIDE, grant_counter

FUNCTIONS = Path(__file__).parent.parent / "notices.sql"
MINE = "staff_id = (select daybook.viewer())"
AT_THE_DESK = "(select daybook.at_the_desk())"

WALLS = f"""
    alter table duties_notice enable row level security;
    grant select, update (seen_at) on duties_notice to {APP}, {WIDE};
    create policy seen_by_the_recipient on duties_notice for select to {APP}, {WIDE}
        using ({MINE});
    create policy looked_at_by_the_recipient on duties_notice for update to {APP}, {WIDE}
        using ({MINE}) with check ({MINE});
    create policy seen_at_the_desk on duties_notice for select to {WIDE} using ({AT_THE_DESK});

    alter table duties_wish enable row level security;
    grant select, insert, update (ways) on duties_wish to {APP}, {WIDE};
    create policy one_s_own on duties_wish for all to {APP}, {WIDE}
        using ({MINE}) with check ({MINE});

    alter table duties_delivery enable row level security;
    grant select on duties_delivery to {APP};
    grant select, update (attempts, tried_at, sent_at, outcome, failed)
        on duties_delivery to {WIDE};
    create policy sent_from_the_desk on duties_delivery for all to {WIDE}
        using ({AT_THE_DESK}) with check ({AT_THE_DESK});
"""


class Migration(migrations.Migration):
    dependencies = [("duties", "0003_notices"), ("access", "0003_clerk")]
    operations = [
        migrations.RunSQL(FUNCTIONS.read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.RunSQL(
            ";\n".join([WALLS.rstrip().removesuffix(";"), grant_counter("duties_wish")]),
            migrations.RunSQL.noop,
        ),
    ]
