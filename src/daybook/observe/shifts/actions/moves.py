"""A last note, by whoever sent somebody away."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind

from ..models import LastNote
from ..queries.moves import my_last_notes, sent_person


@transaction.atomic
def write_last_note(*, by: Viewer, person_id: int, key: UUID, words: str) -> None:
    """Send a last note after somebody, within 72 hours of the move. The same key is one note."""
    sent = sent_person(person_id, viewer=by)
    if key in {note.id for note in my_last_notes(person_id, viewer=by)}:
        return
    note = LastNote(
        id=key,
        person_id=person_id,
        unit_id=sent.unit_id,
        words=words,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            LastNote.objects.bulk_create([note])
    except IntegrityError:
        raise Http404 from None
    record(
        by=by,
        kind=Kind.COLLECTION,
        subject="last note",
        record=key,
        people=[person_id],
        signed=LastNote,
    )
