"""What the team says where it differs, and how a review ends."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.models import Kind

from ..models import Closing, Note
from ..rules.closing import FADES_AFTER
from ..vocabulary import Support
from .once import added, hold, led, log, own_part


@transaction.atomic
def note(
    *, by: Viewer, review: UUID, key: UUID, evidence: UUID, hypothesis: UUID, words: str
) -> None:
    """Write down what the team said to a place where its members differ."""
    found, _mine = own_part(review, by=by)
    row = Note(
        id=key,
        review_id=review,
        person_id=found.person_id,
        evidence_id=evidence,
        hypothesis_id=hypothesis,
        words=words,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    if added(row, by=by):
        log(by, Kind.COLLECTION, "joint review: said to it", key, found.person_id, signed=Note)


def was_closed_by(key: UUID | None, *, by: Viewer) -> bool:
    """Whether the viewer closed a review with what bears this key: a second tap."""
    rows = Closing.objects.filter(written_by_id=by.staff_id)
    return key is not None and rows.filter(id=key).exists()


@transaction.atomic
def close(
    *, by: Viewer, review: UUID, key: UUID, least: Sequence[str], next_on: date, **said: Any
) -> None:
    """End it with what is least contradicted, or with “not enough known”, and a next look.

    ``said``: the other columns of ``Closing``. Raises ``Cannot`` where the matrix doesn't bear
    what was chosen, or somebody closed it meanwhile.
    """
    hold(review, by=by)
    if was_closed_by(key, by=by):
        return
    found = led(review, by=by)
    own_part(review, by=by)
    row = Closing(
        id=key,
        review_id=review,
        person_id=found.person_id,
        least=list(least),
        next_on=next_on,
        fades_on=next_on + FADES_AFTER,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
        **said,
    )
    if added(row, by=by):
        log(by, Kind.COLLECTION, "joint review closed", key, found.person_id, signed=Closing)
        if row.support == Support.TRUST:
            # The database has offered it, under the same key: it stands on the line of trust.
            log(by, Kind.COLLECTION, "trust", key, found.person_id)
