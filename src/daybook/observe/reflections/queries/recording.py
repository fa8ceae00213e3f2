"""Reflections as they were written."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext

from daybook.foundation.access.roles import ON_CALL_CARE, Compartment, Right
from daybook.foundation.access.scope import as_author, scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.staff.models import short_name

from ..models import Addition, Channel, EarlierWords, Rating, Reflection
from ..rules.recording import DIFFERENT, earlier_ratings_hidden
from ..vocabulary import Contact

WING = Compartment.WING


@dataclass(frozen=True, slots=True)
class Step:
    """One answer on one channel; ``step`` is None for "can't tell"."""

    channel: str
    low: str
    high: str
    step: int | None


@dataclass(frozen=True, slots=True)
class Added:
    key: UUID
    author_id: int
    author: str
    added_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """One reflection, with what was added to it.

    Where it ``waits``, what its author judged is left out until one's own is saved.
    """

    key: UUID
    person_id: int
    author_id: int
    author: str
    unit: str
    day: date
    saved_at: datetime
    form: str
    setting: str
    contact: str
    difference: str
    way: str
    of_what: str
    leaning: str
    circumstances: tuple[str, ...]
    seen_heard: str
    reading: str
    own_words: str
    own_mark: int | None
    response: str
    opening: str
    noted_at: datetime | None
    withdrawn_at: datetime | None
    steps: tuple[Step, ...] = ()
    additions: tuple[Added, ...] = ()
    waits: bool = False

    @property
    def later(self) -> bool:
        """Whether it was written on another day than it is about."""
        return timezone.localdate(self.saved_at) != self.day


@dataclass(frozen=True, slots=True)
class Differing:
    """One entry whose author saw somebody different from their own usual."""

    key: UUID
    day: date
    saved_at: datetime
    author_id: int
    author: str
    difference: str
    way: str
    of_what: str
    leaning: str


@dataclass(frozen=True, slots=True)
class LatestEntry:
    """The last entry about somebody by anyone, and the differences seen lately, newest first."""

    day: date
    saved_at: datetime
    contact: str
    author_id: int
    author: str
    last_not_seen: date | None = None
    differing: tuple[Differing, ...] = field(default=())


# ---- What was written about one person ----


def reflections_of(
    person_id: int,
    *,
    viewer: Viewer,
    before: datetime | None = None,
    limit: int = 30,
    together: bool = False,
) -> list[Written]:
    """The entries about somebody, newest first, with what was added to each.

    ``before`` is the moment of the last entry already shown. Entries taken back are gone.
    ``together``: a team reads them at one table, where nothing waits for one's own eyes.
    Four reads, however many entries there are.
    """
    rows = scope(Reflection.objects.all(), viewer=viewer, compartment=WING).filter(
        person_id=person_id, withdrawn_at__isnull=True
    )
    if before:
        day = timezone.localdate(before)
        rows = rows.filter(Q(day__lt=day) | Q(day=day, saved_at__lt=before), day__lte=day)
    entries = _written(rows.order_by("-day", "-saved_at")[:limit], viewer=viewer, together=together)
    viewer.saw("reflections", [person_id] if entries else [])
    return entries


def reflection_with(key: UUID, *, viewer: Viewer, together: bool = False) -> Written:
    """One entry that the viewer may read, or wrote; else 404. One taken back is gone.

    ``together``: nothing of it waits for the viewer's own eyes.
    """
    found = Reflection.objects.filter(id=key, withdrawn_at__isnull=True)
    entries = _written(
        scope(found, viewer=viewer, compartment=WING), viewer=viewer, together=together
    )
    if not entries:
        with as_author(viewer):
            entries = _written(found.filter(author_id=viewer.staff_id), viewer=viewer)
    if not entries:
        raise Http404
    viewer.saw("reflections", [entries[0].person_id])
    return entries[0]


def written_lately(person_id: int, *, viewer: Viewer) -> list[Written]:
    """What was written of somebody in the last fourteen days, newest first: for on-call care,
    while a concern about them or its plan is open. Nothing for anybody else."""
    if not viewer.holds(ON_CALL_CARE):
        return []
    with connection.cursor() as cursor:
        cursor.execute("select daybook.written_lately(%s)", [person_id])
        rows = [json.loads(row) for (row,) in cursor.fetchall()]
    viewer.saw("reflections of the last fourteen days", [person_id] if rows else [])
    return [reflection_in(row, author=short_name(*row["author"])) for row in rows]


def reflection_in(row: dict[str, Any], *, author: str) -> Written:
    """An entry as a function of the database gives it, with its ratings."""
    asked = {channel.pk: channel for channel in Channel.objects.all()}
    steps = [
        Step(str(channel), gettext(channel.low), gettext(channel.high), rating["step"])
        for rating in row["reflections_rating"]
        for channel in [asked[rating["channel_id"]]]
    ]
    known = {name: row[name] for name in _FIELDS if name in row and name != "id"}
    known |= {
        "day": date.fromisoformat(row["day"]),
        "saved_at": datetime.fromisoformat(row["saved_at"]),
        "circumstances": tuple(row["circumstances"]),
    }
    return Written(
        key=UUID(row["id"]), author=author, unit="", steps=tuple(steps), waits=False, **known
    )


def written_by_me(*, viewer: Viewer, since: date, person_id: int | None = None) -> list[Written]:
    """What the viewer wrote since a day, about anyone or somebody, newest first.

    What was taken back is among it.
    """
    with as_author(viewer):
        mine = Reflection.objects.filter(author_id=viewer.staff_id, saved_at__date__gte=since)
        if person_id is not None:
            mine = mine.filter(person_id=person_id)
        entries = _written(mine.order_by("-saved_at"), viewer=viewer)
    viewer.saw("own reflections", [entry.person_id for entry in entries])
    return entries


# ---- The last that was written about many ----


def latest_entries(
    people: Iterable[int], *, viewer: Viewer, since: date | None = None
) -> dict[int, LatestEntry]:
    """The last entry about each person, and what has differed since a day (a week, unless said).

    Two reads, each bounded by an index: neither grows with how much is stored about anyone.
    """
    reached = _in_reach(people, viewer=viewer)
    since = since or timezone.localdate() - timedelta(days=7)
    differing: dict[int, list[Differing]] = defaultdict(list)
    not_seen: dict[int, date] = {}
    recent = (
        Reflection.objects.filter(
            Q(difference__in=DIFFERENT) | Q(contact=Contact.NOT_SEEN),
            person_id__in=reached,
            day__gte=since,
            withdrawn_at__isnull=True,
        )
        .order_by("-day", "-saved_at")
        .values_list(
            "person_id", "contact", "id", "day", "saved_at", "author_id",
            "author__given_name", "author__family_name", "difference", "way", "of_what", "leaning",
        )
    )  # fmt: skip
    for person, contact, key, day, saved_at, author, given, family, *words in recent:
        if contact == Contact.NOT_SEEN:
            not_seen.setdefault(person, day)
        if words[0] in DIFFERENT:
            who = short_name(given, family)
            differing[person].append(Differing(key, day, saved_at, author, who, *words))
    with connection.cursor() as cursor:
        cursor.execute(_LATEST, [sorted(reached)])
        latest = {
            person: LatestEntry(
                day,
                saved_at,
                contact,
                author,
                short_name(given, family),
                not_seen.get(person),
                tuple(differing[person]),
            )
            for person, day, saved_at, contact, author, given, family in cursor.fetchall()
        }
    viewer.saw("last entries", list(latest))
    return latest


# One step into the index a person. Asked as one sorted list, it would read all they have.
_LATEST = """
    select asked.person_id, last.day, last.saved_at, last.contact,
           last.author_id, author.given_name, author.family_name
      from unnest(%s::bigint[]) as asked (person_id)
     cross join lateral (
           select day, saved_at, contact, author_id
             from reflections_reflection
            where person_id = asked.person_id and withdrawn_at is null
              and struck_at is null
            order by day desc, saved_at desc
            limit 1) as last
      join staff_staff as author on author.id = last.author_id
"""


# ---- Parts ----


def _in_reach(people: Iterable[int], *, viewer: Viewer) -> set[int]:
    if viewer.everywhere:
        return set(people) if viewer.may(Right.READ, WING) else set()
    return set(people) & viewer.people(WING)


_FIELDS = (
    "id", "person_id", "author_id", "author__given_name", "author__family_name", "unit__name",
    "day", "saved_at", "form", "setting", "contact", "difference", "way", "of_what", "leaning",
    "circumstances", "seen_heard", "reading", "own_words", "own_mark", "response", "opening",
    "noted_at", "withdrawn_at",
)  # fmt: skip


def _written(
    rows: QuerySet[Reflection], *, viewer: Viewer, together: bool = False
) -> list[Written]:
    found = list(rows.values(*_FIELDS))
    if not found:
        return []
    keys = [row["id"] for row in found]
    steps, additions = _steps(keys), _additions(keys)
    done = _written_about_today(found, viewer)
    today = timezone.localdate()
    return [
        _entry(
            row,
            steps[row["id"]],
            additions[row["id"]],
            waits=not together
            and earlier_ratings_hidden(
                day=row["day"],
                today=today,
                own=row["author_id"] == viewer.staff_id,
                own_saved=row["person_id"] in done,
            ),
        )
        for row in found
    ]


def _written_about_today(found: list[dict[str, Any]], viewer: Viewer) -> set[int]:
    """Whom of those that colleagues wrote about today the viewer has nothing left to write about.

    Whoever never writes here can't be swayed in what they write: nothing waits for them.
    """
    today = timezone.localdate()
    people = {
        row["person_id"]
        for row in found
        if row["day"] == today and row["author_id"] != viewer.staff_id
    }
    if not people or not viewer.may(Right.WRITE, WING):
        return people
    own = Reflection.objects.filter(
        person_id__in=people, day=today, author_id=viewer.staff_id, withdrawn_at__isnull=True
    )
    return set(own.values_list("person_id", flat=True))


def _steps(keys: list[UUID]) -> dict[UUID, list[Step]]:
    found: dict[UUID, list[Step]] = defaultdict(list)
    # Renaming a channel rewrites no entry: each keeps the words it was asked with.
    renamed_since = EarlierWords.objects.filter(
        channel=OuterRef("channel"), until__gt=OuterRef("reflection__saved_at")
    ).order_by("until", "id")
    then = renamed_since.values(words=JSONObject(name="name", low="low", high="high"))[:1]
    now = JSONObject(name="channel__name", low="channel__low", high="channel__high")
    rows = (
        Rating.objects.filter(reflection_id__in=keys)
        .order_by("channel__position", "channel_id")
        .values_list("reflection_id", "step", Coalesce(Subquery(then), now))
    )
    for key, step, asked in rows:
        name, low, high = (gettext(asked[word]) for word in ("name", "low", "high"))
        found[key].append(Step(name, low, high, step))
    return found


def _additions(keys: list[UUID]) -> dict[UUID, list[Added]]:
    found: dict[UUID, list[Added]] = defaultdict(list)
    rows = (
        Addition.objects.filter(reflection_id__in=keys)
        .order_by("added_at")
        .values_list(
            "reflection_id", "id", "author_id", "author__given_name", "author__family_name",
            "added_at", "text",
        )
    )  # fmt: skip
    for reflection, key, author, given, family, added_at, text in rows:
        found[reflection].append(Added(key, author, short_name(given, family), added_at, text))
    return found


def _entry(
    row: dict[str, Any], steps: list[Step], additions: list[Added], *, waits: bool
) -> Written:
    values = dict(row)
    judged = {"difference": "", "way": "", "of_what": "", "leaning": "", "reading": ""}
    return Written(
        key=values.pop("id"),
        author=short_name(values.pop("author__given_name"), values.pop("author__family_name")),
        unit=values.pop("unit__name") or "",
        circumstances=tuple(values.pop("circumstances")),
        steps=() if waits else tuple(steps),
        additions=tuple(additions),
        waits=waits,
        **(values | judged if waits else values),
    )
