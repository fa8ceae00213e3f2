"""What was ahead and has passed, and escorts, as a person's timeline tells them."""

from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import Compartment
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.registry.providers import TimelineEntry, Voice
from daybook.ui.words import day_words

from ..models import Coming, ComingKind, Escort, EscortKind
from .rules import when


def passed(
    *, viewer: Viewer, person_id: int, before: datetime | None, limit: int
) -> list[TimelineEntry]:
    """What was to take place by now, and what was called off; newest first.

    Whether it took place is not known here: only that nobody called it off.
    """
    now = timezone.now()
    rows = scope(
        Coming.objects.filter(person_id=person_id, at__lt=min(before or now, now)),
        viewer=viewer,
        compartment=Compartment.WING,
    )
    events = list(
        rows.order_by("-at", "-id").values_list("id", "at", "kind", "words", "cancelled_at")[:limit]
    )
    viewer.saw("coming events", [person_id] if events else [])
    return [_passed(*event) for event in events]


def escorts(
    *, viewer: Viewer, person_id: int, before: datetime | None, limit: int
) -> list[TimelineEntry]:
    """When the person left under escort, and when they were back; newest first."""
    rows = scope(
        # One that is over the moment it began did not take place.
        Escort.objects.filter(person_id=person_id).exclude(back_at=F("left_at")),
        viewer=viewer,
        compartment=Compartment.WING,
    )
    if before:
        rows = rows.filter(left_at__lt=before)
    found = list(
        rows.order_by("-left_at", "-id").values_list("id", "left_at", "back_at", "kind")[:limit]
    )
    viewer.saw("escorts", [person_id] if found else [])
    return [_away(*each) for each in found]


def _passed(
    key: UUID, at: datetime, kind: str, words: str, cancelled_at: datetime | None
) -> TimelineEntry:
    said = _("Called off.") if cancelled_at else _("Was planned for this time.")
    voices = [Voice("fact", said)]
    if words:
        voices.append(Voice("note", words))
    what = _capital(str(ComingKind(kind).label))
    return TimelineEntry(
        at, what, "", tuple(voices), "coming", str(key), day_only=not isinstance(when(at), datetime)
    )


def _away(key: UUID, left_at: datetime, back_at: datetime | None, kind: str) -> TimelineEntry:
    where = _capital(str(EscortKind(kind).label))
    if back_at is None:
        said = _("{where}, not back yet.").format(where=where)
    else:
        back = timezone.localtime(back_at)
        same_day = back.date() == timezone.localdate(left_at)
        said = _("{where}, back {when}.").format(
            where=where, when=time_format(back, "H:i") if same_day else day_words(back, within=True)
        )
    return TimelineEntry(left_at, _("Escort"), "", (Voice("fact", said),), "escort", str(key))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
