"""Units, and what their days were like. Open to all staff: nothing here tells of a person."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.http import Http404

from .models import Establishment, Unit, UnitDay


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One unit of the service, or an establishment that has none yet."""

    establishment: str
    unit: str
    name: str
    cells: int


def all_units() -> list[PlaceLine]:
    """Every unit by its establishment; short names, and how many cells it has."""
    places = Establishment.objects.order_by("code", "units__code").values_list(
        "code", "name", "units__code", "units__name", Count("units__cells")
    )
    return [
        PlaceLine(where, unit or "", name if unit else where_name, cells)
        for where, where_name, unit, name, cells in places
    ]


def unit_with(code: str) -> Unit:
    """The unit under this short name, or 404."""
    try:
        return Unit.objects.select_related("establishment").get(code=code)
    except Unit.DoesNotExist:
        raise Http404 from None


def unit_day(unit_id: int, day: date) -> UnitDay | None:
    return UnitDay.objects.filter(unit_id=unit_id, day=day).first()


def unit_days(unit_id: int, since: date, until: date) -> list[UnitDay]:
    """The days from ``since`` to ``until``, both included, oldest first."""
    return list(UnitDay.objects.filter(unit_id=unit_id, day__range=(since, until)).order_by("day"))
