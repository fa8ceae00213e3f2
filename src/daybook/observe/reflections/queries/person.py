"""Everything the person page shows, one question to the database a section."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import FilteredRelation, Max, OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.models import Coming, ComingKind, Person, Status, Stay
from daybook.foundation.people.queries import (
    PersonLine,
    person_line,
    personal_officers,
)
from daybook.foundation.places.models import UnitDay
from daybook.foundation.registry.providers import TimelineEntry, beside_entries, timeline
from daybook.foundation.staff.models import short_name

from ..models import Picture, Reflection, TakenAsUsual, UnitPicture
from ..rules.chart import ChannelPicture, Happened, locked_down, taken_as_usual
from ..rules.person import LastWritten, speaks
from ..vocabulary import ChartState, Contact
from .recording import Written, written_by_me
from .strikes import saying_whence

WING = Compartment.WING
LOOKED_BACK = timedelta(days=120)
"""How far back "since when" is asked: four months, as the charts reach."""
TALKS = (Contact.TALK, Contact.REAL_TALK)
LONGEST_PAGE = 20
TIES = 10
"""Entries of one day without an hour stand at one moment: a page ends after the last of them."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """Who this is, for whoever reads here."""

    line: PersonLine
    status: str
    speaks: str
    languages: tuple[str, ...]
    officers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lived:
    """A stay, as charts and gaps need it."""

    unit_id: int
    began: date
    ended: date | None


def reaches(
    person_id: int, *, viewer: Viewer, right: Right, compartment: Compartment = WING
) -> bool:
    """Whether the viewer has the right about this person, in the wing's records unless said."""
    if viewer.everywhere:
        return viewer.may(right, compartment)
    return person_id in viewer.people(compartment, right)


# ---- Who this is ----


def introduction(person_id: int, *, viewer: Viewer) -> Introduction:
    """Name, cell, legal status, languages, personal officers; 404 out of reach."""
    line = person_line(person_id, viewer=viewer)
    rows = scope(
        Person.objects.filter(id=person_id),
        viewer=viewer,
        compartment=Compartment.IDENTITY,
        person="id",
    )
    languages, status = rows.annotate(
        now=FilteredRelation("statuses", condition=Q(statuses__until__isnull=True))
    ).values_list("languages", "now__status")[0]
    return Introduction(
        line=line,
        status=str(Status(status).label) if status else "",
        speaks=speaks(languages),
        languages=tuple(languages),
        officers=officers(person_id, viewer=viewer),
    )


def officers(person_id: int, *, viewer: Viewer) -> tuple[str, ...]:
    """Short names of the personal officers."""
    found = personal_officers([person_id], viewer=viewer).get(person_id, [])
    return tuple(name for _staff, name in found)


def my_entries(person_id: int, *, viewer: Viewer) -> list[Written]:
    """What the viewer wrote about this person, for whoever writes here and reads back their own."""
    since = timezone.localdate() - LOOKED_BACK
    return [
        entry
        for entry in written_by_me(viewer=viewer, since=since, person_id=person_id)
        if entry.withdrawn_at is None
    ]


def stays(person_id: int, *, viewer: Viewer) -> list[Lived]:
    """Where the person has lived in the last four months, oldest first."""
    rows = scope(
        Stay.objects.filter(
            Q(ended_at__isnull=True) | Q(ended_at__gte=timezone.now() - LOOKED_BACK),
            person_id=person_id,
        ),
        viewer=viewer,
        compartment=Compartment.IDENTITY,
    )
    return [
        Lived(unit, timezone.localdate(began), timezone.localdate(ended) if ended else None)
        for unit, began, ended in rows.order_by("began_at").values_list(
            "unit_id", "began_at", "ended_at"
        )
    ]


# ---- How they are ----


_PICTURE = (
    "channel__key", "channel__name", "channel__low", "channel__high", "band_low", "band_high",
    "state", "because", "direction", "since", "size", "wing_share", "chance", "usual", "first_day",
    "drawn_to", "drawn_at", "method", "channel__retired_at",
)  # fmt: skip


def pictures(person_id: int, *, viewer: Viewer) -> list[ChannelPicture]:
    """Each channel in words, without its lines: those that changed first, those retired last."""
    rows = scope(Picture.objects.filter(person_id=person_id), viewer=viewer, compartment=WING)
    found = []
    for row in rows.order_by("channel__position", "channel_id").values(*_PICTURE):
        values: dict[str, Any] = dict(row)
        key = values.pop("channel__key")
        named = [values.pop(f"channel__{part}") for part in ("name", "low", "high")]
        name, low, high = map(gettext, named)
        band = (values.pop("band_low"), values.pop("band_high"))
        values["band"] = None if None in band else band
        retired_at = values.pop("channel__retired_at")
        values["asked_until"] = timezone.localdate(retired_at) if retired_at else None
        found.append(ChannelPicture(key=key, name=name, low=low, high=high, **values))
    viewer.saw("charts", [person_id] if found else [])
    return sorted(
        found, key=lambda each: (each.asked_until is not None, each.state != ChartState.TALK)
    )


def with_lines(
    picture: ChannelPicture, person_id: int, unit_id: int | None, *, viewer: Viewer
) -> ChannelPicture:
    """The same picture with its values a day, the wing's beside, and what was taken as usual."""
    taken = TakenAsUsual.objects.filter(
        person_id=OuterRef("person_id"),
        channel_id=OuterRef("channel_id"),
        day__gte=OuterRef("first_day"),
        taken_back_at__isnull=True,
    ).order_by("said_at")
    rows = scope(
        Picture.objects.filter(person_id=person_id, channel__key=picture.key),
        viewer=viewer,
        compartment=WING,
    )
    said = JSONObject(day="day", given="said_by__given_name", family="said_by__family_name")
    raw, line, said_so = rows.values_list("raw", "line", ArraySubquery(taken.values(said=said)))[0]
    weather_from, weather = (
        UnitPicture.objects.filter(unit_id=unit_id or 0, channel__key=picture.key)
        .values_list("first_day", "weather")
        .first()
    ) or (None, ())
    taken_on = [
        Happened(
            date.fromisoformat(each["day"]),
            taken_as_usual(short_name(each["given"], each["family"])),
        )
        for each in said_so
    ]
    return replace(
        picture,
        raw=raw,
        line=line,
        weather_from=weather_from,
        weather=weather,
        taken=taken_on,
    )


def happened(
    person_id: int, lived: Iterable[Lived], *, viewer: Viewer, since: date, until: date
) -> list[Happened]:
    """What may explain a change: moves, lock-downs where the person lived, visits called off."""
    homes = list(lived)
    found = [Happened(stay.began, gettext("move")) for stay in homes[1:]]
    locked = {
        day
        for unit, day in UnitDay.objects.filter(
            unit_id__in={stay.unit_id for stay in homes},
            day__range=(since, until),
            hours_locked_down__gte=1,
        ).values_list("unit_id", "day")
        if any(
            stay.unit_id == unit and stay.began <= day and (not stay.ended or day <= stay.ended)
            for stay in homes
        )
    }
    found += locked_down(locked)
    visits = scope(
        Coming.objects.filter(
            person_id=person_id,
            kind=ComingKind.VISIT,
            cancelled_at__isnull=False,
            at__date__range=(since, until),
        ),
        viewer=viewer,
        compartment=WING,
    )
    found += [
        Happened(timezone.localdate(at), gettext("visit cancelled"))
        for at in visits.values_list("at", flat=True)
    ]
    return found


def judged_today(person_id: int, *, viewer: Viewer) -> bool:
    """Whether the viewer has written today, so that others' marks of today sway nothing."""
    return Reflection.objects.filter(
        person_id=person_id,
        author_id=viewer.staff_id,
        day=timezone.localdate(),
        withdrawn_at__isnull=True,
    ).exists()


def last_written(person_id: int, *, viewer: Viewer) -> list[LastWritten]:
    """Setting by setting, when somebody last wrote, and last had a conversation."""
    rows = scope(
        Reflection.objects.filter(
            ~Q(contact=Contact.NOT_SEEN),
            person_id=person_id,
            day__gte=timezone.localdate() - LOOKED_BACK,
            withdrawn_at__isnull=True,
        ),
        viewer=viewer,
        compartment=WING,
    )
    return [
        LastWritten(*row)
        for row in rows.order_by()
        .values("setting")
        .annotate(last=Max("day"), talk=Max("day", filter=Q(contact__in=TALKS)))
        .values_list("setting", "last", "talk")
    ]


# ---- One column of time ----


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries, newest first; ``before`` asks for the next earlier page, None at the end."""

    entries: list[TimelineEntry]
    before: datetime | None


def timeline_of(
    person_id: int,
    *,
    viewer: Viewer,
    before: datetime | None = None,
    kinds: Iterable[str] = (),
    limit: int = LONGEST_PAGE,
) -> Page:
    """What every app that holds records of the person has to tell, merged.

    ``kinds`` narrows it to providers of these names.
    """
    wanted = set(kinds)
    found = [
        entry
        for name, provider in timeline.known.items()
        if not wanted or name in wanted
        for entry in provider(viewer=viewer, person_id=person_id, before=before, limit=limit + TIES)
    ]
    found.sort(key=lambda entry: (entry.at, entry.key), reverse=True)
    shown = found[:limit]
    shown += [entry for entry in found[limit:] if entry.at == shown[-1].at]
    before = shown[-1].at if len(found) > len(shown) else None
    shown = saying_whence(shown, viewer=viewer)
    for beside in beside_entries:
        shown = beside(viewer=viewer, person_id=person_id, entries=shown)
    return Page(shown, before)
