"""What must be known before doors are opened."""

from datetime import timedelta

from daybook.foundation.audit.bulk import add_many
from daybook.foundation.registry.keys import new_key
from daybook.observe.safety.models import UnlockNote
from daybook.observe.safety.vocabulary import UnlockKind

from .keys import REASON, Filling

STAFF_AT_THE_DOOR = 2


def fill(filling: Filling) -> None:
    notes = filling.world.unlock_notes
    pairs = {note.pair: new_key() for note in notes if note.pair is not None}
    add_many(
        UnlockNote,
        (
            "id", "person_id", "kind", "apart_from_id", "pair", "staff_needed", "instruction",
            "reason", "written_by_id", "written_at", "review_on", "ended_because",
        ),
        [
            (
                new_key(),
                filling.people[note.person],
                note.kind,
                None if note.apart_from is None else filling.people[note.apart_from],
                None if note.pair is None else pairs[note.pair],
                STAFF_AT_THE_DOOR if note.kind == UnlockKind.STAFF else None,
                note.instruction,
                note.reason,
                filling.staff[note.by],
                filling.morning(note.since) + timedelta(hours=8),
                note.review_on,
                "",
            )
            for note in notes
        ],
        by=filling.by,
        reason=REASON,
        key="id",
        person="person_id",
    )  # fmt: skip
