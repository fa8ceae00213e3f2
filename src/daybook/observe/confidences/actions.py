"""Writing in confidence, asking, answering; taking down a person's word. All of it is kept."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.access.scope import as_author
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.duties.actions.notices import notify
from daybook.foundation.duties.kinds import NoticeKind
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.vault.actions import seal

from . import requests
from .models import Addition, Answer, Confidence, Consent, Question, Source
from .queries import addition_slot, my_note, require_hearing, words_slot
from .rules import problem_with_answer, problem_with_days, why_struck
from .vocabulary import Kept, Reply, Struck

ASKED = NoticeKind("in-confidence", gettext_lazy("Something was asked of you in confidence"))
ANSWERED = NoticeKind(
    "in-confidence-answered", gettext_lazy("What you asked in confidence was answered")
)


# ---- Notes ----


@transaction.atomic
def write(*, by: Viewer, key: UUID, person_id: int, words: str) -> None:
    """Sign what was told. Sending it twice is sending it once."""
    discipline = require_hearing(by, person_id)
    row = Confidence(
        id=key,
        person_id=person_id,
        discipline=discipline,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    row.words = seal(words, slot=words_slot(row))
    if _added(row, by=by):
        record(by=by, kind=Kind.COLLECTION, subject="in confidence", record=key, people=[person_id])


@transaction.atomic
def add(*, by: Viewer, key: UUID, confidence: UUID, words: str) -> None:
    """Set something beside one's own note."""
    note = my_note(confidence, viewer=by)
    with as_author(by):
        to = Confidence.objects.get(id=confidence)
        row = Addition(
            id=key,
            confidence=to,
            person_id=note.person_id,
            written_by_id=by.staff_id,
            written_at=timezone.now(),
        )
        row.words = seal(words, slot=addition_slot(row, to))
        fresh = _added(row, by=by)
    if fresh:
        record(
            by=by,
            kind=Kind.COLLECTION,
            subject="in confidence, added",
            record=key,
            people=[note.person_id],
            compartments=[note.discipline.compartment],
            signed=Addition,
        )


@transaction.atomic
def strike(*, by: Viewer, confidence: UUID, because: Struck) -> None:
    """One's own note stands no more, and nobody opens it again. Raises ``Cannot``, as rules say."""
    note = my_note(confidence, viewer=by)
    if because not in why_struck(note.written_at, now=timezone.now()):
        raise Cannot(_("A quarter of an hour has passed meanwhile: say why it does not stand."))
    with connection.cursor() as cursor:
        cursor.execute("select daybook.strike_confidence(%s, %s)", [confidence, because.value])
    record(
        by=by,
        kind=Kind.ALTERATION,
        subject="in confidence, struck",
        record=confidence,
        people=[note.person_id],
        compartments=[note.discipline.compartment],
        reason=because.value,
    )


# ---- Sources ----


@transaction.atomic
def name_source(*, by: Viewer, key: UUID, words: str) -> None:
    """Take down who said something, apart from what was said; ``key`` is how it is called."""
    requests.require(requests.may_name_sources(by))
    row = Source(id=key, written_by_id=by.staff_id, written_at=timezone.now())
    row.words = seal(words, slot=requests.source_slot(row))
    try:
        with transaction.atomic():
            Source.objects.bulk_create([row])
    except IntegrityError:
        # A second tap; nobody but the custodian could tell whether the words are the same.
        return
    record(
        by=by,
        kind=Kind.COLLECTION,
        subject="who a source is",
        record=key,
        compartments=[Kept.SOURCE],
        signed=Source,
    )


# ---- Requests ----


@transaction.atomic
def ask(*, by: Viewer, key: UUID, kept: Kept, person_id: int, words: str, reason: str) -> None:
    """Ask whoever keeps it. Whether there is anything to keep is not told by asking."""
    requests.require(requests.may_ask(by) and kept in requests.to_be_asked())
    row = Question(
        id=key,
        kept=kept,
        person_id=person_id,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    _ask(row, words, reason, by=by)


@transaction.atomic
def ask_about_source(*, by: Viewer, key: UUID, source: UUID, words: str, reason: str) -> None:
    requests.require(requests.may_ask_about_sources(by))
    if not requests.is_source(source):
        raise Cannot(_("There is no source with this reference. Copy it whole."))
    row = Question(
        id=key,
        kept=Kept.SOURCE,
        source_id=source,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    _ask(row, words, reason, by=by)


def _ask(row: Question, words: str, reason: str, *, by: Viewer) -> None:
    row.words = seal(words, slot=requests.question_slot(row, "words"))
    row.reason = seal(reason, slot=requests.question_slot(row, "reason"))
    if not _added(row, by=by):
        return
    people = [row.person_id] if row.person_id else []
    record(by=by, kind=Kind.COLLECTION, subject="asked in confidence", record=row.id, people=people)
    with connection.cursor() as cursor:
        cursor.execute("select daybook.keepers_of(%s)", [row.id])
        (keepers,) = cursor.fetchone()
    if keepers:
        notify(by=by, kind=ASKED.slug, staff_ids=keepers, path=reverse("confidences:mine"))


@transaction.atomic
def answer(*, by: Viewer, key: UUID, question: UUID, reply: Reply, reason: str, words: str) -> None:
    """Answer a request, once, with the reason and what may be known. Raises ``Cannot``."""
    asked = requests.asked(question, viewer=by)
    if not asked.keeps:
        raise Http404
    if asked.answer is not None:
        if Answer.objects.filter(id=key, written_by_id=by.staff_id).exists():
            return
        raise Cannot(_("This was answered meanwhile. An answer stays as it was given."))
    if problem := problem_with_answer(reply, words):
        raise Cannot(problem)
    to = Question.objects.get(id=question)
    row = Answer(
        id=key,
        question=to,
        reply=reply,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    row.reason = seal(reason, slot=requests.answer_slot(row, to, "reason"))
    if words:
        row.words = seal(words, slot=requests.answer_slot(row, to, "words"))
    try:
        with transaction.atomic():
            Answer.objects.bulk_create([row])
    except IntegrityError:
        raise Cannot(_("This was answered meanwhile. An answer stays as it was given.")) from None
    record(
        by=by,
        kind=Kind.ALTERATION if reply is Reply.NO else Kind.DISCLOSURE,
        subject="answered in confidence",
        record=key,
        people=[asked.person_id] if asked.person_id else [],
        reason=reply.value,
        recipient=str(to.written_by.key),
        compartments=[to.kept],
        signed=Answer,
    )
    notify(
        by=by,
        kind=ANSWERED.slug,
        staff_ids=[to.written_by_id],
        path=reverse("confidences:mine"),
    )


# ---- A person's word ----


@transaction.atomic
def take_down_word(
    *, by: Viewer, key: UUID, person_id: int, how: str, given_on: date, until: date
) -> None:
    """The person says that the oversight body may read what they told here."""
    discipline = require_hearing(by, person_id)
    if problem := problem_with_days(given_on, until, today=timezone.localdate()):
        raise Cannot(problem)
    row = Consent(
        id=key,
        person_id=person_id,
        kept=discipline.compartment.value,
        how=how,
        given_on=given_on,
        until=until,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    if _added(row, by=by):
        record(
            by=by,
            kind=Kind.COLLECTION,
            subject="word that the oversight body may read",
            record=key,
            people=[person_id],
            compartments=[discipline.compartment],
        )


@transaction.atomic
def end_word(*, by: Viewer, person_id: int, consent: UUID) -> None:
    """The person takes it back; at once nobody reads by it. A second press changes nothing."""
    discipline = require_hearing(by, person_id)
    held = Consent.objects.filter(id=consent, person_id=person_id)
    if not held.exists():
        raise Http404
    ended = held.filter(ended_at__isnull=True).update(
        ended_at=timezone.now(), ended_by_id=by.staff_id
    )
    if ended:
        record(
            by=by,
            kind=Kind.ALTERATION,
            subject="word that the oversight body may read, taken back",
            record=consent,
            people=[person_id],
            compartments=[discipline.compartment],
        )


def _added(row: Model, *, by: Viewer) -> bool:
    """Add the row; False if the viewer signed it already. A key of another's is as if absent."""
    try:
        with transaction.atomic():
            type(row)._default_manager.bulk_create([row])
    except IntegrityError:
        with as_author(by):
            mine = type(row)._default_manager.filter(pk=row.pk, written_by_id=by.staff_id)
            if mine.exists() or isinstance(row, Consent):
                return False
        raise Http404 from None
    return True
