"""Entries that may be struck, that were struck, and that came from elsewhere."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import Http404
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import DATA_PROTECTION, Compartment, Right
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import PersonLine, find
from daybook.foundation.registry.providers import TimelineEntry, Voice
from daybook.foundation.staff.models import short_name
from daybook.ui.words import isolated

from ..models import Addition, Move, Strength, Strike, Told, TrustStep, UsualPattern
from ..rules.strikes import moved_because
from ..rules.telling import told_in_words
from ..striking import Kept, kept
from ..vocabulary import Entered
from .recording import reflection_in, reflection_with

WING = Compartment.WING
MOST_FOUND = 12

KEPT = {
    Entered.ADDITION: Kept(Addition, "author", "added_at", {"text": "fact"}),
    Entered.STRENGTH: Kept(Strength, "written_by", "written_on", {"words": "fact"}),
    Entered.TRUST: Kept(
        TrustStep, "offered_by", "offered_on", {"what": "fact", "note": "reading"}
    ),
    Entered.TOLD: Kept(
        Told, "told_by", "told_on", {"said": "own"}, parts={"reflections_answer": ("words",)}
    ),
    Entered.USUAL: Kept(
        UsualPattern, "written_by", "written_at", {"words": "fact", "own_words": "own"},
        parts={"reflections_earlysign": ("sign", "response")},
    ),
}  # fmt: skip
"""What this app keeps."""
_OF_A_REFLECTION = {"reflections_addition": ("text",)}


@dataclass(frozen=True, slots=True)
class Entry:
    """Any entry that may be struck, in its own voices; ``at`` is a day where no hour is known."""

    kind: Entered
    key: UUID
    person_id: int
    who: str
    at: date | datetime
    voices: tuple[Voice, ...]
    stands: bool = False
    """Whether it protects somebody still, and so is ended by name before anything else."""


@dataclass(frozen=True, slots=True)
class Struck:
    """That an entry was struck: when, by whom and why, and nothing of what it said."""

    key: UUID
    kind: Entered
    person_id: int
    by: str
    at: datetime
    reason: str
    moved: bool


@dataclass(frozen=True, slots=True)
class Unsealed:
    """What a struck entry said, whose page it stood on, who wrote it and when."""

    person: str
    who: str
    at: date | datetime
    voices: tuple[Voice, ...]


# ---- What may be struck ----


def may_strike(person_id: int, *, viewer: Viewer) -> bool:
    """Whether the viewer leads the unit where the person lives, or a case about them."""
    # Whoever leads a unit or a case may open one; nobody else is asked about.
    if not viewer.may(Right.WRITE, Compartment.CASES):
        return False
    with connection.cursor() as cursor:
        cursor.execute("select %s = any(daybook.strikes())", [person_id])
        return bool(cursor.fetchone()[0])


def people_to_strike(*, viewer: Viewer) -> frozenset[int]:
    """Everyone whose entries the viewer may strike."""
    if not viewer.may(Right.WRITE, Compartment.CASES):
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute("select daybook.strikes()")
        return frozenset(cursor.fetchone()[0])


def entry_to_strike(kind: Entered, key: UUID, *, viewer: Viewer) -> Entry:
    """One entry about somebody whose entries the viewer may strike; 404 for anything else."""
    entry = _entry(kind, key, viewer=viewer)
    if not may_strike(entry.person_id, viewer=viewer):
        raise Http404
    viewer.saw("entries", [entry.person_id])
    return entry


def _entry(kind: Entered, key: UUID, *, viewer: Viewer) -> Entry:
    if kind == Entered.REFLECTION:
        found = reflection_with(key, viewer=viewer, together=True)
        return Entry(kind, key, found.person_id, found.author, found.saved_at, told_in_words(found))
    where = kept[kind]
    name = (f"{where.author}__given_name", f"{where.author}__family_name")
    rows = scope(
        where.model._default_manager.filter(id=key, person_id__isnull=False),
        viewer=viewer,
        compartment=where.compartment,
    )
    row = rows.values("person_id", where.at, *name, *where.voices, *where.ends).first()
    if row is None:
        raise Http404
    who = short_name(*(row[part] for part in name))
    stands = bool(where.ends) and not any(row[ended] for ended in where.ends)
    return Entry(kind, key, row["person_id"], who, row[where.at], _voices(kind, row), stands)


def _voices(kind: Entered, row: Mapping[str, Any]) -> tuple[Voice, ...]:
    return tuple(Voice(voice, row[name]) for name, voice in kept[kind].voices.items() if row[name])


def whose_it_may_be(words: str, entry: Entry, *, viewer: Viewer) -> list[PersonLine]:
    """People in reach whom the entry may be about instead, by the beginnings of their names."""
    reached = viewer.people(WING) - {entry.person_id}
    found = find(words, viewer=viewer, limit=MOST_FOUND)
    return [line for line in found if line.id in reached]


# ---- What was struck or moved ----

_STRUCK = (
    "id", "kind", "person_id", "struck_by__given_name", "struck_by__family_name", "struck_at",
    "reason", "moved",
)  # fmt: skip


def strike_of(entry: UUID, *, viewer: Viewer) -> Struck | None:
    """The strike of an entry, for whoever leads where it stood."""
    row = scope(Strike.objects.filter(record=entry), viewer=viewer, compartment=WING)
    found = row.values_list(*_STRUCK).first()
    if found is None or not may_strike(found[2], viewer=viewer):
        return None
    return _struck(*found)


def struck_of_mine(*, viewer: Viewer, since: date) -> list[Struck]:
    """Which of the viewer's own entries were struck since a day, and why, latest first."""
    rows = Strike.objects.filter(author_id=viewer.staff_id, struck_at__date__gte=since)
    found = [_struck(*row) for row in rows.order_by("-struck_at").values_list(*_STRUCK)]
    viewer.saw("own entries that were struck", [each.person_id for each in found])
    return found


def _struck(
    key: UUID, kind: str, person: int, given: str, family: str, at: datetime, *rest: Any
) -> Struck:
    return Struck(key, Entered(kind), person, short_name(given, family), at, *rest)


def struck_days(entries: Iterable[UUID]) -> dict[UUID, date]:
    """Of entries that were quoted somewhere: those that were struck since, and on which day."""
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.struck(%s)", [list(entries)])
        return {key: timezone.localdate(at) for key, at in cursor.fetchall()}


def saying_whence(entries: list[TimelineEntry], *, viewer: Viewer) -> list[TimelineEntry]:
    """The same entries; beside those that were moved here, by whom and why. One read."""
    kinds = set(Entered.values)
    keys = [entry.key for entry in entries if entry.kind in kinds]
    rows = scope(Move.objects.filter(id__in=keys), viewer=viewer, compartment=WING)
    notes = {
        str(key): TimelineEntry(
            at, short_name(*name), "", (Voice("note", moved_because(reason)),), "moved", f"to-{key}"
        )
        for key, at, reason, *name in rows.values_list(
            "id", "moved_at", "reason", "moved_by__given_name", "moved_by__family_name"
        )
    }
    return [
        replace(entry, additions=(notes[entry.key], *entry.additions))
        if entry.key in notes
        else entry
        for entry in entries
    ]


# ---- What is sealed ----


def sealed_entries(
    *, viewer: Viewer, before: datetime | None = None, limit: int = 50
) -> list[Struck]:
    """For data protection: that entries were struck, latest first; 404 for anybody else."""
    if not viewer.holds(DATA_PROTECTION):
        raise Http404
    rows = Strike.objects.filter(struck_at__lt=before) if before else Strike.objects.all()
    return [
        _struck(*row) for row in rows.order_by("-struck_at", "id").values_list(*_STRUCK)[:limit]
    ]


def unseal(key: UUID, *, viewer: Viewer, inquiry: str) -> Unsealed:
    """What a struck entry said; the inquiry stands in the log. 404 for anybody else."""
    if not viewer.holds(DATA_PROTECTION):
        raise Http404
    with connection.cursor() as cursor:
        cursor.execute("select kind, daybook.unseal(id, %s) from reflections_strike where id = %s",
                       [inquiry, key])  # fmt: skip
        found = cursor.fetchone()
    if found is None:
        raise Http404
    kind, row = Entered(found[0]), json.loads(found[1])
    person = row["person"]
    whose = isolated(person["known_as"] or person["given_name"], person["family_name"])
    who = short_name(*row["author"])
    if kind == Entered.REFLECTION:
        written = reflection_in(row, author=who)
        at: date | datetime = written.saved_at
        voices = told_in_words(written)
        also: Mapping[str, tuple[str, ...]] = _OF_A_REFLECTION
    else:
        where = kept[kind]
        at = parse_datetime(row[where.at]) or parse_date(row[where.at]) or date.min
        voices = _voices(kind, row)
        also = {**where.parts, **where.within}
    if kind == Entered.TOLD and row["objects_to_it"]:
        voices += (Voice("fact", _("Objects to the record.")),)
    for part, columns in also.items():
        rows = row.get(part) or ()
        told = [
            " — ".join(str(each[column]) for column in columns if each[column])
            for each in ([rows] if isinstance(rows, dict) else rows)
        ]
        voices += tuple(Voice("fact", words) for words in told if words)
    return Unsealed(whose, who, at, voices)
