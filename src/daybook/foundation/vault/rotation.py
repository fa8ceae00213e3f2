"""Wrapping data keys anew under today's service key. Run as the owner; safe to run again."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from daybook.foundation.audit.actions import Actor, record
from daybook.foundation.audit.models import Kind

from .boxes import Shut
from .models import DataKey
from .service_keys import current, unwrapped, wrapped_now

AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch: how many were wrapped anew, how many did not open, where it ended."""

    done: int
    shut: int
    last: UUID | None


def waiting() -> int:
    """How many data keys are wrapped by an earlier service key."""
    return DataKey.objects.filter(erased_at__isnull=True).exclude(service_key=current()).count()


def unopened() -> int:
    """How many data keys do not open with the service keys that were given."""
    alive = DataKey.objects.filter(erased_at__isnull=True)
    return sum(1 for each in alive.iterator(chunk_size=1000) if not _opens(each))


@transaction.atomic
def rewrap_some(*, by: Actor | None, after: UUID | None = None, at_once: int = AT_ONCE) -> Part:
    """Wrap the next few anew, in one transaction; what was done stays done.

    One that a save holds just now is waited for.
    """
    rows = DataKey.objects.filter(erased_at__isnull=True).exclude(service_key=current())
    if after:
        rows = rows.filter(id__gt=after)
    some = list(rows.order_by("id").select_for_update()[:at_once])
    done = sum(1 for each in some if _rewrapped(each))
    if done:
        record(
            by=by,
            kind=Kind.ALTERATION,
            subject=f"data keys wrapped anew: {done}",
            record=current(),
        )
    return Part(done, len(some) - done, some[-1].id if some else None)


def _rewrapped(row: DataKey) -> bool:
    belongs = (str(row.id), row.whose, row.compartment)
    try:
        key = unwrapped(bytes(row.wrapped or b""), row.service_key, belongs=belongs)
    except Shut:
        return False
    row.wrapped, row.service_key = wrapped_now(key, belongs=belongs)
    row.save(update_fields=["wrapped", "service_key"])
    return True


def _opens(row: DataKey) -> bool:
    try:
        unwrapped(
            bytes(row.wrapped or b""),
            row.service_key,
            belongs=(str(row.id), row.whose, row.compartment),
        )
    except Shut:
        return False
    return True
