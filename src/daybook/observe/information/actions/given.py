"""Giving a copy, with its handling code; resting a decision on a concern; what follows its end."""

from uuid import UUID

from django.db import transaction
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
from daybook.foundation.staff.models import Staff

from ..models import Concern, Copy, Grading, Use
from ..queries.citable import citable
from ..queries.reach import desk_people
from .once import added

GIVEN = NoticeKind("information-given", gettext_lazy("The desk gave you something to read"))


@transaction.atomic
def give_copy(
    *,
    by: Viewer,
    concern: UUID,
    key: UUID,
    purpose: str,
    legal_basis: str,
    staff: int | None = None,
    recipient: str = "",
) -> None:
    """Give a colleague, or somebody outside, what it says. The handling code and its conditions
    travel with it. Raises ``Cannot`` while it is unconfirmed."""
    found = Concern.objects.filter(id=concern).first()
    if found is None or found.person_id not in desk_people(by):
        raise Http404
    graded = Grading.objects.filter(concern_id=concern).order_by("-written_at", "-id").first()
    if graded is None:
        raise Cannot(_("Grade it first: the handling code travels with every copy."))
    if (staff is None) == (not recipient):
        raise Cannot(_("Choose a colleague, or name who outside receives it."))
    row = Copy(
        id=key,
        concern_id=concern,
        person_id=found.person_id,
        staff_id=staff,
        recipient=recipient,
        purpose=purpose,
        legal_basis=legal_basis,
        scheme=graded.scheme,
        handling=graded.handling,
        conditions=graded.conditions,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    if not added(row, by=by):
        return
    to = str(Staff.objects.get(id=staff).key) if staff else recipient
    record(
        by=by,
        kind=Kind.DISCLOSURE,
        subject="information given",
        record=key,
        people=[found.person_id],
        reason=f"{purpose} ({legal_basis})",
        recipient=to,
        signed=Copy,
    )
    if staff:
        notify(by=by, kind=GIVEN.slug, staff_ids=[staff], path=reverse("information:given"))


@transaction.atomic
def say_told(*, by: Viewer, copy: UUID, how: str) -> None:
    """Write down that somebody outside was told that what they were given has ended."""
    held = Copy.objects.filter(id=copy).first()
    if held is None or held.person_id not in desk_people(by):
        raise Http404
    if held.told_at is not None:
        return
    if held.recalled_at is None:
        raise Cannot(_("It has not ended: there is nothing to tell."))
    Copy.objects.filter(id=copy, told_at__isnull=True).update(
        told_at=timezone.now(), told_by_id=by.staff_id, told_how=how
    )
    record(
        by=by,
        kind=Kind.DISCLOSURE,
        subject="recipient told that it ended",
        record=copy,
        people=[held.person_id],
        reason=how,
        recipient=held.recipient or str(held.staff_id),
    )


@transaction.atomic
def rest_on(*, by: Viewer, concern: UUID, key: UUID, kind: str, record_key: UUID, why: str) -> None:
    """Say that a decision rests on a concern. Only what is citable can be rested on; when it
    ends, the decision is opened again and its maker told."""
    found = next((each for each in citable(viewer=by) if each.key == concern), None)
    if found is None:
        raise Cannot(_("It is unconfirmed now, so nothing may rest on it."))
    row = Use(
        id=key,
        concern_id=concern,
        person_id=found.person_id,
        kind=kind,
        record=record_key,
        why=why,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    if added(row, by=by):
        record(
            by=by,
            kind=Kind.COMBINATION,
            subject=f"information used: {kind}",
            record=key,
            people=[found.person_id],
            reason=why,
            signed=Use,
        )


@transaction.atomic
def look_again(*, by: Viewer, use: UUID, words: str) -> None:
    """Say what became of a decision whose ground has ended."""
    with as_author(by):
        mine = Use.objects.filter(id=use, written_by_id=by.staff_id)
        found = mine.first()
        if found is None:
            raise Http404
        if found.reopened_at is None:
            raise Cannot(_("What it rests on goes on: there is nothing to look at again."))
        changed = mine.filter(looked_at__isnull=True).update(
            looked_at=timezone.now(), looked_by_id=by.staff_id, looked_words=words
        )
    if changed:
        record(
            by=by,
            kind=Kind.ALTERATION,
            subject="decision looked at again",
            record=use,
            people=[found.person_id],
            reason=words,
        )
