"""Moves, as a person's timeline tells them."""

from datetime import datetime

from django.utils.translation import gettext as _

from daybook.foundation.access.roles import Compartment
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.registry.providers import TimelineEntry, Voice

from .models import Stay


def moves(
    *, viewer: Viewer, person_id: int, before: datetime | None, limit: int
) -> list[TimelineEntry]:
    """Where the person came to live, newest first."""
    rows = scope(
        Stay.objects.filter(person_id=person_id), viewer=viewer, compartment=Compartment.IDENTITY
    )
    if before:
        rows = rows.filter(began_at__lt=before)
    stays = list(
        rows.order_by("-began_at").values_list(
            "id", "began_at", "unit__name", "cell__name", "reason"
        )[:limit]
    )
    viewer.saw("stays", [person_id] if stays else [])
    return [_came(*stay) for stay in stays]


def _came(key: int, at: datetime, unit: str, cell: str | None, reason: str) -> TimelineEntry:
    place = f"{unit}, {cell}" if cell else unit
    words = _("Came to %(place)s.") % {"place": place}
    voices = [Voice("fact", words)]
    if reason:
        voices.append(Voice("note", reason))
    return TimelineEntry(at, _("Move"), "", tuple(voices), "move", str(key))
