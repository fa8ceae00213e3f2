"""Taking a contest down, settling it, and telling whoever received what was wrong."""

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
from daybook.foundation.registry.events import Contested, contested

from . import queries
from .models import Contest, Correction, Given, Outcome, Settlement


@transaction.atomic
def contest(
    *, by: Viewer, key: UUID, kind: str, entry: UUID, words: str, language: str, given: Given
) -> UUID:
    """Put the person's own words beside a record. A second tap finds the first."""
    about = queries.record_with(kind, entry, viewer=by)
    row = Contest(
        id=key, person_id=about.person_id, kind=kind, record=entry,
        compartment=about.compartment, words=words, language=language, given=given,
        taken_by_id=by.staff_id, taken_at=timezone.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            Contest.objects.bulk_create([row])
    except IntegrityError:
        if Contest.objects.filter(id=key, record=entry, taken_by_id=by.staff_id).exists():
            return key
        raise Http404 from None
    record(
        by=by, kind=Kind.COLLECTION, subject="contest", record=key, people=[about.person_id],
        signed=Contest,
    )  # fmt: skip
    contested.announce(Contested(about.person_id, kind, entry))
    return key


@transaction.atomic
def settle(*, by: Viewer, contest_id: UUID, key: UUID, outcome: Outcome, reasons: str) -> None:
    """Say what came of it; the words stay. The same key twice is one settlement.

    Where it is to be erased, the database proposes that with it, for data protection to approve.
    Raises ``Cannot`` where a colleague was first, 404 for whoever does not settle it.
    """
    about = queries.contest_with(contest_id, viewer=by)
    if not queries.settles(about, viewer=by):
        raise Http404
    row = Settlement(
        id=key, contest_id=contest_id, person_id=about.person_id, outcome=outcome,
        reasons=reasons, settled_by_id=by.staff_id, settled_at=timezone.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            Settlement.objects.bulk_create([row])
    except IntegrityError:
        if Settlement.objects.filter(id=key, contest_id=contest_id).exists():
            return
        now = queries.contest_with(contest_id, viewer=by)
        if now.open:
            raise Http404 from None
        raise Cannot(
            _("%(who)s settled it meanwhile. Look at it again.") % {"who": now.settled_by}
        ) from None
    record(
        by=by, kind=Kind.ALTERATION, subject="contest settled", record=key,
        people=[about.person_id], reason=outcome, signed=Settlement,
    )  # fmt: skip
    if outcome == Outcome.ERASED:
        record(
            by=by, kind=Kind.ALTERATION, subject=f"erasure proposed: {about.kind}", record=key,
            people=[about.person_id], reason="contested",
        )  # fmt: skip
    contested.announce(Contested(about.person_id, about.kind, about.record))


@transaction.atomic
def tell(*, by: Viewer, key: UUID, on: date, how: str) -> None:
    """Say when and how a recipient was told. Saying the same twice is saying it once."""
    owed = queries.correction_with(key, viewer=by)
    if owed.told_on is not None:
        if (owed.told_on, owed.told_how, owed.told_by_id) == (on, how, by.staff_id):
            return
        raise Cannot(_("A colleague has told them meanwhile. It stays as it is."))
    told = Correction.objects.filter(id=key, told_at__isnull=True).update(
        told_on=on, told_how=how, told_by_id=by.staff_id, told_at=timezone.now()
    )
    if not told:
        raise Cannot(_("A colleague has told them meanwhile. It stays as it is."))
    record(
        by=by, kind=Kind.DISCLOSURE, subject="correction", record=key, people=[owed.person_id],
        reason=how, recipient=owed.recipient,
    )  # fmt: skip
