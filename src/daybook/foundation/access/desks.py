"""Making browsers known as desks: for whoever leads a unit or shift, and the administrator."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.places.models import Unit
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.staff.models import Desk

from .queries import units_of
from .roles import ADMINISTRATOR, DUTY_MANAGER, HEAD_OF_UNIT, Compartment, Right
from .viewer import Viewer

KEEPERS = (ADMINISTRATOR, HEAD_OF_UNIT, DUTY_MANAGER)


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A desk in use, and where it stands."""

    key: UUID
    name: str
    unit: str


def units_to_keep(*, viewer: Viewer) -> list[Unit]:
    """The units whose desks the viewer looks after; 404 for whoever looks after none."""
    if viewer.holds(ADMINISTRATOR):
        return list(Unit.objects.select_related("establishment"))
    if viewer.holds(*KEEPERS):
        return units_of(viewer, Compartment.IDENTITY, Right.WRITE)
    raise Http404


def desks_in_use(*, viewer: Viewer) -> list[DeskLine]:
    """Every desk of these units, by unit and name."""
    desks = Desk.objects.filter(ended_at__isnull=True, unit__in=units_to_keep(viewer=viewer))
    return [
        DeskLine(*row)
        for row in desks.order_by("unit__name", "name").values_list("key", "name", "unit__name")
    ]


@transaction.atomic
def make_desk(*, by: Viewer, name: str, unit_id: int, instead_of: Desk | None = None) -> Desk:
    """Make the browser that asks a desk of the unit, and no longer what it was before.

    Raises ``Cannot`` for a unit of others.
    """
    if unit_id not in {unit.pk for unit in units_to_keep(viewer=by)}:
        raise Cannot(_("Choose one of your units."))
    desk = Desk(name=name, unit_id=unit_id, made_at=timezone.now(), made_by_id=by.staff_id)
    desk.save(force_insert=True)
    record(by=by, kind=Kind.COLLECTION, subject="desk made known", record=desk.key)
    if instead_of:
        _end(instead_of.key, by)
    return desk


@transaction.atomic
def end_desk(*, by: Viewer, key: UUID) -> None:
    """The browser is no desk any more. One that has ended stays ended."""
    theirs = Desk.objects.filter(key=key, unit__in=units_to_keep(viewer=by))
    if not theirs.exists():
        raise Http404
    _end(key, by)


def _end(key: UUID, by: Viewer) -> None:
    going_on = Desk.objects.filter(key=key, ended_at__isnull=True)
    if going_on.update(ended_at=timezone.now(), ended_by=by.staff_id):
        record(by=by, kind=Kind.ALTERATION, subject="desk ended", record=key)
