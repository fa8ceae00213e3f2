"""Filling in a sheet: whatever is typed is kept, and what is whole can be signed."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.duties.actions.notices import notify
from daybook.foundation.duties.kinds import NoticeKind
from daybook.foundation.registry.cannot import Cannot

from ..models import Account, Assessment, Basis, Draft, Sheet, SheetAnswer
from ..queries.sheet import Mine, my_sheet
from ..rules import typed as rules
from .refused import plainly

OPEN = NoticeKind(
    "assessment-open", gettext_lazy("Both have signed: an assessment can be talked about")
)


@transaction.atomic
def keep(*, by: Viewer, key: UUID, typed: dict[str, Any]) -> Mine:
    """Keep what was typed on a page, right or wrong, beside what was typed on the others.

    Raises ``Cannot`` once the sheet is signed or the assessment given up.
    """
    sheet = _mine(key, by)
    now, merged = timezone.now(), {**sheet.typed, **typed}
    if merged == sheet.typed:
        return sheet
    if sheet.saved_at is None:
        Draft.objects.bulk_create(
            [Draft(sheet_id=key, person_id=sheet.person_id, typed=merged, saved_at=now)]
        )
    else:
        Draft.objects.filter(sheet_id=key).update(typed=merged, saved_at=now)
    record(
        by=by,
        kind=Kind.ALTERATION if sheet.saved_at else Kind.COLLECTION,
        subject="assessor's sheet: draft",
        record=key,
        people=[sheet.person_id],
    )
    return my_sheet(key, viewer=by)


@transaction.atomic
def sign(*, by: Viewer, key: UUID) -> None:
    """Sign one's sheet as it was kept; it stays so. Once all have signed, all may be read.

    Signing twice is signing once. Raises ``Cannot`` while something is missing, and for an
    assessor whose training is not current: what was typed is kept.
    """
    _hold(key)
    if my_sheet(key, viewer=by).signed_at is not None:
        return
    sheet = _mine(key, by)
    if any(rules.lacks(sheet.instrument, sheet.typed, timezone.localdate())):
        raise Cannot(_("Something is missing on the sheet. What you typed is kept."))
    with plainly():
        _write(sheet)
        Sheet.objects.filter(id=key).update(signed_at=timezone.now())
    record(
        by=by,
        kind=Kind.COLLECTION,
        subject="assessor's sheet signed",
        record=key,
        people=[sheet.person_id],
        signed=Sheet,
    )
    _tell(sheet, by)


def _write(sheet: Mine) -> None:
    rests = rules.rests_on(sheet.typed)
    of = {"sheet_id": sheet.key, "person_id": sheet.person_id}
    Basis.objects.bulk_create(
        [
            Basis(
                **of,
                on_self_report=rests.on_self_report,
                on_compliance=rests.on_compliance,
                words=rests.words,
                used_on=rests.used_on if sheet.instrument.referenced else None,
            )
        ]
    )
    said = {item.key: rules.said(item.key, sheet.typed) for item in sheet.instrument.items()}
    SheetAnswer.objects.bulk_create(
        SheetAnswer(
            **of,
            item=key,
            answer=each.answer,
            fact=each.fact,
            reading=each.reading,
            sources=list(each.sources),
            cited=each.cited,
        )
        for key, each in said.items()
    )
    if sheet.instrument.referenced:
        told = {each.key: rules.told(each.key, sheet.typed) for each in sheet.instrument.domains}
        Account.objects.bulk_create(
            Account(**of, domain=key, words=each.words, course=each.course)
            for key, each in told.items()
        )


def _tell(sheet: Mine, by: Viewer) -> None:
    """The other assessors hear that all is open; whoever signs last sees it at once."""
    if not Assessment.objects.filter(id=sheet.assessment, signed_at__isnull=False).exists():
        return
    others = Sheet.objects.filter(assessment_id=sheet.assessment).exclude(assessor_id=by.staff_id)
    if staff := list(others.values_list("assessor_id", flat=True)):
        notify(
            by=by,
            kind=OPEN.slug,
            staff_ids=staff,
            path=reverse("assessments:one", args=[sheet.assessment]),
        )


def _hold(key: UUID) -> None:
    """Of several taps at one moment the second waits, and finds what the first has done."""
    Sheet.objects.select_for_update().filter(id=key).first()


def _mine(key: UUID, by: Viewer) -> Mine:
    _hold(key)
    sheet = my_sheet(key, viewer=by)
    if sheet.signed_at is not None:
        raise Cannot(
            _("The sheet is signed, and stays as it is. What you typed is still here: copy it.")
        )
    if sheet.over:
        raise Cannot(
            _(
                "This assessment was given up, and nothing more is kept. What you typed is still "
                "here: copy it."
            )
        )
    return sheet
