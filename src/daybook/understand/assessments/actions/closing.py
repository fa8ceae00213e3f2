"""Talking about what was answered differently, closing, giving the person their copy."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot

from ..models import Closing, Talk
from ..queries.lines import State
from ..queries.whole import Whole, whole
from .refused import added, plainly


@transaction.atomic
def talk(*, by: Viewer, assessment: UUID, key: UUID, item: str, answer: str, words: str) -> None:
    """Write down what was said of one item: what both agree on, or (``answer`` empty) how each
    goes on seeing it. The last one said holds; what was said before stays beside it."""
    of = _talked_of(assessment, by)
    row = Talk(
        id=key,
        assessment_id=assessment,
        person_id=of.line.person_id,
        item=item,
        answer=answer,
        words=words,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    if added(row, by=by, author="written_by_id"):
        record(
            by=by,
            kind=Kind.COLLECTION,
            subject="assessment talked about",
            record=key,
            people=[of.line.person_id],
            signed=Talk,
        )


@transaction.atomic
def close(
    *,
    by: Viewer,
    assessment: UUID,
    key: UUID,
    summary: str,
    needs: str,
    support: str,
    own_view: str,
    own_words: str,
    again_on: date,
) -> None:
    """Close it: what was found and what is done, with the person's own view beside.

    Raises ``Cannot`` while sheets that differ were not talked about.
    """
    of = whole(assessment, viewer=by)
    if of.closing and of.closing.key == key:
        return
    of = _talked_of(assessment, by)
    row = Closing(
        id=key,
        assessment_id=assessment,
        person_id=of.line.person_id,
        summary=summary,
        needs=needs,
        support=support,
        own_view=own_view,
        own_words=own_words,
        again_on=again_on,
        closed_by_id=by.staff_id,
        closed_at=timezone.now(),
    )
    if added(row, by=by, author="closed_by_id"):
        record(
            by=by,
            kind=Kind.COLLECTION,
            subject="assessment closed",
            record=key,
            people=[of.line.person_id],
            signed=Closing,
        )


@transaction.atomic
def copied(*, by: Viewer, assessment: UUID, how: str, said: str) -> None:
    """The person has their copy, and says to it what they wish."""
    of = whole(assessment, viewer=by)
    if of.closing is None or not of.writes:
        raise Http404
    if of.closing.copied_at:
        if (of.closing.copied_how, of.closing.copied_said) == (how, said):
            return
        raise Cannot(_("That the copy was given is written down already."))
    with plainly():
        Closing.objects.filter(assessment_id=assessment).update(
            copied_at=timezone.now(), copied_by_id=by.staff_id, copied_how=how, copied_said=said
        )
    record(
        by=by,
        kind=Kind.DISCLOSURE,
        subject="assessment: copy given to the person",
        record=of.closing.key,
        people=[of.line.person_id],
        reason=how,
        recipient="the person",
    )


def _talked_of(assessment: UUID, by: Viewer) -> Whole:
    of = whole(assessment, viewer=by)
    if not of.takes_part:
        raise Http404
    if of.line.state is not State.TALKING:
        raise Cannot(_too_late(of.line.state))
    return of


def _too_late(state: State) -> str:
    if state is State.FILLING:
        return _("It opens once everybody has signed.")
    if state is State.DROPPED:
        return _("It was given up meanwhile. What you wrote is still here: copy what you need.")
    return _(
        "It was closed meanwhile, and stays as it is. What you wrote is still here: copy what you "
        "need."
    )
