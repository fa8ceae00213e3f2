"""The team's words for the care somebody needs until the next meeting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from daybook.foundation.access.roles import Compartment
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer

from ..models import Care
from ..vocabulary import CareWord


@dataclass(frozen=True, slots=True)
class CareNow:
    word: str
    set_at: datetime
    ends_at: datetime
    meeting_id: UUID

    @property
    def words(self) -> str:
        return str(CareWord(self.word).label)


def care_now(people: Iterable[int], *, viewer: Viewer) -> dict[int, CareNow]:
    """The care word that runs for each of these people; those without one are left out."""
    running = scope(
        Care.objects.filter(
            person_id__in=set(people), ended_at__isnull=True, ends_at__gt=timezone.now()
        ),
        viewer=viewer,
        compartment=Compartment.WING,
    ).order_by("set_at")
    found = {
        person: CareNow(word, set_at, ends_at, meeting)
        for person, word, set_at, ends_at, meeting in running.values_list(
            "person_id", "word", "set_at", "ends_at", "meeting_id"
        )
    }
    viewer.saw("care words", list(found))
    return found
