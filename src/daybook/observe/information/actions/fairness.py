"""A governor answers to a figure that chance would hardly show. The answer stays as it is."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind

from ..models import FairnessAnswer
from ..queries.fairness import Cell, Picture, rest_of
from .once import added


@transaction.atomic
def answer(
    *, by: Viewer, shown: Picture, cell: Cell, key: UUID, why: str, doing: str, next_look_on: date
) -> None:
    """Sign it, with the figures as they are shown now. Sending it twice is sending it once."""
    assert cell.rate is not None
    rest_count, rest_among = rest_of(cell, shown)
    row = FairnessAnswer(
        id=key,
        establishment_id=shown.place.id,
        compared=cell.compared,
        until=shown.until,
        count=cell.rate.count,
        among=cell.rate.among,
        rest_count=rest_count,
        rest_among=rest_among,
        why=why,
        doing=doing,
        next_look_on=next_look_on,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    if added(row, by=by):
        record(
            by=by,
            kind=Kind.COLLECTION,
            subject="answer to an unlike figure",
            record=key,
            signed=FairnessAnswer,
        )
