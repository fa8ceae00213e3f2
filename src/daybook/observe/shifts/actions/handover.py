"""Adding to the log of a shift, and signing that one has read it."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.queries import require_unit
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import require
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot
from daybook.observe.reflections.actions.once import add_once

from ..models import HandoverNote, Signature
from ..rules.handover import Span, may_be_signed

WING = Compartment.WING


@transaction.atomic
def add_note(
    *, by: Viewer, unit_id: int, key: UUID, words: str, person_id: int | None = None
) -> None:
    """Add what is written nowhere else. The same key twice is one note."""
    require_unit(unit_id, viewer=by, right=Right.WRITE)
    if person_id is not None:
        require(person_id, viewer=by, compartment=WING, right=Right.WRITE)
    note = HandoverNote(
        id=key,
        unit_id=unit_id,
        person_id=person_id,
        words=words,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    if add_once(note, unit_id=unit_id, written_by_id=by.staff_id):
        people = [person_id] if person_id is not None else []
        record(
            by=by,
            kind=Kind.COLLECTION,
            subject="handover note",
            record=key,
            people=people,
            signed=HandoverNote,
        )


@transaction.atomic
def sign(*, by: Viewer, unit_id: int, span: Span, read_until: datetime) -> None:
    """Sign that the log of a shift was read as it stood at ``read_until``. Once each.

    Raises ``Cannot`` for a shift that has not begun, or is long past.
    """
    require_unit(unit_id, viewer=by, right=Right.WRITE)
    now = timezone.now()
    if not may_be_signed(span, now):
        raise Cannot(_("This log can’t be signed any more, or not yet."))
    signature = Signature(
        unit_id=unit_id,
        day=span.day,
        shift=span.shift,
        # Nobody has read what is still to come, nor signs for less than they were shown.
        read_until=min(max(read_until, span.since), now),
        written_by_id=by.staff_id,
        written_at=now,
    )
    try:
        with transaction.atomic():
            Signature.objects.bulk_create([signature])
    except IntegrityError:
        return
    record(
        by=by, kind=Kind.COLLECTION, subject="handover read", record=signature.pk, signed=Signature
    )
