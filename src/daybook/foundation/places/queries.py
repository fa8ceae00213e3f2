"""Units, and what their days were like. Open to all staff: nothing here tells of a person."""

from datetime import date

from django.http import Http404

from .models import Unit, UnitDay


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
