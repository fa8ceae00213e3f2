"""Asking outside services and being asked; answering; telling what came of it; laying an answer
beside its concern. What leaves the house is logged as given out, with whom and on which law."""

from datetime import date
from typing import Literal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot
from daybook.observe.safety.queries.concerns import where_is
from daybook.ui.words import day_words

from ..models import Account, Answer, Concern, Enquiry, Feedback
from ..queries.outside import Whole, account_key, enquiry, require_desk
from ..rules.outside import account_in_words, problem_with_due
from ..vocabulary import Context, Way
from .once import added

OUT, IN = Kind.DISCLOSURE, Kind.COLLECTION


@transaction.atomic
def ask(
    *,
    by: Viewer,
    key: UUID,
    person_id: int,
    way: Way,
    agency: str,
    question: str,
    legal_basis: str,
    due_on: date,
    concern: UUID | None = None,
) -> None:
    """Sign a question to an outside service, or one that came from there. Twice is once.

    Raises ``Cannot`` for a day out of bounds, without a legal basis, or where the concern beside
    which it is asked has ended meanwhile.
    """
    require_desk(by, person_id)
    if not legal_basis.strip():
        raise Cannot(_("Write on which law it is asked. Without one nothing is asked or told."))
    if problem := problem_with_due(due_on, today=timezone.localdate()):
        raise Cannot(problem)
    if concern is not None:
        _require_going_on(concern, person_id)
    where = where_is(person_id, viewer=by)
    if where is None:
        raise Http404
    row = Enquiry(
        id=key,
        person_id=person_id,
        concern_id=concern,
        establishment_id=where.establishment_id,
        way=way,
        agency=agency,
        question=question,
        legal_basis=legal_basis,
        due_on=due_on,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    if added(row, by=by):
        record(
            by=by,
            kind=OUT if way is Way.OUT else IN,
            subject="question of outside services",
            record=key,
            people=[person_id],
            reason=legal_basis,
            recipient=agency if way is Way.OUT else "",
            signed=Enquiry,
        )


@transaction.atomic
def answer(*, by: Viewer, key: UUID, enquiry_id: UUID, words: str, conditions: str) -> None:
    """Take down their answer, or write ours: once. Raises ``Cannot`` for whoever comes second."""
    asked = _asked(enquiry_id, by=by)
    row = Answer(
        id=key,
        enquiry_id=enquiry_id,
        person_id=asked.person.id,
        words=words,
        conditions=conditions,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    if not _once(row, by=by, was="answer"):
        return
    record(
        by=by,
        kind=IN if asked.ours else OUT,
        subject="answer of outside services",
        record=key,
        people=[asked.person.id],
        reason=asked.legal_basis,
        recipient="" if asked.ours else asked.agency,
        signed=Answer,
    )


@transaction.atomic
def feed_back(*, by: Viewer, key: UUID, enquiry_id: UUID, words: str) -> None:
    """Say what they were told came of their answer, or what they told us: once, likewise."""
    asked = _asked(enquiry_id, by=by)
    if asked.answer is None:
        raise Cannot(_("It has no answer yet, so nothing can have come of it."))
    row = Feedback(
        id=key,
        enquiry_id=enquiry_id,
        person_id=asked.person.id,
        words=words,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    if not _once(row, by=by, was="feedback"):
        return
    record(
        by=by,
        kind=OUT if asked.ours else IN,
        subject="what came of an answer",
        record=key,
        people=[asked.person.id],
        reason=asked.legal_basis,
        recipient=asked.agency if asked.ours else "",
        signed=Feedback,
    )


@transaction.atomic
def lay(*, by: Viewer, enquiry_id: UUID, from_us: bool) -> None:
    """Lay their answer beside the concern it was asked for, as what another agency says.

    ``from_us``: they have it from us, so that it counts as one with the report. A second press
    changes nothing. Raises ``Cannot`` where the concern has ended meanwhile.
    """
    asked = _asked(enquiry_id, by=by)
    if not asked.ours or asked.answer is None or asked.concern is None:
        raise Http404
    if asked.laid:
        return
    _require_going_on(asked.concern, asked.person.id)
    now, key = timezone.now(), account_key(enquiry_id)
    row = Account(
        id=key,
        person_id=asked.person.id,
        kind=Context.MULTI_AGENCY,
        words=account_in_words(asked.answer.words, asked.answer.conditions),
        told_by=asked.agency,
        agency=asked.agency,
        written_by_id=by.staff_id,
        written_at=now,
    )
    try:
        with transaction.atomic():
            Account.objects.bulk_create([row])
    except IntegrityError:
        if Account.objects.filter(id=key).exists():
            return  # A colleague laid it there this very moment.
        raise Cannot(
            _("It lay beside the concern once and was taken back. An answer is laid there once.")
        ) from None
    record(
        by=by,
        kind=Kind.COLLECTION,
        subject="account of an outside service",
        record=key,
        people=[asked.person.id],
        signed=Account,
    )
    Account.objects.filter(id=key, concern__isnull=True).update(
        concern_id=asked.concern,
        laid_at=now,
        laid_by_id=by.staff_id,
        goes_back_to_report_id=asked.concern if from_us else None,
    )
    record(
        by=by,
        kind=Kind.COMBINATION,
        subject="information: an answer laid beside it",
        record=asked.concern,
        people=[asked.person.id],
    )


def _asked(key: UUID, *, by: Viewer) -> Whole:
    """The question, for the desk; 404 for everybody else, those who inspect among them."""
    found = enquiry(key, viewer=by)
    require_desk(by, found.person.id)
    return found


def _once(row: Answer | Feedback, *, by: Viewer, was: Literal["answer", "feedback"]) -> bool:
    """Add what is said once of a question. False for one's own second tap; whoever comes second
    reads who was first, and keeps what they wrote."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        if type(row)._default_manager.filter(pk=row.pk, written_by_id=by.staff_id).exists():
            return False
        there = getattr(enquiry(row.enquiry_id, viewer=by), was)
        if there is None:
            raise Http404 from None
        raise Cannot(
            _(
                "{who} wrote this down {when}, and it stays as it was signed. What you wrote is "
                "still here: copy what is missing there."
            ).format(who=there.by, when=day_words(there.written_at, within=True))
        ) from None
    return True


def _require_going_on(concern: UUID, person_id: int) -> None:
    """The concern is about this person and goes on. What has ended is asked about no more."""
    row = Concern.objects.filter(pk=concern, person_id=person_id).first()
    if row is None:
        raise Http404
    if row.ended_at is not None:
        raise Cannot(
            _(
                "The concern ended {when}, and nothing that ended goes on. What you wrote is still "
                "here."
            ).format(when=day_words(row.ended_at, within=True))
        )
