"""What the person says to how a review ended, once they could be asked."""

from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.models import Kind

from ..models import SaidSince
from ..queries.reach import hears
from .once import added, hold, log


@transaction.atomic
def say_since(*, by: Viewer, review: UUID, key: UUID, words: str, rather_not: bool) -> None:
    """Write down what they say, or that they would rather not. Raises ``Cannot`` where the closing
    has their answer."""
    found = hold(review, by=by)
    if not hears(review, found.person_id, viewer=by):
        raise Http404
    row = SaidSince(
        id=key,
        review_id=review,
        person_id=found.person_id,
        words=words,
        rather_not=rather_not,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    if added(row, by=by):
        log(by, Kind.COLLECTION, "joint review: said since", key, found.person_id,
            signed=SaidSince)  # fmt: skip
