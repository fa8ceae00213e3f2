"""What a day was like for everyone on a unit: beside each report, because it explains much."""

from datetime import date

from daybook.foundation.places.models import Unit, UnitDay

from ..rules.reporting import regime_in_words


def regime_on(unit_id: int | None, day: date) -> str:
    """The day in a few sentences, from the unit's own book. A feast is left out: what people
    believe stands beside no report."""
    unit = Unit.objects.filter(id=unit_id).first() if unit_id else None
    if unit is None:
        return ""
    known = UnitDay.objects.filter(unit=unit, day=day).first() or UnitDay(unit=unit, day=day)
    needed = known.staff_needed if known.staff_needed is not None else unit.staff_needed or None
    return regime_in_words(
        unit=unit.name,
        usual=unit.regime,
        staff_present=known.staff_present,
        staff_needed=needed,
        hours_out=None if known.hours_out is None else float(known.hours_out),
        hours_locked_down=float(known.hours_locked_down or 0),
        happened=(known.incident, known.event),
    )
