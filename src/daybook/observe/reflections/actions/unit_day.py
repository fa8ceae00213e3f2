"""Writing down what a day was like for everyone on a unit."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction

from daybook.foundation.access.queries import require_unit
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.places.models import UnitDay


class Facts(TypedDict):
    """A unit's day. Of each fact the last word is believed; the log keeps who wrote when."""

    staff_present: int | None
    staff_needed: int | None
    hours_out: Decimal | None
    hours_locked_down: Decimal
    incident: str
    event: str
    feast: str


@transaction.atomic
def write_unit_day(
    *, by: Viewer, unit_id: int, day: date, changed: Collection[str], **facts: Unpack[Facts]
) -> None:
    """Keep ``facts`` as the unit's day; of a day that is known, those ``changed``.

    404 out of reach. Whoever replaces what colleagues wrote has to be one who reads it.
    """
    for right in (Right.READ, Right.WRITE):
        require_unit(unit_id, viewer=by, compartment=Compartment.WING, right=right)
    UnitDay.objects.bulk_create(
        [UnitDay(unit_id=unit_id, day=day, **facts)],
        update_conflicts=True,
        unique_fields=["unit", "day"],
        # The other facts stay as colleagues wrote them while this form lay open.
        update_fields=["unit", *changed],
    )
    record(by=by, kind=Kind.ALTERATION, subject="unit day", record=f"{unit_id} {day.isoformat()}")
