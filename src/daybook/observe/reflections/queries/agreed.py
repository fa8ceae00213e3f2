"""What was agreed with and for somebody: to be known before one meets them."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from daybook.foundation.access.roles import Compartment
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer

from ..models import MeetingPerson
from ..vocabulary import Outcome


@dataclass(frozen=True, slots=True)
class Stance:
    """How the team means to meet somebody, so that all meet them alike."""

    words: str
    since: date


def stance_now(person_id: int, *, viewer: Viewer) -> Stance | None:
    """The stance of the last meeting that talked about somebody; none if it agreed on none."""
    rows = scope(
        MeetingPerson.objects.filter(person_id=person_id, outcome=Outcome.DISCUSSED),
        viewer=viewer,
        compartment=Compartment.WING,
    )
    for words, at in rows.order_by("-at", "-id").values_list("stance", "at")[:1]:
        viewer.saw("discussions", [person_id])
        if words.strip():
            return Stance(words, timezone.localdate(at))
    return None
