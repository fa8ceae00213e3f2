"""What waits for the viewer to look at. A notice is for its recipient alone: that is its wall."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import people_with

from ..kinds import kinds
from ..models import Notice, Wish

LATELY = timedelta(days=14)
MOST = 100
"""On one page; whoever has more waiting sees the rest once these are looked at."""


@dataclass(frozen=True, slots=True)
class Told:
    """One notice as its recipient reads it."""

    id: UUID
    label: str
    about_somebody: bool
    person: str
    """The name of whom it is about, or nothing where the viewer does not reach them now."""
    urgent: bool
    dated: bool
    made_at: datetime
    seen_at: datetime | None
    answered_at: datetime | None

    @property
    def waits(self) -> bool:
        return self.seen_at is None and self.answered_at is None


def my_notices(*, viewer: Viewer) -> list[Told]:
    """What waits for the viewer and what they looked at lately, the newest first.

    Names are found as for any page: whoever is no longer reached has none.
    """
    lately = Q(made_at__gt=timezone.now() - LATELY)
    rows = list(
        Notice.objects.filter(
            lately | Q(seen_at__isnull=True, answered_at__isnull=True), staff_id=viewer.staff_id
        )
        .order_by("-made_at", "id")
        .values_list(
            "id", "kind", "person_id", "urgent", "made_at", "seen_at", "answered_at"
        )[:MOST]
    )  # fmt: skip
    named = {person for _, _, person, *_ in rows if person is not None}
    people = people_with(named, viewer=viewer) if named else {}
    told = []
    for key, slug, person, urgent, made, seen, answered in rows:
        if kind := kinds.get(slug):
            name = people[person].name if person in people else ""
            words, about = str(kind.label), person is not None
            told.append(Told(key, words, about, name, urgent, kind.dated, made, seen, answered))
    return told


def notice_path(notice_id: UUID, *, viewer: Viewer) -> str:
    """Where the viewer's own notice leads; 404 for anybody else's."""
    path = (
        Notice.objects.filter(id=notice_id, staff_id=viewer.staff_id)
        .values_list("path", flat=True)
        .first()
    )
    if path is None:
        raise Http404
    return path


def my_wishes(*, viewer: Viewer) -> Mapping[str, list[str]]:
    """By kind, the ways by which the viewer has said they wish to hear of it."""
    return dict(Wish.objects.filter(staff_id=viewer.staff_id).values_list("kind", "ways"))
