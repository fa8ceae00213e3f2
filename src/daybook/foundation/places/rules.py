"""A unit's day, said as staff say it."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import UnitDay


def day_in_words(day: UnitDay | None, *, staff_needed: int = 0) -> list[str]:
    """What a day was like for everyone there, most telling first; empty where nobody said.

    ``staff_needed`` is the unit's usual number, for days that name none of their own.
    """
    if day is None:
        return []
    needed = staff_needed if day.staff_needed is None else day.staff_needed
    said = []
    if day.staff_present is not None and needed:
        said.append(
            _("staffing {present} of {needed}").format(present=day.staff_present, needed=needed)
        )
    elif day.staff_present is not None:
        said.append(_("staffing {present}").format(present=day.staff_present))
    if day.hours_locked_down:
        said.append(_("{hours} locked down").format(hours=_hours(day.hours_locked_down)))
    if day.hours_out is not None:
        said.append(_("{hours} out of cell").format(hours=_hours(day.hours_out)))
    return said + [words for words in (day.incident, day.event, day.feast) if words]


def _hours(hours: Decimal) -> str:
    plain = number_format(hours.normalize() if hours % 1 else hours.to_integral_value())
    return ngettext("{hours} hour", "{hours} hours", 1 if hours == 1 else 2).format(hours=plain)
