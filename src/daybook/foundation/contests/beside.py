"""What the person says is wrong, beside each record on their timeline, whichever app tells it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

from django.urls import reverse

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.registry.providers import Statement, TimelineEntry

from .queries import contests_of, kind_contested, may_contest


def statements(
    *, viewer: Viewer, person_id: int, entries: Sequence[TimelineEntry]
) -> list[TimelineEntry]:
    keys = {entry.key: key for entry in entries if (key := _uuid(entry.key))}
    found = statements_about(keys.values(), viewer=viewer, person_id=person_id)
    return [
        replace(
            entry,
            statements=found.get(keys[entry.key], ()),
            contest_url=_contest_url(entry, keys[entry.key], person_id, viewer),
        )
        if entry.key in keys
        else entry
        for entry in entries
    ]


def statements_about(
    records: Collection[UUID], *, viewer: Viewer, person_id: int
) -> dict[UUID, tuple[Statement, ...]]:
    """By record, what the person says is wrong about it, oldest first."""
    found: defaultdict[UUID, tuple[Statement, ...]] = defaultdict(tuple)
    for each in contests_of(person_id, viewer=viewer, about=records) if records else ():
        url = reverse("contests:one", args=[each.key])
        found[each.record] += (Statement(each.words, each.taken, each.state, each.open, url),)
    return found


def _contest_url(entry: TimelineEntry, key: UUID, person_id: int, viewer: Viewer) -> str:
    kept = kind_contested(entry.kind)
    if kept is None or not may_contest(kept, person_id, viewer=viewer):
        return ""
    return reverse("contests:take", args=[entry.kind, key])


def _uuid(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None
