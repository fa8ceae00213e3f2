"""Bringing a restored backup up to the ledger. Run as the owner, by a named administrator."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from daybook.foundation.access.clerk import USERNAME
from daybook.foundation.audit.actions import Actor, record
from daybook.foundation.audit.models import Kind
from daybook.foundation.staff.models import Staff

from ..ledger import Line
from ..models import Erasure


@transaction.atomic
def replay(lines: Iterable[Line], *, by: Actor | None) -> int:
    """Carry out again what was carried out since the backup; gives how many rows went.

    A hold that the backup still holds stops none of it: it was lifted before.
    """
    rows = 0
    for line in lines:
        proposer, approver = _two(line, by)
        now = timezone.now()
        said = {
            "kind": line.kind, "person_key": line.person_key, "keys": line.keys,
            "lapsed_at": None, "kept_by": None, "kept_at": None, "look_again_on": None,
            "proposed_by": proposer, "proposed_at": now, "approved_by": approver,
            "approved_at": now, "replayed": True, "reason": "Carried out before the backup.",
        }  # fmt: skip
        if not Erasure.objects.filter(id=line.id).update(**said):
            Erasure.objects.create(id=line.id, listed_at=now, **said)
        with connection.cursor() as cursor:
            cursor.execute("select daybook.erase(%s)", [line.id])
            rows += cursor.fetchone()[0]
        record(
            by=by, kind=Kind.ERASURE, subject=f"erasure replayed: {line.kind}", record=line.id,
            people=[line.person_key],
        )  # fmt: skip
    return rows


def _two(line: Line, by: Actor | None) -> tuple[Staff, Staff]:
    """Who said so; where the backup is older than an account, Daybook and whoever restores."""
    known = {
        str(staff.key): staff
        for staff in Staff.objects.filter(key__in=[UUID(line.proposed_by), UUID(line.approved_by)])
    }
    proposer = known.get(line.proposed_by) or Staff.objects.get(username=USERNAME)
    approver = known.get(line.approved_by)
    if approver is None:
        others = Staff.objects.exclude(id=proposer.pk)
        approver = others.filter(key=by.key).first() if by else None
        approver = approver or others.order_by("id")[0]
    return proposer, approver
