"""Requests and promises: of a unit's people, of one person, and those one has made oneself."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import reached, scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.duties.rules import when_due
from daybook.foundation.people.queries import PersonLine, people_on
from daybook.foundation.staff.models import short_name

from ..models import Request, RequestStep
from ..rules.requests import ANSWERS, PROMISES, possible_steps, standing
from ..vocabulary import Step

WING = Compartment.WING


@dataclass(frozen=True, slots=True)
class Taken:
    """One step, and who wrote it down."""

    number: int
    kind: str
    promised_by_id: int | None
    promised_by: str
    due_on: date | None
    words: str
    written_by: str
    written_at: datetime

    @property
    def kind_words(self) -> str:
        return str(Step(self.kind).label)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request with everything that became of it, in order."""

    id: UUID
    person_id: int
    asked: str
    asked_on: date
    asked_of: str
    written_by: str
    written_at: datetime
    ended_at: datetime | None
    steps: tuple[Taken, ...]

    @property
    def kinds(self) -> list[str]:
        return [step.kind for step in self.steps]

    @property
    def promise(self) -> Taken | None:
        """The promise that holds, unless there is an answer."""
        if self.answer:
            return None
        return next((step for step in reversed(self.steps) if step.kind in PROMISES), None)

    @property
    def answer(self) -> Taken | None:
        return next((step for step in self.steps if step.kind in ANSWERS), None)

    @property
    def kept(self) -> bool:
        return Step.KEPT in self.kinds

    @property
    def possible(self) -> tuple[Step, ...]:
        return possible_steps(self.kinds)

    @property
    def stands(self) -> str:
        """Where it stands, in one line."""
        promise, answer = self.promise, self.answer
        return standing(
            self.kinds,
            promised_by=promise.promised_by if promise else "",
            when=when_due(promise.due_on, timezone.localdate())
            if promise and promise.due_on
            else "",
            why=answer.words if answer else "",
        )


@dataclass(frozen=True, slots=True)
class Promised:
    """What somebody promised on a request that is still open, and by when."""

    id: UUID
    person_id: int
    asked: str
    due_on: date
    promised_by: str


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody on the unit, and what they wait for."""

    person: PersonLine
    requests: list[Asked]


_REQUEST = (
    "id", "person_id", "asked", "asked_on", "asked_of__given_name", "asked_of__family_name",
    "written_by__given_name", "written_by__family_name", "written_at", "ended_at",
)  # fmt: skip
_STEP = (
    "request_id", "number", "kind", "promised_by_id", "promised_by__given_name",
    "promised_by__family_name", "due_on", "words", "written_by__given_name",
    "written_by__family_name", "written_at",
)  # fmt: skip


def asked_on_unit(unit_id: int, *, viewer: Viewer) -> list[Asking]:
    """Everyone on the unit who waits for something, by cell."""
    with viewer.unseen():
        people = people_on(unit_id, viewer=viewer, compartment=WING)
    waiting: dict[int, list[Asked]] = defaultdict(list)
    for asked in open_requests([line.id for line in people], viewer=viewer):
        waiting[asked.person_id].append(asked)
    return [Asking(line, waiting[line.id]) for line in people if line.id in waiting]


def open_requests(people: Collection[int], *, viewer: Viewer) -> list[Asked]:
    """What these people still wait for, the longest waiting first."""
    rows = Request.objects.filter(person_id__in=set(people), ended_at__isnull=True)
    return _seen(_scoped(rows, viewer).order_by("written_at", "id"), viewer)


def promised(people: Collection[int], *, viewer: Viewer, until: date) -> list[Promised]:
    """Promises to these people that hold and are due by ``until``, soonest first."""
    within = reached(people, viewer=viewer, compartment=WING)
    if not within:
        return []
    with connection.cursor() as cursor:
        cursor.execute(PROMISED, [within, [str(kind) for kind in PROMISES], until])
        found = [
            Promised(key, person, asked, due_on, short_name(given or "", family or ""))
            for key, person, asked, due_on, given, family in cursor.fetchall()
        ]
    viewer.saw("requests", [each.person_id for each in found])
    return found


# The board asks this of a whole wing. A later promise takes the place of an earlier one.
PROMISED = """
    select id, person_id, asked, due_on, given_name, family_name
      from (select distinct on (r.id) r.id, r.person_id, r.asked, s.due_on, w.given_name,
                   w.family_name
              from shifts_request r
              join shifts_requeststep s on s.request_id = r.id
              left join staff_staff w on w.id = s.promised_by_id
             where r.person_id = any(%s::bigint[]) and r.ended_at is null
               and r.struck_at is null and s.struck_at is null
               and s.kind = any(%s::text[])
             order by r.id, s.number desc) holds
     where due_on <= %s
     order by due_on, id
"""


def requests_of(person_id: int, *, viewer: Viewer, limit: int = 50) -> list[Asked]:
    """All that one person asked for, what is open first, then the latest."""
    rows = _scoped(Request.objects.filter(person_id=person_id), viewer)
    found = _seen(rows.order_by("-written_at", "-id")[:limit], viewer)
    return sorted(found, key=lambda asked: asked.ended_at is not None)


def requests_by_latest(
    person_id: int, *, viewer: Viewer, before: datetime | None, limit: int
) -> list[Asked]:
    """What one person asked for, by the latest thing that became of it, newest first."""
    last = RequestStep.objects.filter(request_id=OuterRef("id")).order_by("-number")
    rows = _scoped(Request.objects.filter(person_id=person_id), viewer).annotate(
        latest=Coalesce(Subquery(last.values("written_at")[:1]), "written_at")
    )
    if before:
        rows = rows.filter(latest__lt=before)
    return _seen(rows.order_by("-latest", "-id")[:limit], viewer)


def request_with(key: UUID, *, viewer: Viewer) -> Asked:
    """One request, or 404 alike for absent and out of reach."""
    found = _seen(_scoped(Request.objects.filter(id=key), viewer), viewer)
    if not found:
        raise Http404
    return found[0]


def my_promises(*, viewer: Viewer) -> list[Asked]:
    """What the viewer has promised to people still in reach, and not yet kept; soonest first."""
    rows = _scoped(
        Request.objects.filter(
            ended_at__isnull=True,
            id__in=RequestStep.objects.filter(promised_by_id=viewer.staff_id).values("request_id"),
        ),
        viewer,
    )
    mine = [
        (asked.promise.due_on, asked)
        for asked in _seen(rows.order_by("id"), viewer)
        if asked.promise and asked.promise.promised_by_id == viewer.staff_id
    ]
    return [asked for _day, asked in sorted(mine, key=lambda each: each[0] or date.max)]


def kept_lately(person_id: int, *, viewer: Viewer, since: datetime) -> list[Asked]:
    """Promises kept to somebody since then, the latest first."""
    rows = _scoped(Request.objects.filter(person_id=person_id, ended_at__gte=since), viewer)
    found = _seen(rows.order_by("-ended_at", "-id")[:10], viewer)
    return [asked for asked in found if asked.kept]


def may_answer(asked: Asked, *, viewer: Viewer) -> bool:
    return viewer.may(Right.WRITE, WING) and (asked.person_id in viewer.people(WING, Right.WRITE))


def with_steps(rows: Iterable[tuple[Any, ...]]) -> list[Asked]:
    """The requests of these rows, read in one more question with all that became of them."""
    requests = list(rows)
    steps: dict[UUID, list[Taken]] = defaultdict(list)
    if requests:
        for key, number, kind, promiser, given, family, due_on, words, by, name, at in (
            RequestStep.objects.filter(request_id__in=[row[0] for row in requests])
            .order_by("number")
            .values_list(*_STEP)
        ):
            who = short_name(given or "", family or "")
            steps[key].append(
                Taken(number, kind, promiser, who, due_on, words, short_name(by, name), at)
            )
    return [
        Asked(
            key, person, asked, on, short_name(given, family), short_name(by, name), at, ended,
            tuple(steps[key]),
        )
        for key, person, asked, on, given, family, by, name, at, ended in requests
    ]  # fmt: skip


def _scoped(rows: QuerySet[Request], viewer: Viewer) -> QuerySet[Request]:
    return scope(rows, viewer=viewer, compartment=WING)


def _seen(rows: QuerySet[Request], viewer: Viewer) -> list[Asked]:
    found = with_steps(rows.values_list(*_REQUEST))
    viewer.saw("requests", [asked.person_id for asked in found])
    return found
