"""Actions, as a person's timeline tells them: what was promised, and what it brought."""

from datetime import date, datetime
from uuid import UUID

from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import Compartment
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.registry.providers import TimelineEntry, Voice
from daybook.foundation.staff.models import short_name

from .models import Action, Effect
from .rules import when_due


def actions(
    *, viewer: Viewer, person_id: int, before: datetime | None, limit: int
) -> list[TimelineEntry]:
    """Each action once, at the latest thing that happened to it, newest first."""
    rows = scope(
        Action.objects.filter(person_id=person_id), viewer=viewer, compartment=Compartment.WING
    ).annotate(at=Coalesce("done_at", "raised_at"))
    if before:
        rows = rows.filter(at__lt=before)
    found = list(
        rows.order_by("-at", "-id").values_list(
            "id", "at", "owner__given_name", "owner__family_name", "what", "due_on", "done_at",
            "effect", "outcome",
        )[:limit]
    )  # fmt: skip
    viewer.saw("actions", [person_id] if found else [])
    return [_told(*row) for row in found]


def _told(
    key: UUID,
    at: datetime,
    given: str,
    family: str,
    what: str,
    due_on: date,
    done_at: datetime | None,
    effect: str,
    outcome: str,
) -> TimelineEntry:
    voices = [Voice("fact", what)]
    if done_at:
        where = _("action, closed")
        voices.append(Voice("did", str(Effect(effect).label)))
        if outcome:
            voices.append(Voice("did", outcome))
    else:
        where = _("action, %(due)s") % {"due": when_due(due_on, timezone.localdate())}
    url = "" if done_at else reverse("duties:close", args=[key])
    who = short_name(given, family)
    return TimelineEntry(at, who, where, tuple(voices), "action", str(key), url)
