"""One's own sheet, with what was typed on it so far."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404

from daybook.foundation.access.viewer import Viewer
from daybook.understand.instruments.definition import Instrument
from daybook.understand.instruments.queries import definition

from ..models import Draft, Sheet
from .reach import CASEWORK, assesses


@dataclass(frozen=True, slots=True)
class Mine:
    """A sheet that the viewer fills in, or has signed."""

    key: UUID
    assessment: UUID
    person_id: int
    instrument: Instrument
    signed_at: datetime | None
    over: bool
    """Whether the assessment was given up."""
    typed: dict[str, Any]
    saved_at: datetime | None


def my_sheet(key: UUID, *, viewer: Viewer) -> Mine:
    """404 for a colleague's sheet, as for none."""
    viewer.asks(CASEWORK)
    row = (
        Sheet.objects.filter(id=key, assessor_id=viewer.staff_id)
        .values_list(
            "assessment_id", "person_id", "assessment__definition_id", "signed_at",
            "assessment__dropped_at",
        )
        .first()
    )  # fmt: skip
    if row is None or not assesses(row[1], viewer=viewer):
        raise Http404
    assessment, person, definition_id, signed_at, dropped_at = row
    draft = Draft.objects.filter(sheet_id=key).values_list("typed", "saved_at").first()
    typed, saved_at = draft or ({}, None)
    viewer.saw("an assessor's sheet", [person])
    return Mine(
        key, assessment, person, definition(definition_id), signed_at, dropped_at is not None,
        typed, saved_at,
    )  # fmt: skip
