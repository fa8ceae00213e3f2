"""Reporting harm, and laying one's own reflection beside it. Fear for somebody is heard first."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key
from daybook.observe.safety.actions.concerns import raise_concern
from daybook.observe.safety.queries.concerns import where_is

from ..models import Attachment, Report
from ..queries.reach import reports_on, require
from ..queries.regime import regime_on
from ..rules.reporting import problem_with_day
from .once import added


@transaction.atomic
def call_for_help(*, by: Viewer, key: UUID, person_id: int, fears: Collection[str]) -> None:
    """Open a safety concern for each thing the writer fears, whatever becomes of the report.

    ``key`` is the report's: sent again, each concern is still one.
    """
    for fear in fears:
        raise_concern(by=by, person_id=person_id, key=uuid5(key, fear), kind=fear)


@transaction.atomic
def report(
    *,
    by: Viewer,
    key: UUID,
    person_id: int,
    happened_on: date,
    regime: str = "",
    reflection: UUID | None = None,
    reflection_reason: str = "",
    **said: Any,
) -> None:
    """Sign a report, once. The database opens a concern with it, which begins to fade at once.

    ``regime`` is what the writer adds to what the unit's book says of that day. Raises
    ``Cannot`` for a day that can't be, and where Daybook doesn't know where the person is.
    """
    require(reports_on(person_id, viewer=by))
    if problem := problem_with_day(happened_on, today=timezone.localdate()):
        raise Cannot(problem)
    where = where_is(person_id, viewer=by)
    if where is None:
        raise Cannot(
            _("Daybook doesn’t know where this person is, so no desk would read it. Tell the desk.")
        )
    day = " ".join(filter(None, (regime_on(where.unit_id, happened_on), regime)))
    row = Report(
        id=key,
        person_id=person_id,
        establishment_id=where.establishment_id,
        unit_id=where.unit_id,
        happened_on=happened_on,
        regime=day[:1000],
        written_by_id=by.staff_id,
        written_at=timezone.now(),
        **said,
    )
    if not added(row, by=by):
        return
    record(
        by=by,
        kind=Kind.COLLECTION,
        subject="information",
        record=key,
        people=[person_id],
        signed=Report,
    )
    if reflection:
        attach(by=by, concern=key, person_id=person_id, reflection=reflection,
               reason=reflection_reason)  # fmt: skip


@transaction.atomic
def attach(*, by: Viewer, concern: UUID, person_id: int, reflection: UUID, reason: str) -> None:
    """Lay a reflection beside a report, with a reason: its author, or who leads the case."""
    if not reason:
        raise Cannot(_("Write why the reflection belongs beside it."))
    row = Attachment(
        id=new_key(),
        concern_id=concern,
        person_id=person_id,
        reflection=reflection,
        # The database names whoever wrote it.
        reflection_author_id=by.staff_id,
        reason=reason,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    if added(row, by=by):
        record(
            by=by,
            kind=Kind.COMBINATION,
            subject="reflection laid beside a report",
            record=row.id,
            people=[person_id],
            reason=reason,
            signed=Attachment,
        )
