"""Counts leave as a file: the log says who took them, and of which day."""

from io import StringIO

from django.db import transaction
from django.utils.translation import gettext as _

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.tables import write_table

from ..queries.counts import CountsOn


@transaction.atomic
def take_out(*, by: Viewer, counts: CountsOn) -> str:
    """The tables as CSV, with nothing in them that the page does not show."""
    record(
        by=by,
        kind=Kind.COMBINATION,
        subject=f"counts of people monitored on {counts.day.isoformat()}, as a file",
        compartments=["information"],
    )
    heads = (_("day"), _("counted by"), _("establishment"), _("kind"), _("people"))
    day = counts.day.isoformat()
    file = StringIO()
    write_table(
        file,
        (
            (day, table.title, row.name, kind, _("not shown") if number is None else str(number))
            for table in counts.tables
            for row in table.rows
            for kind, number in (*row.columned, (_("in all"), row.whole))
        ),
        heads=heads,
    )
    return file.getvalue()
