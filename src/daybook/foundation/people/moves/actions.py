"""Moving somebody to another cell, unit or establishment; letting them go."""

from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.places.models import Unit
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.events import Moved, Turn, Turned, moved, turned

from ..models import Ending, Stay
from .rules import moving_problem


@transaction.atomic
def move(
    *,
    by: Viewer,
    person_id: int,
    stay_id: int,
    unit_id: int,
    cell_id: int | None,
    at: datetime,
    reason: str,
) -> None:
    """End the stay that was before the officer's eyes, and begin the next one there.

    The same move twice is one. Raises ``Cannot`` for the place where the person lives already,
    for a time that can't be, and where a colleague was a moment quicker.
    """
    here = _lasting(person_id, stay_id)
    if here and (here.unit_id, here.cell_id) == (unit_id, cell_id):
        raise Cannot(_("They live there already. Choose another cell or unit."))
    _end(by, here, (person_id, stay_id), (unit_id, cell_id), at, reason, Ending.MOVED)


@transaction.atomic
def let_go(
    *, by: Viewer, person_id: int, stay_id: int, at: datetime, reason: str, ended_as: str
) -> None:
    """End the stay and begin none: released, or moved abroad. Nobody reaches by it any more.

    The same twice is once. Raises ``Cannot`` as ``move`` does.
    """
    here = _lasting(person_id, stay_id)
    _end(by, here, (person_id, stay_id), (None, None), at, reason, ended_as)


def _lasting(person_id: int, stay_id: int) -> Stay | None:
    return Stay.objects.filter(pk=stay_id, person_id=person_id, ended_at__isnull=True).first()


def _end(
    by: Viewer,
    here: Stay | None,
    whose: tuple[int, int],
    place: tuple[int | None, int | None],
    at: datetime,
    reason: str,
    ended_as: str,
) -> None:
    if here and (problem := moving_problem(at, came=here.began_at, now=timezone.now())):
        raise Cannot(problem)
    person_id, stay_id = whose
    unit_id, _cell_id = place
    outcome, left_unit, began = _move_on(*whose, *place, at, reason, ended_as)
    if outcome == "again":
        return
    if outcome == "overtaken":
        raise Cannot(_overtaken())
    if outcome != "done":
        raise Http404
    record(
        by=by,
        kind=Kind.ALTERATION,
        subject="stay",
        record=began or stay_id,
        people=[person_id],
        reason=f"{ended_as}: {reason}" if reason else ended_as,
    )
    by.forget_reach()
    if unit_id == left_unit:
        return
    moved.announce(Moved(person_id, unit_id, left_unit, at))
    if unit_id is not None and _house(unit_id) != _house(left_unit):
        turned.announce(Turned(person_id, Turn.TRANSFERRED, at, f"stay:{began}"))


def _move_on(*given: int | str | datetime | None) -> tuple[str, int, int | None]:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "select outcome, left_unit, began from daybook.move_on(%s, %s, %s, %s, %s, %s, %s)",
                list(given),
            )
            found: tuple[str, int, int | None] = cursor.fetchone()
    except IntegrityError:
        # Another system wrote where they live in the same moment.
        raise Cannot(_overtaken()) from None
    return found


def _house(unit_id: int) -> int:
    return Unit.objects.values_list("establishment_id", flat=True).get(pk=unit_id)


def _overtaken() -> str:
    return _("A colleague moved them a moment ago. Look again at where they live now.")
