"""Many reflections at once, by the rules of one: for imports and the demo."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from daybook.foundation.audit.actions import Actor
from daybook.foundation.audit.bulk import add_many

from ..models import Rating, Reflection
from ..rules.recording import Entry, problems, settled

_COLUMNS = (
    "id", "person_id", "author_id", "unit_id", "day", "saved_at", "form", "setting", "contact",
    "difference", "way", "of_what", "leaning", "circumstances", "seen_heard", "reading",
    "own_words", "own_mark", "response", "opening", "noted_at",
)  # fmt: skip
_RATING_COLUMNS = (
    "reflection_id", "channel_id", "person_id", "rater_id", "unit_id", "day", "step", "counts",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signed:
    """An entry that was signed elsewhere or before: by whom, when, and where the person lived."""

    entry: Entry
    author_id: int
    unit_id: int | None
    saved_at: datetime


class Unfit(ValueError):
    """An entry that the rules refuse; ``row`` counts from 0."""

    def __init__(self, row: int, problems: dict[str, str]) -> None:
        self.row = row
        self.problems = problems
        super().__init__(f"Row {row}: " + " ".join(problems.values()))


@transaction.atomic
def save_many(*, by: Actor, signed: Sequence[Signed], reason: str) -> int:
    """Add all entries or none, one entry in the log for each; gives how many there were.

    Runs as the owner of the tables. Raises ``Unfit`` for the first that a rule refuses.
    """
    for row, one in enumerate(signed):
        if found := problems(one.entry, today=one.entry.day):
            raise Unfit(row, dict(found))
    fit = [Signed(settled(one.entry), one.author_id, one.unit_id, one.saved_at) for one in signed]
    return add_many(
        Reflection,
        _COLUMNS,
        map(_row, fit),
        by=by,
        reason=reason,
        key="id",
        person="person_id",
        parts=[(Rating, _RATING_COLUMNS, _ratings(fit))],
    )


def _row(one: Signed) -> tuple[object, ...]:
    said = one.entry
    return (
        said.key, said.person_id, one.author_id, one.unit_id, said.day, one.saved_at, said.form,
        said.setting, said.contact, said.difference, said.way, said.of_what, said.leaning,
        list(said.circumstances), said.seen_heard, said.reading, said.own_words, said.own_mark,
        said.response, said.opening, said.noted_at,
    )  # fmt: skip


def _ratings(signed: Iterable[Signed]) -> Iterable[tuple[object, ...]]:
    for one in signed:
        said = one.entry
        for channel, step in said.steps.items():
            yield (
                said.key, channel, said.person_id, one.author_id, one.unit_id, said.day, step, True,
            )  # fmt: skip
