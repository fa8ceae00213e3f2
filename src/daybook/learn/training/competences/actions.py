"""Writing down that somebody was trained, and taking back a mistake."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.staff.models import Competence, Staff

from .queries import require_training


@transaction.atomic
def write(
    *, by: Viewer, key: UUID, number: str, for_what: str, since: date, until: date, how: str
) -> None:
    """Write down a training by staff number. Raises ``Cannot`` for a number that nobody has, and
    for oneself: somebody else says so."""
    require_training(by)
    staff = Staff.objects.filter(username=number, is_active=True).first()
    if staff is None:
        raise Cannot(_("Nobody who works here has this staff number. Look at it again."))
    if staff.pk == by.staff_id:
        raise Cannot(_("A colleague writes down your own training."))
    row = Competence(
        id=key,
        staff=staff,
        key=for_what,
        since=since,
        until=until,
        how=how,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            Competence.objects.bulk_create([row])
    except IntegrityError:
        if Competence.objects.filter(id=key, written_by_id=by.staff_id).exists():
            return
        raise Http404 from None
    record(by=by, kind=Kind.COLLECTION, subject=f"training: {for_what}", record=key)


@transaction.atomic
def take_back(*, by: Viewer, key: UUID) -> None:
    """It was a mistake: it holds no more. Taking back twice is taking back once."""
    require_training(by)
    if not Competence.objects.filter(id=key).exists():
        raise Http404
    if Competence.objects.filter(id=key, ended_at__isnull=True).update(ended_at=timezone.now()):
        record(by=by, kind=Kind.ALTERATION, subject="training taken back", record=key)
