"""Placing and lifting a hold."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import DATA_PROTECTION
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot

from ..models import Hold
from ..queries.holds import may_hold_about


@transaction.atomic
def place(*, by: Viewer, key: UUID, person_id: int, ground: str, reason: str) -> None:
    """From now on nothing about this person is erased. A second tap finds the first."""
    if not may_hold_about(person_id, viewer=by):
        raise Http404
    hold = Hold(
        id=key, person_id=person_id, ground=ground, reason=reason, placed_by_id=by.staff_id,
        placed_at=timezone.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            hold.save(force_insert=True)
    except IntegrityError:
        if Hold.objects.filter(id=key, person_id=person_id, placed_by_id=by.staff_id).exists():
            return
        raise Http404 from None
    record(by=by, kind=Kind.COLLECTION, subject="hold placed", record=key, people=[person_id])


@transaction.atomic
def lift(*, by: Viewer, key: UUID, reason: str) -> None:
    if not by.holds(DATA_PROTECTION):
        raise Http404
    hold = Hold.objects.filter(id=key).select_for_update().first()
    if hold is None:
        raise Http404
    if hold.lifted_at:
        raise Cannot(_("It was lifted already."))
    Hold.objects.filter(id=key).update(
        lifted_at=timezone.now(), lifted_by_id=by.staff_id, lifted_because=reason
    )
    record(
        by=by, kind=Kind.ALTERATION, subject="hold lifted", record=key, people=[hold.person_id],
        reason=reason,
    )  # fmt: skip
