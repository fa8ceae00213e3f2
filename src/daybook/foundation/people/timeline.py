"""Moves, as a person's timeline tells them."""

from datetime import datetime

from django.utils.translation import gettext as _

from daybook.foundation.access.roles import Compartment
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.registry.providers import TimelineEntry, Voice

from .models import Ending, Stay

GONE = (Ending.RELEASED, Ending.ABROAD)


def moves(
    *, viewer: Viewer, person_id: int, before: datetime | None, limit: int
) -> list[TimelineEntry]:
    """Where the person came to live, and when they were let go; newest first."""
    rows = scope(
        Stay.objects.filter(person_id=person_id), viewer=viewer, compartment=Compartment.IDENTITY
    )
    came = rows.filter(began_at__lt=before) if before else rows
    gone = rows.filter(ended_as__in=GONE)
    entries = [
        _came(*stay)
        for stay in came.order_by("-began_at").values_list(
            "id", "began_at", "unit__name", "cell__name", "reason"
        )[:limit]
    ]
    entries += [
        _went(*stay)
        for stay in (gone.filter(ended_at__lt=before) if before else gone)
        .order_by("-ended_at")
        .values_list("id", "ended_at", "ended_as", "unit__name")[:limit]
    ]
    viewer.saw("stays", [person_id] if entries else [])
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:limit]


def _came(key: int, at: datetime, unit: str, cell: str | None, reason: str) -> TimelineEntry:
    place = f"{unit}, {cell}" if cell else unit
    words = _("Came to %(place)s.") % {"place": place}
    voices = [Voice("fact", words)]
    if reason:
        voices.append(Voice("note", reason))
    return TimelineEntry(at, _("Move"), "", tuple(voices), "move", str(key))


def _went(key: int, at: datetime | None, how: str, unit: str) -> TimelineEntry:
    words = {
        Ending.RELEASED: _("Released from %(place)s."),
        Ending.ABROAD: _("Left %(place)s, moved abroad."),
    }[Ending(how)]
    assert at is not None  # Ended, so it has an hour.
    voices = (Voice("fact", words % {"place": unit}),)
    return TimelineEntry(at, _("Move"), "", voices, "move", f"left-{key}")
