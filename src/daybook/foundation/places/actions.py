"""Setting up where people live: establishments, units, cells. Run as the owner."""

from collections.abc import Iterable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils.translation import gettext as _

from daybook.foundation.audit.actions import Actor, record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot

from .doors import names_of_cells
from .models import Cell, Establishment, Unit

Place = TypeVar("Place", Establishment, Unit)


def establishment_called(code: str) -> Establishment:
    """The establishment with this short name. Raises ``Cannot`` if there is none."""
    return _called(code, Establishment, _("There is no establishment {code}. There are: {known}."))


def unit_called(code: str) -> Unit:
    """The unit with this short name. Raises ``Cannot`` if there is none."""
    return _called(code, Unit, _("There is no unit {code}. There are: {known}."))


@transaction.atomic
def add_establishment(*, by: Actor | None, code: str, name: str) -> Establishment:
    """Add a prison or a probation office. Raises ``Cannot`` for a short name that is taken."""
    _must_be_free(code, Establishment)
    _must_say_something(name)
    made = Establishment.objects.create(code=code, name=name.strip())
    record(by=by, kind=Kind.COLLECTION, subject="establishment", record=code)
    return made


@transaction.atomic
def add_unit(
    *,
    by: Actor | None,
    establishment: Establishment,
    code: str,
    name: str,
    regime: str = "",
    staff_needed: int = 0,
) -> Unit:
    """Add a wing or a team's area. Raises ``Cannot`` for a short name that is taken.

    Short names of units are their addresses, so they are unique in the whole service.
    """
    _must_be_free(code, Unit)
    _must_say_something(name)
    made = Unit.objects.create(
        establishment=establishment,
        code=code,
        name=name.strip(),
        regime=regime.strip(),
        staff_needed=staff_needed,
    )
    record(by=by, kind=Kind.COLLECTION, subject="unit", record=code)
    return made


@transaction.atomic
def add_cells(*, by: Actor | None, unit: Unit, names: Iterable[str]) -> int:
    """Add the cells that are not there yet, named as in ``names_of_cells``; how many those are."""
    there = set(Cell.objects.filter(unit=unit).values_list("name", flat=True))
    new = [name for name in names_of_cells(names) if name not in there]
    made = Cell.objects.bulk_create(Cell(unit=unit, name=name) for name in new)
    for cell in made:
        record(by=by, kind=Kind.COLLECTION, subject="cell", record=cell.pk)
    return len(made)


def _called(code: str, kind: type[Place], otherwise: str) -> Place:
    found = kind.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(kind.objects.order_by("code").values_list("code", flat=True))
        raise Cannot(otherwise.format(code=code, known=known or _("none yet")))
    return found


def _must_be_free(code: str, kind: type[Establishment] | type[Unit]) -> None:
    try:
        validate_slug(code)
    except ValidationError:
        raise Cannot(
            _("A short name has letters, digits, - and _ only, as in north or b-wing.")
        ) from None
    if len(code) > 50:
        raise Cannot(_("A short name has at most 50 letters."))
    if kind.objects.filter(code=code).exists():
        raise Cannot(_("The short name {code} is taken. Choose another.").format(code=code))


def _must_say_something(name: str) -> None:
    if not 0 < len(name.strip()) <= 120:
        raise Cannot(_("Give a name of 1 to 120 letters, as staff say it."))
