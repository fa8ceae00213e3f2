"""Writing the usual pattern with the person."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import require
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind

from ..models import EarlySign, UsualPattern
from ..queries.usual import Sign
from ..rules.usual import Superseded

WING = Compartment.WING


def may_write_here(person_id: int, *, by: Viewer) -> None:
    """What stands on the person page is written by whoever reads it there; 404 for others."""
    require(person_id, viewer=by, compartment=WING, right=Right.READ)
    require(person_id, viewer=by, compartment=WING, right=Right.WRITE)


@transaction.atomic
def write_usual(
    *,
    by: Viewer,
    person_id: int,
    key: UUID,
    words: str,
    own_words: str,
    together: bool,
    review_on: date,
    signs: Sequence[Sign],
    replaces: UUID | None,
) -> None:
    """Write the usual pattern in place of ``replaces``, which stays readable.

    The same key twice is one pattern. Raises ``Superseded`` if another pattern holds by now.
    """
    may_write_here(person_id, by=by)
    mine = {"person_id": person_id, "written_by_id": by.staff_id}
    if UsualPattern.objects.filter(id=key, **mine).exists():
        return
    now = timezone.now()
    holds = (
        UsualPattern.objects.select_for_update()
        .filter(person_id=person_id, replaced_at__isnull=True)
        .first()
    )
    if (holds.id if holds else None) != replaces:
        raise Superseded
    if holds:
        holds.replaced_at = now
        holds.save(update_fields=["replaced_at"])
    pattern = UsualPattern(
        id=key,
        words=words,
        own_words=own_words,
        agreed_with_person=together,
        written_at=now,
        review_on=review_on,
        **mine,
    )
    try:
        with transaction.atomic():
            UsualPattern.objects.bulk_create([pattern])
    except IntegrityError:
        # Two first patterns at one moment: the other one holds.
        raise Superseded from None
    EarlySign.objects.bulk_create(
        EarlySign(
            pattern_id=key,
            person_id=person_id,
            sign=each.sign,
            response=each.response,
            position=position,
        )
        for position, each in enumerate(signs)
    )
    record(
        by=by,
        kind=Kind.ALTERATION if holds else Kind.COLLECTION,
        subject="usual pattern",
        record=key,
        people=[person_id],
        signed=UsualPattern,
    )
