"""Requests for what was told in confidence: one's own, and those one answers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.http import Http404

from daybook.foundation.access.roles import ANALYST, Compartment, Reach, Right
from daybook.foundation.access.scope import as_author, scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.models import Identifier
from daybook.foundation.vault.fields import Slot, slot
from daybook.foundation.vault.queries import Unreadable, unseal, unseal_all

from .models import Answer, Question, Source
from .queries import IN_CONFIDENCE, _writers, consented, named
from .vocabulary import ABOUT_A_PERSON, Kept, Reply

LATEST = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One request in a list: nothing of what it says."""

    key: UUID
    kept: Kept
    about: str
    written_at: datetime
    reply: Reply | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Told:
    """What was decided, why, and what was told."""

    reply: Reply
    reason: str | Unreadable
    words: str | Unreadable
    by: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """One request whole, for whoever asked and whoever answers."""

    key: UUID
    kept: Kept
    about: str
    person_id: int | None
    words: str | Unreadable
    reason: str | Unreadable
    by: str
    written_at: datetime
    answer: Told | None
    keeps: bool
    """The viewer is one of those who answer it."""
    source: str | Unreadable
    """Who it is, for the custodian, while the request waits."""

    @property
    def to_answer(self) -> bool:
        return self.keeps and self.answer is None


# ---- Who may ----


def may_ask(viewer: Viewer) -> bool:
    """Whoever works with people may. Whoever puts information into context may not: what is told
    to a chaplain or a clinician is never harvested."""
    reaches = any(held.role.reach not in (Reach.NONE, Reach.SERVICE) for held in viewer.held)
    return reaches and not viewer.everywhere and not viewer.holds(ANALYST)


def may_ask_about_sources(viewer: Viewer) -> bool:
    return viewer.may(Right.READ, Compartment.INFORMATION) and not viewer.everywhere


def may_name_sources(viewer: Viewer) -> bool:
    return viewer.may(Right.WRITE, Compartment.INFORMATION) and not viewer.everywhere


def require(may: bool) -> None:
    if not may:
        raise Http404


def to_be_asked() -> list[Kept]:
    """What a request may be for: a service without chaplains has nothing pastoral."""
    return [
        each
        for each in ABOUT_A_PERSON
        if each is not Kept.PASTORAL or settings.CHAPLAINCY != "none"
    ]


def person_with(number: str, *, viewer: Viewer) -> int | None:
    """Whom a whole number means among those the viewer reaches; None for nobody, or for two."""
    rows = scope(
        Identifier.objects.filter(number=number.strip()),
        viewer=viewer,
        compartment=Compartment.IDENTITY,
    )
    found = set(rows.values_list("person_id", flat=True)[:2])
    return found.pop() if len(found) == 1 else None


def is_source(key: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select daybook.is_source(%s)", [key])
        return bool(cursor.fetchone()[0])


# ---- Lists ----


def my_questions(*, viewer: Viewer) -> list[Line]:
    """What the viewer asked, latest first."""
    with as_author(viewer):
        rows = list(
            Question.objects.filter(written_by_id=viewer.staff_id)
            .select_related("answer")
            .order_by("-written_at", "-id")[:LATEST]
        )
    return _lines(rows, viewer)


def to_answer(*, viewer: Viewer) -> list[Line]:
    """What waits for the viewer, the oldest first."""
    rows = Question.objects.filter(id__in=_kept_by(viewer), answer__isnull=True)
    return _lines(list(rows.order_by("written_at", "id")[:LATEST]), viewer)


def _lines(rows: list[Question], viewer: Viewer) -> list[Line]:
    people = {row.person_id for row in rows if row.person_id}
    names = {each.id: each.name for each in named(people, viewer=viewer)} if people else {}
    found = []
    for row in rows:
        answer = getattr(row, "answer", None)
        about = names.get(row.person_id or 0, "") if row.person_id else reference(row.source_id)
        reply = Reply(answer.reply) if answer else None
        answered_at = answer.written_at if answer else None
        found.append(Line(row.id, Kept(row.kept), about, row.written_at, reply, answered_at))
    return found


# ---- One ----


def asked(key: UUID, *, viewer: Viewer) -> Asked:
    """One request, for who asked, who answers, or the oversight body with the person's word."""
    with as_author(viewer):
        row = Question.objects.filter(id=key, written_by_id=viewer.staff_id).first()
        answer = Answer.objects.filter(question=row).first() if row else None
    keeps = False
    if row is None:
        keeps = key in _kept_by(viewer)
        by_word = Q(pk__in=[])
        for kept in ABOUT_A_PERSON:
            by_word |= Q(kept=kept, person_id__in=consented(viewer, kept))
        seen = Question.objects.filter(id=key)
        row = (seen if keeps else seen.filter(by_word)).first()
        answer = Answer.objects.filter(question=row).first() if row else None
    if row is None:
        raise Http404
    return _asked(row, answer, viewer, keeps=keeps)


def _asked(row: Question, answer: Answer | None, viewer: Viewer, *, keeps: bool) -> Asked:
    boxes = [(row.words, question_slot(row, "words")), (row.reason, question_slot(row, "reason"))]
    if answer:
        boxes.append((answer.reason, answer_slot(answer, row, "reason")))
        if answer.words:
            boxes.append((answer.words, answer_slot(answer, row, "words")))
    words, reason, *told = unseal_all(boxes)
    writers = _writers([row.written_by_id, *([answer.written_by_id] if answer else [])])
    people = [row.person_id] if row.person_id else []
    viewer.saw(IN_CONFIDENCE, people)
    viewer.asks(Compartment(row.kept))
    waits = keeps and answer is None
    return Asked(
        key=row.id,
        kept=Kept(row.kept),
        about=named(people, viewer=viewer)[0].name if people else reference(row.source_id),
        person_id=row.person_id,
        words=words,
        reason=reason,
        by=writers.get(row.written_by_id, ""),
        written_at=row.written_at,
        answer=Told(
            Reply(answer.reply),
            told[0],
            told[1] if len(told) > 1 else "",
            writers.get(answer.written_by_id, ""),
            answer.written_at,
        )
        if answer
        else None,
        keeps=keeps,
        source=_who(row.source_id) if waits and row.source_id else "",
    )


def _who(source: UUID) -> str | Unreadable:
    row = Source.objects.filter(id=source).first()
    return unseal(row.words, slot=source_slot(row)) if row else ""


def _kept_by(viewer: Viewer) -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("select daybook.kept_by_viewer()")
        return set(cursor.fetchone()[0])


def reference(source: UUID | None) -> str:
    """How a source is called where nobody may know who it is."""
    return str(source or "")


# ---- Where words are sealed to ----


def question_slot(row: Question, column: str) -> Slot:
    return slot(Question, column, row=row.id, whose=_whose(row), compartment=row.kept)


def answer_slot(row: Answer, to: Question, column: str) -> Slot:
    return slot(Answer, column, row=row.id, whose=_whose(to), compartment=to.kept)


def source_slot(row: Source) -> Slot:
    return slot(Source, "words", row=row.id, whose=row.id, compartment=Kept.SOURCE)


def _whose(row: Question) -> UUID | int:
    whose = row.person_id or row.source_id
    assert whose is not None
    return whose
