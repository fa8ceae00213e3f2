"""Opening an assessment, giving out its sheets, giving it up."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.duties.actions.notices import notify
from daybook.foundation.duties.kinds import NoticeKind
from daybook.foundation.registry.cannot import Cannot
from daybook.understand.instruments.queries import definition

from ..models import Assessment, Sheet
from ..queries.lines import newest_closed, of
from ..queries.reach import may_assess, require_assessing
from .refused import added, plainly

SHEET = NoticeKind("assessment-sheet", gettext_lazy("You are asked to assess somebody"))


@transaction.atomic
def open_assessment(
    *,
    by: Viewer,
    key: UUID,
    person_id: int,
    definition_id: int,
    purpose: str,
    because: str,
    assessors: Sequence[int],
) -> None:
    """Begin an assessment, with a sheet for each assessor. Raises ``Cannot`` for a wrong number
    of them, for who can't be one, and for a specialist tool with no general assessment beside."""
    require_assessing(person_id, viewer=by)
    instrument = definition(definition_id)
    if len(set(assessors)) != instrument.assessors:
        raise Cannot(
            ngettext(
                "One colleague answers this instrument: choose one.",
                "%(n)d colleagues answer this instrument, each by themselves: choose %(n)d.",
                instrument.assessors,
            )
            % {"n": instrument.assessors}
        )
    if not set(assessors) <= {each.id for each in may_assess(person_id, definition_id, viewer=by)}:
        raise Cannot(
            _("Choose colleagues who work with this person in a role that uses this instrument.")
        )
    now = timezone.now()
    row = Assessment(
        id=key,
        person_id=person_id,
        definition_id=definition_id,
        purpose=purpose,
        because=because,
        beside_id=_beside(person_id, by) if instrument.specialist else None,
        opened_by_id=by.staff_id,
        opened_at=now,
    )
    if not added(row, by=by, author="opened_by_id"):
        return
    with plainly():
        Sheet.objects.bulk_create(
            Sheet(assessment_id=key, person_id=person_id, assessor_id=staff, given_at=now)
            for staff in dict.fromkeys(assessors)
        )
    record(
        by=by,
        kind=Kind.COLLECTION,
        subject=f"assessment opened: {instrument.key} {instrument.version}",
        record=key,
        people=[person_id],
        reason=f"{purpose}; {because}",
    )
    others = [staff for staff in assessors if staff != by.staff_id]
    if others:
        notify(
            by=by, kind=SHEET.slug, staff_ids=others, path=reverse("assessments:one", args=[key])
        )


def _beside(person_id: int, by: Viewer) -> UUID | None:
    """The last closed general assessment of somebody; the database asks whether it is old."""
    closed = newest_closed(of(person_id, viewer=by)).values()
    general = [line for line in closed if not line.instrument.specialist]
    return max(general, key=lambda line: line.closed_at or line.opened_at).key if general else None


@transaction.atomic
def give_up(*, by: Viewer, key: UUID, reason: str) -> None:
    """End an assessment before its close, by whoever may begin one of this person: whoever opened
    it may be gone. What was signed stays readable; drafts are read by nobody. Giving up twice is
    giving up once."""
    row = Assessment.objects.filter(id=key).first()
    if row is None:
        raise Http404
    require_assessing(row.person_id, viewer=by)
    if row.dropped_at is not None:
        return
    with plainly():
        Assessment.objects.filter(id=key).update(
            dropped_at=timezone.now(), dropped_by_id=by.staff_id, dropped_because=reason
        )
    record(
        by=by,
        kind=Kind.ALTERATION,
        subject="assessment given up",
        record=key,
        people=[row.person_id],
        reason=reason,
    )
