"""Setting how long a kind of record is kept, as an act with a reason."""

from dataclasses import replace

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from daybook.foundation.access.roles import DATA_PROTECTION
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.records import Limit, records

from ..models import SetLimit
from ..queries.limits import in_force


@transaction.atomic
def set_limit(*, by: Viewer, kind: str, limit: Limit, reason: str) -> None:
    """From now on records of ``kind`` are kept so long. From when it runs is never changed."""
    if not by.holds(DATA_PROTECTION) or kind not in records.known:
        raise Http404
    set_ = _row(kind, replace(limit, begins=records.known[kind].limit.begins))
    set_.set_by_id, set_.reason = by.staff_id, reason
    set_.save(force_insert=True)
    record(by=by, kind=Kind.ALTERATION, subject=f"limit: {kind}", record=set_.pk, reason=reason)


def ship() -> None:
    """Write limits as shipped; what a service has set itself stays. Runs as the owner."""
    holding = in_force()
    for kept in records:
        now = holding.get(kept.kind)
        if now is None or (now.as_shipped and now.limit != kept.limit):
            _row(kept.kind, kept.limit).save(force_insert=True)


def _row(kind: str, limit: Limit) -> SetLimit:
    return SetLimit(
        kind=kind,
        begins=limit.begins.value,
        months=limit.months,
        unconvicted=limit.unconvicted,
        child=limit.child,
        then=limit.then.value,
        since=timezone.now(),
    )
