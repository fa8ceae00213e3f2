"""Telling the person what is written, and answering whoever objects to it."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import require
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.duties.actions.notices import answered, notify
from daybook.foundation.duties.kinds import NoticeKind
from daybook.foundation.people.models import Stay
from daybook.foundation.registry.cannot import Cannot

from ..models import Answer, Told
from ..queries.told import objection, who_answers
from ..rules.told import already_answered
from ..vocabulary import AnsweredHow
from .once import add_once
from .usual import may_write_here

OBJECTED = NoticeKind("objected", _("Somebody objects to what is written, and is owed an answer"))


@transaction.atomic
def note_told(
    *,
    by: Viewer,
    person_id: int,
    key: UUID,
    on: date,
    language: str,
    with_interpreter: bool,
    said: str,
    objects: bool,
) -> None:
    """Write down that the person was told. Saying nothing to it is as good as any answer."""
    may_write_here(person_id, by=by)
    row = Told(
        id=key,
        person_id=person_id,
        told_on=on,
        language=language,
        told_by_id=by.staff_id,
        with_interpreter=with_interpreter,
        said=said,
        objects_to_it=objects,
    )
    if add_once(row, person_id=person_id, told_by_id=by.staff_id):
        record(
            by=by,
            kind=Kind.COLLECTION,
            subject="what was told",
            record=key,
            people=[person_id],
            signed=Told,
        )
        if objects:
            _tell_who_answers(key, person_id, by=by)


def _tell_who_answers(objection_id: UUID, person_id: int, *, by: Viewer) -> None:
    lives_on = (
        Stay.objects.filter(person_id=person_id, ended_at__isnull=True)
        .values_list("unit_id", flat=True)
        .first()
    )
    notify(
        by=by,
        kind=OBJECTED.slug,
        staff_ids={each.staff_id for each in who_answers(lives_on)} - {by.staff_id},
        person_id=person_id,
        path=reverse("reflections:answer", args=[objection_id]),
        once=_objection(objection_id),
    )


def _objection(objection_id: UUID) -> str:
    """The name under which a notice stands until the answer is given."""
    return f"objection:{objection_id}"


def may_answer_here(person_id: int, *, by: Viewer) -> None:
    """Whoever leads the unit answers: who writes there and names its personal officers."""
    may_write_here(person_id, by=by)
    require(person_id, viewer=by, compartment=Compartment.IDENTITY, right=Right.WRITE)


@transaction.atomic
def answer_objection(
    *,
    by: Viewer,
    told_id: UUID,
    key: UUID,
    words: str,
    on: date,
    language: str,
    how: AnsweredHow,
) -> None:
    """Write down what somebody who objected was answered. The same key twice is one answer.

    Raises ``Cannot`` if a colleague has answered by now; 404 for whoever leads no unit here.
    """
    person_id = objection(told_id, viewer=by).person_id
    may_answer_here(person_id, by=by)
    row = Answer(
        id=key,
        told_id=told_id,
        person_id=person_id,
        words=words,
        answered_on=on,
        answered_by_id=by.staff_id,
        language=language,
        how=how,
    )
    try:
        with transaction.atomic():
            Answer.objects.bulk_create([row])
    except IntegrityError:
        given = objection(told_id, viewer=by).answer
        if given is None:
            raise Http404 from None
        if given.key != key:
            raise Cannot(already_answered(given.by)) from None
        return
    record(
        by=by,
        kind=Kind.COLLECTION,
        subject="answer to an objection",
        record=key,
        people=[person_id],
        signed=Answer,
    )
    answered(by=by, once=_objection(told_id))
