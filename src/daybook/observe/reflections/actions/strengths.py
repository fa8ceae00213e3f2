"""Offering trust, saying how it went, writing down a strength."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import Compartment
from daybook.foundation.access.scope import scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot

from ..models import Strength, TrustStep
from ..rules.strengths import Answer, possible_answers, problem_with_day
from .once import add_once
from .usual import may_write_here


@transaction.atomic
def add_strength(*, by: Viewer, person_id: int, key: UUID, words: str) -> None:
    """Write down what somebody is good at."""
    may_write_here(person_id, by=by)
    row = Strength(
        id=key,
        person_id=person_id,
        words=words,
        written_by_id=by.staff_id,
        written_on=timezone.localdate(),
    )
    if add_once(row, person_id=person_id, written_by_id=by.staff_id):
        record(
            by=by,
            kind=Kind.COLLECTION,
            subject="strength",
            record=key,
            people=[person_id],
            signed=Strength,
        )


@transaction.atomic
def offer_trust(*, by: Viewer, person_id: int, key: UUID, what: str, on: date) -> None:
    """Write down that somebody was offered something to be trusted with."""
    may_write_here(person_id, by=by)
    row = TrustStep(
        id=key, person_id=person_id, what=what, offered_on=on, offered_by_id=by.staff_id
    )
    if add_once(row, person_id=person_id, offered_by_id=by.staff_id):
        record(by=by, kind=Kind.COLLECTION, subject="trust", record=key, people=[person_id])


@transaction.atomic
def say_how_trust_went(
    *,
    by: Viewer,
    step_id: UUID,
    answer: Answer,
    on: date,
    note: str,
    note_seen: str | None = None,
) -> None:
    """Say that an opportunity was taken up, or not, or kept. Saying it twice is saying it once.

    ``note_seen`` is what ``note`` replaces. Raises ``Cannot`` when a colleague has said
    otherwise meanwhile, or the day can't be.
    """
    step = scope(
        TrustStep.objects.select_for_update().filter(id=step_id),
        viewer=by,
        compartment=Compartment.WING,
    ).first()
    if step is None:
        raise Http404
    may_write_here(step.person_id, by=by)
    if answer != Answer.GOING_ON and getattr(step, f"{answer.value}_on") == on:
        return
    overtaken = note_seen is not None and step.note not in (note, note_seen)
    if overtaken or answer not in possible_answers(step.taken_on, step.declined_on, step.kept_on):
        raise Cannot(_("A colleague has said meanwhile how it went. Look at it again."))
    if problem := problem_with_day(on, offered_on=step.offered_on, today=timezone.localdate()):
        raise Cannot(problem)
    if answer != Answer.GOING_ON:
        setattr(step, f"{answer.value}_on", on)
    step.note = note
    step.save(update_fields=["taken_on", "declined_on", "kept_on", "note"])
    record(by=by, kind=Kind.ALTERATION, subject="trust", record=step_id, people=[step.person_id])
