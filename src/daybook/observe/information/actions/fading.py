"""Letting lapse what nobody kept, and telling whoever relied on it. Protections never lapse."""

from django.db import connection, transaction

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind

from ..models import ConcernStep
from .desk import tell_those


@transaction.atomic
def let_lapse(*, by: Viewer) -> int:
    """End every concern whose last day is over; gives how many. Run twice, it ends none twice."""
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.let_lapse()")
        rows = cursor.fetchall()
    for step, _concern, person, holders, makers in rows:
        record(
            by=by,
            kind=Kind.ALTERATION,
            subject="information lapsed",
            record=step,
            people=[person],
            signed=ConcernStep,
        )
        tell_those(by=by, holders=holders, makers=makers)
    return len(rows)
