"""Questions to outside services and from them: for the desk within its reach, and for whoever
inspects. Whoever leads reads how many were never answered, and of whom none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import connection
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from daybook.foundation.access.roles import ANALYST, GOVERNOR, OVERSIGHT, Compartment, Right
from daybook.foundation.access.scope import require, scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import PersonLine, people_with
from daybook.foundation.staff.models import Staff

from ..models import Account, Answer, Concern, Enquiry, Feedback
from ..rules.outside import (
    ANSWERED_LATELY,
    LOOKED_BACK,
    Standing,
    Unanswered,
    age_in_words,
    standing,
)
from ..vocabulary import Behaviour, Way

INFORMATION = Compartment.INFORMATION
WHAT = "questions of outside services"
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One question in a list."""

    key: UUID
    person: PersonLine
    way: Way
    agency: str
    question: str
    age: str
    late: bool
    due_on: date
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Said:
    """What was answered, or told of what came of it."""

    words: str
    conditions: str
    by: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Whole:
    """One question whole."""

    key: UUID
    person: PersonLine
    way: Way
    agency: str
    question: str
    legal_basis: str
    age: str
    by: str
    written_at: datetime
    due_on: date
    concern: UUID | None
    goes_on: bool
    """The concern beside which it was asked still goes on."""
    answer: Said | None
    feedback: Said | None
    laid: bool
    """The answer lies beside its concern."""
    works_on_it: bool
    """The viewer is at the desk; whoever inspects reads."""

    @property
    def ours(self) -> bool:
        return self.way is Way.OUT

    @property
    def to_answer(self) -> bool:
        return self.works_on_it and self.answer is None

    @property
    def to_feed_back(self) -> bool:
        return self.works_on_it and self.answer is not None and self.feedback is None

    @property
    def to_lay(self) -> bool:
        waits = self.answer is not None and not self.laid
        return self.works_on_it and self.ours and self.goes_on and waits


@dataclass(frozen=True, slots=True)
class Beside:
    """A concern that goes on, as something a question may be asked beside."""

    key: UUID
    behaviour: str
    opened_at: datetime


# ---- Who may ----


def require_desk(viewer: Viewer, person_id: int) -> None:
    """Go on where the viewer works on this person's information; else as if nobody were there."""
    if not viewer.holds(ANALYST):
        raise Http404
    for right in (Right.READ, Right.WRITE):
        require(person_id, viewer=viewer, compartment=INFORMATION, right=right)


def require_reader(viewer: Viewer) -> None:
    if not (viewer.holds(ANALYST) or _inspects(viewer)):
        raise Http404


def may_know_of_unanswered(viewer: Viewer) -> bool:
    """Whoever leads the place, whoever inspects, and the desk whose questions they are."""
    return viewer.holds(GOVERNOR, OVERSIGHT, ANALYST)


def _inspects(viewer: Viewer) -> bool:
    return viewer.holds(OVERSIGHT)


def _enquiries(viewer: Viewer) -> QuerySet[Enquiry]:
    require_reader(viewer)
    return scope(
        Enquiry.objects.select_related("answer", "feedback"),
        viewer=viewer,
        compartment=INFORMATION,
    )


# ---- Lists ----


def open_enquiries(*, viewer: Viewer) -> list[Line]:
    """What waits for an answer, either way, the oldest first."""
    rows = _enquiries(viewer).filter(answer__isnull=True).order_by("written_at", "id")
    return _lines(rows[:SHOWN], viewer)


def answered_lately(*, viewer: Viewer) -> list[Line]:
    rows = _enquiries(viewer).filter(answer__written_at__gt=timezone.now() - ANSWERED_LATELY)
    return _lines(rows.order_by("-answer__written_at", "id")[:SHOWN], viewer)


def asked_of_us_and_due(*, viewer: Viewer) -> list[Line]:
    """Questions of others that nobody has answered though their day has come."""
    if not viewer.holds(ANALYST):
        return []
    rows = _enquiries(viewer).filter(
        way=Way.IN, answer__isnull=True, due_on__lte=timezone.localdate()
    )
    return _lines(rows.order_by("due_on", "id")[:SHOWN], viewer)


def _lines(rows: QuerySet[Enquiry], viewer: Viewer) -> list[Line]:
    found, today = list(rows), timezone.localdate()
    viewer.saw(WHAT, [row.person_id for row in found])
    people = people_with({row.person_id for row in found}, viewer=viewer)
    return [
        Line(
            key=row.id,
            person=people[row.person_id],
            way=Way(row.way),
            agency=row.agency,
            question=row.question,
            age=_age(row, today),
            late=_stands(row, today) is Standing.LATE,
            due_on=row.due_on,
            answered_at=row.answer.written_at if hasattr(row, "answer") else None,
        )
        for row in found
        if row.person_id in people
    ]


def _age(row: Enquiry, today: date) -> str:
    asked_on = timezone.localtime(row.written_at).date()
    return age_in_words(row.way, asked_on, row.due_on, today=today)


def _stands(row: Enquiry, today: date) -> Standing:
    return standing(row.due_on, answered=hasattr(row, "answer"), today=today)


# ---- One ----


def enquiry(key: UUID, *, viewer: Viewer) -> Whole:
    """One question with its answer and what came of it; 404 for whoever has no part in it."""
    row = _enquiries(viewer).select_related("written_by").filter(id=key).first()
    if row is None:
        raise Http404
    viewer.saw(WHAT, [row.person_id])
    people = people_with([row.person_id], viewer=viewer)
    if row.person_id not in people:
        raise Http404
    works = viewer.holds(ANALYST) and viewer.reaches(row.person_id, INFORMATION, Right.WRITE)
    answer, feedback = getattr(row, "answer", None), getattr(row, "feedback", None)
    return Whole(
        key=row.id,
        person=people[row.person_id],
        way=Way(row.way),
        agency=row.agency,
        question=row.question,
        legal_basis=row.legal_basis,
        age="" if answer else _age(row, timezone.localdate()),
        by=row.written_by.short_name,
        written_at=row.written_at,
        due_on=row.due_on,
        concern=row.concern_id,
        goes_on=_goes_on(row.concern_id),
        answer=_said(answer),
        feedback=_said(feedback),
        laid=Account.objects.filter(id=account_key(row.id)).exists(),
        works_on_it=works,
    )


def _goes_on(concern: UUID | None) -> bool:
    return (
        concern is not None and Concern.objects.filter(pk=concern, ended_at__isnull=True).exists()
    )


def _said(row: Answer | Feedback | None) -> Said | None:
    if row is None:
        return None
    by = Staff.objects.get(id=row.written_by_id).short_name
    return Said(row.words, getattr(row, "conditions", ""), by, row.written_at)


def account_key(enquiry: UUID) -> UUID:
    """How the account is called that an answer becomes beside its concern: there is one."""
    return uuid5(enquiry, "laid beside its concern")


def person_of(concern: UUID, *, viewer: Viewer) -> int:
    """Whom a concern is about, for the desk; 404 for anybody else."""
    person_id = Concern.objects.filter(pk=concern).values_list("person_id", flat=True).first()
    if person_id is None:
        raise Http404
    require_desk(viewer, person_id)
    return person_id


def concerns_beside(person_id: int, *, viewer: Viewer) -> list[Beside]:
    """Concerns about the person that go on, for the desk that asks."""
    require_desk(viewer, person_id)
    rows = scope(
        Concern.objects.filter(person_id=person_id, ended_at__isnull=True),
        viewer=viewer,
        compartment=INFORMATION,
    ).order_by("-opened_at")
    viewer.saw("information", [person_id])
    return [
        Beside(key, str(Behaviour(behaviour).label), opened_at)
        for key, behaviour, opened_at in rows.values_list("pk", "behaviour", "opened_at")[:SHOWN]
    ]


def agencies(*, viewer: Viewer) -> Sequence[str]:
    """Services that the desk has exchanged with, so that each is spelled one way."""
    return list(
        _enquiries(viewer).order_by("agency").values_list("agency", flat=True).distinct()[:SHOWN]
    )


# ---- Never answered ----


def unanswered(*, viewer: Viewer) -> list[Unanswered]:
    """What has waited, in the last year, in the viewer's establishment or in the service."""
    if not may_know_of_unanswered(viewer):
        raise Http404
    with connection.cursor() as cursor:
        cursor.execute(
            "select way, agency, asked_on, due_on from daybook.unanswered(%s)",
            [timezone.localdate() - LOOKED_BACK],
        )
        return [Unanswered(*row) for row in cursor.fetchall()]
