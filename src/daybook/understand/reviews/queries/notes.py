"""What the team said where its members differ."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from daybook.foundation.staff.models import short_name

from ..models import Note


@dataclass(frozen=True, slots=True)
class SaidToIt:
    words: str
    by: str
    at: datetime


def notes_of(rows: QuerySet[Note]) -> list[SaidToIt]:
    """The oldest first."""
    return [
        SaidToIt(words, short_name(given, family), at)
        for words, given, family, at in rows.order_by("written_at", "id").values_list(
            "words", "written_by__given_name", "written_by__family_name", "written_at"
        )
    ]
