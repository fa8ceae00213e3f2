"""What is ahead of people, what was lately, and who is out under escort."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.formats import time_format

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import as_author, require, scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.staff.models import short_name
from daybook.ui.words import day_words

from ..models import Coming, ComingKind, Escort, EscortKind
from .rules import LATELY, STILL_COMING, moment, when

WING = Compartment.WING


@dataclass(frozen=True, slots=True)
class Ahead:
    """Something that is, or was, to come; ``by`` is empty where another system told it."""

    key: UUID
    person_id: int
    what: str
    at: datetime
    words: str
    called_off: bool
    by: str

    @property
    def when(self) -> date | datetime:
        return when(self.at)

    @property
    def told(self) -> str:
        """The day as people say it, with its hour also where that is far ahead."""
        said, hour = (
            day_words(self.when, within=True),
            time_format(timezone.localtime(self.at), "H:i"),
        )
        far = isinstance(self.when, datetime) and not said.endswith(hour)
        return f"{said}, {hour}" if far else said


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody left under escort; ``back_at`` is None while they are out."""

    key: UUID
    person_id: int
    where: str
    left_at: datetime
    back_at: datetime | None


@dataclass(frozen=True, slots=True)
class WhatIsAhead:
    """For one person: what is to come, soonest first, and what was lately, latest first."""

    coming: list[Ahead]
    lately: list[Ahead]
    away: Away | None
    reads: bool
    """False for those who write here and read back their own: only theirs is in the lists."""
    writes: bool


_AHEAD = (
    "id", "person_id", "kind", "at", "words", "cancelled_at",
    "written_by__given_name", "written_by__family_name",
)  # fmt: skip


def coming(people: Iterable[int], *, viewer: Viewer, within: timedelta) -> list[Ahead]:
    """What is ahead for these people and not called off, soonest first; what is on, too."""
    now = timezone.now()
    rows = scope(
        Coming.objects.filter(
            _still_ahead(now),
            person_id__in=set(people),
            at__lt=now + within,
            cancelled_at__isnull=True,
        ),
        viewer=viewer,
        compartment=WING,
    )
    found = _told(rows.order_by("at", "id"))
    viewer.saw("coming events", [each.person_id for each in found])
    return found


def what_is_ahead(person_id: int, *, viewer: Viewer) -> WhatIsAhead:
    """Everything to come, what was within a week, and the escort; 404 out of reach.

    Those who only write on the wing are shown what they wrote themselves.
    """
    reads = _may(person_id, Right.READ, viewer)
    writes = _may(person_id, Right.WRITE, viewer)
    if not reads and not writes:
        raise Http404
    now = timezone.now()
    rows = Coming.objects.filter(person_id=person_id, at__gte=now - LATELY).order_by("at", "id")
    if reads:
        found = _told(scope(rows, viewer=viewer, compartment=WING))
    else:
        with as_author(viewer):
            found = _told(rows.filter(written_by_id=viewer.staff_id))
    ahead = [each for each in found if each.at >= now - STILL_COMING or each.at == _midnight(now)]
    viewer.saw("coming events", [person_id] if found else [])
    return WhatIsAhead(
        coming=ahead,
        lately=[each for each in reversed(found) if each not in ahead],
        away=away_now(person_id, viewer=viewer) if reads else None,
        reads=reads,
        writes=writes,
    )


def away_now(person_id: int, *, viewer: Viewer) -> Away | None:
    """The escort that the person is out under, or None."""
    return out_now([person_id], viewer=viewer).get(person_id)


def out_now(people: Iterable[int], *, viewer: Viewer) -> dict[int, Away]:
    """Who of these is out under escort, and since when."""
    rows = scope(
        Escort.objects.filter(person_id__in=set(people), back_at__isnull=True),
        viewer=viewer,
        compartment=WING,
    )
    return {each.person_id: each for each in _escorts(rows, viewer)}


def escort(person_id: int, key: UUID, *, viewer: Viewer) -> Away:
    """One escort, for those who may say that the person is back; 404 for others."""
    require(person_id, viewer=viewer, compartment=WING, right=Right.WRITE)
    rows = Escort.objects.filter(id=key, person_id=person_id)
    for found in _escorts(scope(rows, viewer=viewer, compartment=WING), viewer):
        return found
    raise Http404


def _may(person_id: int, right: Right, viewer: Viewer) -> bool:
    if viewer.everywhere:
        return viewer.may(right, WING)
    return person_id in viewer.people(WING, right)


def _still_ahead(now: datetime) -> Q:
    # What has a day and no hour is ahead, or on, until the day is over.
    return Q(at__gte=now - STILL_COMING) | Q(at=_midnight(now))


def _midnight(now: datetime) -> datetime:
    return moment(timezone.localdate(now), time.min)


def _told(rows: "QuerySet[Coming]") -> list[Ahead]:
    return [
        Ahead(
            key,
            person,
            str(ComingKind(kind).label),
            at,
            words,
            cancelled_at is not None,
            short_name(given, family) if family is not None else "",
        )
        for key, person, kind, at, words, cancelled_at, given, family in rows.values_list(*_AHEAD)
    ]


def _escorts(rows: "QuerySet[Escort]", viewer: Viewer) -> list[Away]:
    found = [
        Away(key, person, str(EscortKind(kind).label), left_at, back_at)
        for key, person, kind, left_at, back_at in rows.values_list(
            "id", "person_id", "kind", "left_at", "back_at"
        )
    ]
    viewer.saw("escorts", [each.person_id for each in found])
    return found
