"""Writing down what somebody asked, and what becomes of it."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import as_author, require, scope
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.duties.queries import possible_owners
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key
from daybook.observe.reflections.actions.once import add_once

from ..models import Request, RequestStep
from ..rules.requests import TO_BE_TOLD, ended, possible_steps, step_problems
from ..vocabulary import Step

WING = Compartment.WING


@transaction.atomic
def write_request(
    *,
    by: Viewer,
    person_id: int,
    key: UUID,
    asked: str,
    asked_on: date,
    promised_by: int | None = None,
    due_on: date | None = None,
) -> None:
    """Write down what somebody asked of the viewer, with the promise if one was made.

    The same key twice is one request. Raises ``Cannot`` for a promise nobody can keep.
    """
    require(person_id, viewer=by, compartment=WING, right=Right.WRITE)
    if promised_by is not None:
        _must_hold(Step.PROMISED, person_id, promised_by, due_on, "", by)
    request = Request(
        id=key,
        person_id=person_id,
        asked=asked,
        asked_of_id=by.staff_id,
        asked_on=asked_on,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    with as_author(by):
        there = Request.objects.filter(pk=key, person_id=person_id).exists()
    if there or not add_once(request, person_id=person_id, written_by_id=by.staff_id):
        return
    record(
        by=by,
        kind=Kind.COLLECTION,
        subject="request",
        record=key,
        people=[person_id],
        signed=Request,
    )
    if promised_by is not None:
        _add(request, new_key(), 1, Step.PROMISED, promised_by, due_on, "", by)


@transaction.atomic
def take_step(
    *,
    by: Viewer,
    request_id: UUID,
    key: UUID,
    seen: int,
    kind: Step,
    promised_by: int | None = None,
    due_on: date | None = None,
    words: str = "",
    told: bool = False,
) -> None:
    """Say what becomes of a request. ``seen`` is the number of steps the form was drawn with.

    ``told``: the person was told an answer at once. The same key twice is one step. Raises
    ``Cannot`` where a colleague was quicker, or something is missing.
    """
    request = scope(Request.objects.filter(id=request_id), viewer=by, compartment=WING).first()
    if request is None:
        raise Http404
    require(request.person_id, viewer=by, compartment=WING, right=Right.WRITE)
    taken = list(
        RequestStep.objects.filter(request_id=request_id)
        .order_by("number")
        .values_list("id", "kind", "written_by_id")
    )
    if (key, by.staff_id) in {(step, who) for step, _kind, who in taken}:
        return
    before = [step for _key, step, _who in taken]
    if len(taken) != seen or kind not in possible_steps(before):
        raise Cannot(_overtaken())
    promiser, day = (
        (promised_by, due_on) if kind in (Step.PROMISED, Step.HANDED_ON) else (None,) * 2
    )
    _must_hold(kind, request.person_id, promiser, day, words, by)
    _add(request, key, seen + 1, kind, promiser, day, words, by)
    now_taken = [*before, kind]
    if told and kind in TO_BE_TOLD:
        _add(request, new_key(), seen + 2, Step.TOLD, None, None, "", by)
        now_taken.append(Step.TOLD)
    if ended(now_taken):
        Request.objects.filter(id=request_id, ended_at__isnull=True).update(ended_at=timezone.now())


def _must_hold(
    kind: Step,
    person_id: int,
    promised_by: int | None,
    due_on: date | None,
    words: str,
    by: Viewer,
) -> None:
    problems = step_problems(
        kind,
        promised_by=promised_by,
        due_on=due_on,
        words=words,
        today=timezone.localdate(),
    )
    if problems:
        raise Cannot(" ".join(problems.values()))
    if promised_by in (None, by.staff_id):
        return
    if promised_by not in {owner.id for owner in possible_owners(person_id, viewer=by)}:
        raise Cannot(_("Choose somebody who works with this person."))


def _add(
    request: Request,
    key: UUID,
    number: int,
    kind: Step,
    promised_by: int | None,
    due_on: date | None,
    words: str,
    by: Viewer,
) -> None:
    step = RequestStep(
        id=key,
        request_id=request.pk,
        person_id=request.person_id,
        number=number,
        kind=kind,
        promised_by_id=promised_by,
        due_on=due_on,
        words=words,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            RequestStep.objects.bulk_create([step])
    except IntegrityError:
        # The next number is taken: somebody else has just said what becomes of it.
        raise Cannot(_overtaken()) from None
    record(
        by=by,
        kind=Kind.COLLECTION,
        subject=f"request, {kind.value}",
        record=key,
        people=[request.person_id],
        signed=RequestStep,
    )


def _overtaken() -> str:
    return _("A colleague wrote here a moment ago. Look again at where it stands.")
