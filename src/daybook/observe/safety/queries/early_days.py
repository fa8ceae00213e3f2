"""Check-ins that are owed and that were done, and what other pages are told of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.queries import require_unit
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import reached, scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import PersonLine, people_on
from daybook.foundation.registry.providers import Aside, Due, Happened, TimelineEntry, Voice
from daybook.foundation.staff.models import short_name

from ..models import CheckIn
from ..rules.early_days import when_in_words
from ..vocabulary import LookIn, Occasion

SAFETY = Compartment.SAFETY
WHAT = "check-ins"
LATELY = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Check:
    """One check-in: owed while ``done_at`` is None, unless ``withdrawn``."""

    key: UUID
    person_id: int
    occasion: str
    opens_at: datetime
    due_at: datetime
    came_of_it: str
    words: str
    by: str
    done_at: datetime | None
    withdrawn: bool

    @property
    def label(self) -> str:
        return str(Occasion(self.occasion).label)

    @property
    def how(self) -> str:
        """What came of it, in words."""
        return str(LookIn(self.came_of_it).label) if self.came_of_it else ""

    @property
    def when(self) -> str:
        """How it stands while it is owed."""
        return when_in_words(
            self.opens_at,
            self.due_at,
            now=timezone.now(),
            zone=timezone.get_current_timezone(),
        )

    @property
    def late(self) -> bool:
        return self.done_at is None and self.due_at < timezone.now()

    @property
    def is_open(self) -> bool:
        """Whether somebody can look in for it now."""
        return self.done_at is None and not self.withdrawn and self.opens_at <= timezone.now()


def may_do(person_id: int, *, viewer: Viewer) -> bool:
    return not viewer.everywhere and person_id in viewer.people(SAFETY, Right.WRITE)


def check_in_with(key: UUID, *, viewer: Viewer) -> Check:
    """One check-in, or 404."""
    found = _checks(_in_reach(viewer).filter(id=key), viewer)
    if not found:
        raise Http404
    return found[0]


def owed_to(people: Collection[int], *, viewer: Viewer, until: datetime) -> list[Check]:
    """What is owed to people who live here and opens by ``until``, the longest due first."""
    within = reached(people, viewer=viewer, compartment=SAFETY)
    if not within:
        return []
    with connection.cursor() as cursor:
        cursor.execute(OWED, [within, until])
        found = [
            _check(key, person, occasion, opens_at, due_at, "", "", "", "", None, None)
            for key, person, occasion, opens_at, due_at in cursor.fetchall()
        ]
    viewer.saw(WHAT, [each.person_id for each in found])
    return found


# The board asks this of a whole wing.
OWED = """
    select c.id, c.person_id, c.occasion, c.opens_at, c.due_at
      from safety_checkin c
      join people_stay s on s.person_id = c.person_id and s.ended_at is null
     where c.person_id = any(%s::bigint[]) and c.opens_at <= %s
       and c.done_at is null and c.withdrawn_at is null
     order by c.due_at, c.id
"""


def on_unit(
    unit_id: int, *, viewer: Viewer
) -> tuple[list[tuple[PersonLine, Check]], list[tuple[PersonLine, Check]]]:
    """Of everyone on a unit: what is owed now and ahead, and what was done lately. Else 404."""
    require_unit(unit_id, viewer=viewer, compartment=SAFETY)
    with viewer.unseen():
        people = {line.id: line for line in people_on(unit_id, viewer=viewer, compartment=SAFETY)}
    of = _in_reach(viewer).filter(person_id__in=people)
    owed = _checks(_owed(of).order_by("due_at", "id"), viewer)
    done = _checks(
        of.filter(done_at__gte=timezone.now() - LATELY).order_by("-done_at", "id"), viewer
    )
    viewer.saw("names", [each.person_id for each in (*owed, *done)])
    return (
        [(people[each.person_id], each) for each in owed],
        [(people[each.person_id], each) for each in done],
    )


def _in_reach(viewer: Viewer) -> QuerySet[CheckIn]:
    return scope(CheckIn.objects.all(), viewer=viewer, compartment=SAFETY)


def _owed(rows: QuerySet[CheckIn]) -> QuerySet[CheckIn]:
    return rows.filter(
        done_at__isnull=True, withdrawn_at__isnull=True, person__stays__ended_at__isnull=True
    )


def _checks(rows: QuerySet[CheckIn], viewer: Viewer) -> list[Check]:
    found = [_check(*row) for row in rows.values_list(*_CHECK)]
    viewer.saw(WHAT, [each.person_id for each in found])
    return found


def _check(
    key: UUID, person: int, occasion: str, opens_at: datetime, due_at: datetime, came_of_it: str,
    words: str, given: str, family: str, done_at: datetime | None, withdrawn: datetime | None,
) -> Check:  # fmt: skip
    by = short_name(given, family) if done_at else ""
    return Check(
        key, person, occasion, opens_at, due_at, came_of_it, words, by, done_at,
        withdrawn is not None,
    )  # fmt: skip


_CHECK = (
    "id", "person_id", "occasion", "opens_at", "due_at", "came_of_it", "words",
    "done_by__given_name", "done_by__family_name", "done_at", "withdrawn_at",
)  # fmt: skip


# ---- What other pages are told ----


def due(*, viewer: Viewer, people: Collection[int], until: date) -> list[Due]:
    """What is owed to each of them today, from the minute it opens until it is done."""
    if not viewer.may(Right.READ, SAFETY):
        return []
    zone = timezone.get_current_timezone()
    ends = timezone.make_aware(datetime.combine(until, time.max))
    return [
        Due(
            each.due_at.astimezone(zone).date(),
            _("Look in, {occasion}: {when}").format(occasion=each.label, when=each.when),
            reverse("safety:check-in", args=[each.key]),
            each.person_id,
        )
        for each in owed_to(people, viewer=viewer, until=ends)
    ]


def aside(*, viewer: Viewer, person_id: int) -> list[Aside]:
    """The next check-ins of one person, first the one to do now."""
    if not viewer.may(Right.READ, SAFETY):
        return []
    owed = owed_to([person_id], viewer=viewer, until=timezone.now() + timedelta(days=8))
    if not owed:
        return []
    lines = tuple(
        _("{occasion}: {when}").format(occasion=each.label.capitalize(), when=each.when)
        for each in owed
    )
    url = reverse("safety:check-in", args=[owed[0].key])
    return [Aside(_("Early days and hard turns"), lines, url, _("Look in"))]


def happened(*, viewer: Viewer, unit_id: int, since: datetime, until: datetime) -> list[Happened]:
    """Check-ins done in the shift, of those who live on the unit now."""
    if not viewer.may(Right.READ, SAFETY):
        return []
    with viewer.unseen():
        people = [line.id for line in people_on(unit_id, viewer=viewer, compartment=SAFETY)]
    rows = _in_reach(viewer).filter(person_id__in=people, done_at__gte=since, done_at__lt=until)
    return [
        Happened(
            each.done_at,
            _("looked in, {occasion}: {how}").format(occasion=each.label, how=each.how),
            each.by,
            each.person_id,
            reverse("safety:check-in", args=[each.key]),
        )
        for each in _checks(rows.order_by("done_at"), viewer)
        if each.done_at
    ]


def timeline(
    *, viewer: Viewer, person_id: int, before: datetime | None, limit: int
) -> list[TimelineEntry]:
    """Check-ins that were done, newest first."""
    rows = _in_reach(viewer).filter(person_id=person_id, done_at__isnull=False)
    if before:
        rows = rows.filter(done_at__lt=before)
    return [_entry(each) for each in _checks(rows.order_by(F("done_at").desc())[:limit], viewer)]


def _entry(check: Check) -> TimelineEntry:
    said: list[Any] = [Voice("did", f"{check.how[:1].upper()}{check.how[1:]}.")]
    if check.words:
        said.append(Voice("fact", check.words))
    assert check.done_at is not None
    return TimelineEntry(
        check.done_at,
        check.by,
        _("check-in, {occasion}").format(occasion=check.label),
        tuple(said),
        "check-in",
        str(check.key),
        reverse("safety:check-in", args=[check.key]),
    )
