"""Who is apart from others, for how long, and how much meaningful contact there was each day."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet, Sum
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import reached, require, scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import PersonLine, people_on, people_with
from daybook.foundation.registry.providers import Aside, Due, Happened, TimelineEntry, Voice
from daybook.foundation.staff.models import short_name

from ..models import ContactDay, Separation
from ..rules.apart import (
    DAY,
    ENOUGH,
    LONGEST,
    Span,
    hours,
    in_words,
    latest_end,
    longest_run,
    run,
)
from ..vocabulary import ApartFor

SAFETY, IDENTITY = Compartment.SAFETY, Compartment.IDENTITY
WHAT = "time apart"


@dataclass(frozen=True, slots=True)
class Day:
    """One day apart: minutes of meaningful contact, and with whom."""

    on: date
    minutes: int
    with_whom: str

    @property
    def hours(self) -> str:
        return hours(self.minutes)

    @property
    def enough(self) -> bool:
        return self.minutes >= ENOUGH


@dataclass(frozen=True, slots=True)
class Apart:
    """One separation whole. ``run``: days on end with under two hours, up to now or its end."""

    key: UUID
    person_id: int
    apart_for: str
    reason: str
    instead: str
    remedy: str
    began_on: date
    until_on: date
    by: str
    decided_at: datetime
    ended_on: date | None
    ended_because: str
    ended_by: str
    days: tuple[Day, ...]
    run: int
    words: str
    """What those who lead must know of it; mostly nothing."""
    passed: bool
    """Whether it went on for more than fifteen days on end."""

    @property
    def label(self) -> str:
        return str(ApartFor(self.apart_for).label)

    @property
    def day(self) -> int:
        """Which day of it is the newest one."""
        return len(self.days)


@dataclass(frozen=True, slots=True)
class _Record:
    spans: list[Span]
    minutes: dict[date, int]


def may_decide(person_id: int, *, viewer: Viewer) -> bool:
    """Whether the viewer keeps somebody apart, and ends it: who leads the place."""
    return may_write(person_id, viewer=viewer) and person_id in viewer.people(IDENTITY, Right.WRITE)


def may_write(person_id: int, *, viewer: Viewer) -> bool:
    return (
        not viewer.everywhere
        and person_id in viewer.people(SAFETY)
        and person_id in viewer.people(SAFETY, Right.WRITE)
    )


def apart_of(person_id: int, *, viewer: Viewer) -> list[Apart]:
    """Somebody's separations, latest first. 404 where out of reach."""
    require(person_id, viewer=viewer, compartment=SAFETY)
    return _apart(Separation.objects.filter(person_id=person_id), viewer)


def separation_with(key: UUID, *, viewer: Viewer) -> Apart:
    """One separation, or 404."""
    found = _apart(Separation.objects.filter(id=key), viewer)
    if not found:
        raise Http404
    return found[0]


def apart_now(
    *, viewer: Viewer, people: Collection[int] | None = None
) -> list[tuple[PersonLine, Apart]]:
    """Everyone apart now whom the viewer reaches, by unit and cell."""
    rows = Separation.objects.filter(ended_on__isnull=True)
    found = _apart(rows if people is None else rows.filter(person_id__in=people), viewer)
    lines = people_with([each.person_id for each in found], viewer=viewer) if found else {}
    here = [(lines[each.person_id], each) for each in found if each.person_id in lines]
    return sorted(here, key=lambda each: (each[0].unit_code, each[0].cell, each[0].id))


def last_day(person_id: int, *, began_on: date, viewer: Viewer) -> date:
    """The last day a separation that begins then may have."""
    record = _records([person_id], viewer)[person_id]
    return latest_end(record.spans, record.minutes, began_on=began_on)


def _apart(rows: QuerySet[Separation], viewer: Viewer) -> list[Apart]:
    found = list(
        scope(rows, viewer=viewer, compartment=SAFETY)
        .order_by("-began_on", "-decided_at", "id")
        .values_list(*_SEPARATION)
    )
    if not found:
        return []
    people = {row[1] for row in found}
    records, with_whom = _records(people, viewer), defaultdict[tuple[int, date], list[str]](list)
    for person, day, whom in (
        _contacts(people, viewer)
        .order_by("written_at")
        .values_list("person_id", "day", "with_whom")
    ):
        with_whom[person, day].append(whom)
    viewer.saw(WHAT, list(people))
    today = timezone.localdate()
    return [_one(row, records[row[1]], with_whom, today) for row in found]


def _one(
    row: tuple[Any, ...], record: _Record, with_whom: dict[tuple[int, date], list[str]], today: date
) -> Apart:
    key, person, ground, reason, instead, remedy, began_on, until_on, given, family, *end = row
    decided_at, ended_on, because, ended_given, ended_family = end
    last = ended_on or today
    days = tuple(
        Day(day, record.minutes.get(day, 0), " · ".join(with_whom.get((person, day), ())))
        for day in (began_on + DAY * each for each in range((last - began_on).days + 1))
    )
    now = run(record.spans, record.minutes, last)
    longest = longest_run(record.spans, record.minutes, since=began_on, until=last)
    words = "" if ended_on else in_words(
        days=now, longest=longest, until_on=until_on, today=today
    )  # fmt: skip
    ended = short_name(ended_given, ended_family) if ended_on else ""
    return Apart(
        key, person, ground, reason, instead, remedy, began_on, until_on,
        short_name(given, family), decided_at, ended_on, because, ended,
        days=days, run=now, words=words, passed=longest > LONGEST,
    )  # fmt: skip


_SEPARATION = (
    "id", "person_id", "apart_for", "reason", "instead", "remedy", "began_on", "until_on",
    "decided_by__given_name", "decided_by__family_name", "decided_at", "ended_on",
    "ended_because", "ended_by__given_name", "ended_by__family_name",
)  # fmt: skip


def _records(people: Iterable[int], viewer: Viewer) -> dict[int, _Record]:
    """All that counts of each person: every separation, and the minutes of each day."""
    records = defaultdict[int, _Record](lambda: _Record([], {}))
    wanted = set(people)
    for person, began_on, ended_on in scope(
        Separation.objects.filter(person_id__in=wanted), viewer=viewer, compartment=SAFETY
    ).values_list("person_id", "began_on", "ended_on"):
        records[person].spans.append(Span(began_on, ended_on))
    totals = _contacts(wanted, viewer).order_by().values("person_id", "day")
    for person, day, minutes in totals.annotate(total=Sum("minutes")).values_list(
        "person_id", "day", "total"
    ):
        records[person].minutes[day] = minutes
    return records


def _contacts(people: Collection[int], viewer: Viewer) -> QuerySet[ContactDay]:
    return scope(ContactDay.objects.filter(person_id__in=people), viewer=viewer, compartment=SAFETY)


# ---- What other pages are told ----


def due(*, viewer: Viewer, people: Collection[int], until: date) -> list[Due]:
    """What must be known of somebody apart: day ten and on, and that it is to end."""
    if not viewer.may(Right.READ, SAFETY):
        return []
    today = timezone.localdate()
    # Mostly nobody is apart: a short question comes before the long ones.
    with connection.cursor() as cursor:
        cursor.execute(NOW, [reached(people, viewer=viewer, compartment=SAFETY)])
        now = [person for (person,) in cursor.fetchall()]
    if not now:
        return []
    rows = Separation.objects.filter(person_id__in=now, ended_on__isnull=True)
    return [
        Due(
            min(each.until_on, today),
            each.words,
            reverse("safety:apart", args=[each.person_id]),
            each.person_id,
        )
        for each in _apart(rows, viewer)
        if each.words
    ]


NOW = """
    select distinct person_id from safety_separation
     where person_id = any(%s::bigint[]) and ended_on is null
"""


def goes_along(*, viewer: Viewer, person_id: int) -> list[str]:
    """That somebody is apart from others, since when, and until when it was decided."""
    if not viewer.may(Right.READ, SAFETY):
        return []
    now = _apart(Separation.objects.filter(person_id=person_id, ended_on__isnull=True), viewer)
    return [
        _("Apart from others: {ground}, day {day}.").format(ground=apart.label, day=apart.day)
        for apart in now
    ]


def aside(*, viewer: Viewer, person_id: int) -> list[Aside]:
    """That somebody is apart, for how long; for those who lead, the way to decide it."""
    if not viewer.may(Right.READ, SAFETY):
        return []
    now = _apart(Separation.objects.filter(person_id=person_id, ended_on__isnull=True), viewer)
    decides = may_decide(person_id, viewer=viewer)
    if not now and not decides:
        return []
    lines = tuple(line for each in now for line in _beside(each)) or (_("Lives with the others."),)
    url = reverse("safety:apart", args=[person_id])
    return [Aside(_("Apart from others"), lines, url, _("Read on"))]


def _beside(apart: Apart) -> list[str]:
    today = apart.days[-1]
    lines = [
        _("{ground}, day {day}").format(ground=apart.label, day=apart.day),
        _("Meaningful contact today: {hours} hours").format(hours=today.hours),
    ]
    return [*([apart.words] if apart.words else []), *lines]


def happened(*, viewer: Viewer, unit_id: int, since: datetime, until: datetime) -> list[Happened]:
    """Separations begun in the shift and contact given, of those who live on the unit now."""
    if not viewer.may(Right.READ, SAFETY):
        return []
    with viewer.unseen():
        people = [line.id for line in people_on(unit_id, viewer=viewer, compartment=SAFETY)]
    told = []
    begun = scope(
        Separation.objects.filter(
            person_id__in=people, decided_at__gte=since, decided_at__lt=until
        ),
        viewer=viewer,
        compartment=SAFETY,
    )
    for at, person, ground, given, family in begun.values_list(
        "decided_at", "person_id", "apart_for", "decided_by__given_name", "decided_by__family_name"
    ):
        words = _("apart from others now: {ground}").format(ground=ApartFor(ground).label)
        told.append((at, words, short_name(given, family), person))
    contact = _contacts(people, viewer).filter(written_at__gte=since, written_at__lt=until)
    for at, person, minutes, given, family in contact.values_list(
        "written_at", "person_id", "minutes", "written_by__given_name", "written_by__family_name"
    ):
        words = _("meaningful contact while apart: {hours} hours").format(hours=hours(minutes))
        told.append((at, words, short_name(given, family), person))
    viewer.saw(WHAT, [person for *_rest, person in told])
    return [
        Happened(at, words, who, person, reverse("safety:apart", args=[person]))
        for at, words, who, person in sorted(told)
    ]


def timeline(
    *, viewer: Viewer, person_id: int, before: datetime | None, limit: int
) -> list[TimelineEntry]:
    """Separations as they were decided, newest first. Why stands on their own page."""
    rows = Separation.objects.filter(person_id=person_id)
    if before:
        rows = rows.filter(Q(decided_at__lt=before))
    found = list(
        scope(rows, viewer=viewer, compartment=SAFETY)
        .order_by("-decided_at")
        .values_list(
            "id", "decided_at", "apart_for", "began_on", "ended_on", "decided_by__given_name",
            "decided_by__family_name",
        )[:limit]
    )  # fmt: skip
    viewer.saw(WHAT, [person_id] if found else [])
    url = reverse("safety:apart", args=[person_id])
    entries = []
    for key, at, ground, began_on, ended_on, given, family in found:
        words = _("Apart from others: {ground}.").format(ground=ApartFor(ground).label)
        if ended_on:
            days = (ended_on - began_on + timedelta(days=1)).days
            words += " " + _("It lasted {days} days.").format(days=days)
        entries.append(
            TimelineEntry(
                at, short_name(given, family), _("apart from others"), (Voice("did", words),),
                "apart", str(key), url,
            )
        )  # fmt: skip
    return entries
