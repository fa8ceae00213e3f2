"""Deciding on a request for everything, and giving it: a disclosure, with recipient and reason."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind

from ..models import AccessRequest, Disclosure
from ..queries.everything import Everything, everything
from ..queries.requests import Asked, decides_about, request_with


@transaction.atomic
def decide(
    *,
    by: Viewer,
    key: UUID,
    person_id: int,
    recipient: str,
    asked_on: date,
    justification: str,
    withheld: list[str],
    withheld_because: str,
    names_staff: bool,
) -> None:
    """Decide that somebody is given what is kept about them. A second tap finds the first."""
    if not decides_about(person_id, viewer=by):
        raise Http404
    if AccessRequest.objects.filter(id=key).exists():
        return
    AccessRequest(
        id=key, person_id=person_id, recipient=recipient, asked_on=asked_on,
        justification=justification, withheld=withheld, withheld_because=withheld_because,
        names_staff=names_staff, decided_by_id=by.staff_id, decided_at=timezone.now(),
    ).save(force_insert=True)  # fmt: skip
    record(
        by=by, kind=Kind.COLLECTION, subject="access request", record=key, people=[person_id],
        reason=justification,
    )  # fmt: skip


@transaction.atomic
def disclose(
    *,
    by: Viewer,
    key: UUID,
    person_id: int,
    recipient: str,
    what: str,
    purpose: str,
    legal_basis: str,
    handling: str,
) -> None:
    """Write down what somebody outside was given. A second tap finds the first."""
    if not decides_about(person_id, viewer=by):
        raise Http404
    if Disclosure.objects.filter(id=key).exists():
        return
    row = Disclosure(
        id=key, person_id=person_id, recipient=recipient, purpose=purpose,
        legal_basis=legal_basis, handling=handling, what=what, given_by_id=by.staff_id,
        given_at=timezone.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        if Disclosure.objects.filter(id=key, person_id=person_id).exists():
            return
        # The key is of a row out of sight: as if it did not exist.
        raise Http404 from None
    record(
        by=by, kind=Kind.DISCLOSURE, subject="disclosure", record=key, people=[person_id],
        reason=f"{purpose} ({legal_basis})", recipient=recipient,
    )  # fmt: skip


@transaction.atomic
def give(*, by: Viewer, key: UUID, form: str) -> tuple[Asked, Everything]:
    """Put everything together and say in the log who receives it, or give nothing."""
    asked = request_with(key, viewer=by)
    found = everything(asked)
    Disclosure(
        person_id=asked.person_id, recipient=asked.recipient,
        purpose=_("Access to one’s own records"), legal_basis=asked.justification,
        what=_("Everything that is kept, but what is withheld ({form})").format(form=form),
        request_id=key, given_by_id=by.staff_id, given_at=timezone.now(),
    ).save(force_insert=True)  # fmt: skip
    record(
        by=by, kind=Kind.COMBINATION, subject="everything about one person", record=key,
        people=[asked.person_id], reason=asked.justification,
    )  # fmt: skip
    record(
        by=by, kind=Kind.DISCLOSURE, subject=f"access request: {form}", record=key,
        people=[asked.person_id], reason=asked.justification, recipient=asked.recipient,
    )  # fmt: skip
    return asked, found
