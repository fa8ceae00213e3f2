"""What must be known before doors are opened."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from daybook.foundation.access.models import Assignment
from daybook.foundation.access.roles import HEAD_OF_UNIT
from daybook.foundation.audit.bulk import add_many
from daybook.foundation.people.models import Stay
from daybook.foundation.registry.keys import new_key
from daybook.observe.safety.models import Review, UnlockNote
from daybook.observe.safety.vocabulary import UnlockKind

from .keys import REASON, Filling

STAFF_AT_THE_DOOR = 2
LOOKED_AT_AFTER = timedelta(days=7)
STILL = (
    "Asked this week: it is as it was.",
    "Talked about it with health care; it stands.",
    "Tried without for two mornings, and agreed to keep it.",
)


def fill(filling: Filling) -> None:
    notes = filling.world.unlock_notes
    pairs = {note.pair: new_key() for note in notes if note.pair is not None}
    keys = [new_key() for _note in notes]
    add_many(
        UnlockNote,
        (
            "id", "person_id", "kind", "apart_from_id", "pair", "staff_needed", "instruction",
            "reason", "written_by_id", "written_at", "review_on", "ended_because",
        ),
        [
            (
                key,
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
            for key, note in zip(keys, notes, strict=True)
        ],
        by=filling.by,
        reason=REASON,
        key="id",
        person="person_id",
    )  # fmt: skip
    _looked_at_again(filling, keys)


def _looked_at_again(filling: Filling, keys: Sequence[UUID]) -> None:
    """Notes of one person that have stood for more than a week: somebody who leads said why."""
    heads = dict(
        Assignment.objects.filter(role=HEAD_OF_UNIT.key).values_list("unit_id", "staff_id")
    )
    lives_on = dict(Stay.objects.filter(ended_at=None).values_list("person_id", "unit_id"))
    reviews: list[tuple[object, ...]] = []
    for key, note in zip(keys, filling.world.unlock_notes, strict=True):
        person, on = filling.people[note.person], note.since + LOOKED_AT_AFTER
        head = heads.get(lives_on.get(person) or 0)
        if head and note.pair is None and on < filling.world.until:
            at = filling.morning(on) + timedelta(hours=10)
            words = STILL[len(reviews) % len(STILL)]
            reviews.append((new_key(), person, key, words, head, at, note.review_on))
    add_many(
        Review,
        ("id", "person_id", "note_id", "words", "reviewed_by_id", "reviewed_at", "next_on"),
        reviews,
        by=filling.by,
        reason=REASON,
        key="id",
        person="person_id",
    )
