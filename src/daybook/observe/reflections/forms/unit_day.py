"""The unit's own day, in facts and in under a minute."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daybook.foundation.places.models import UnitDay

DAYS_BACK = 7
LONGEST = 200


def _whole(label: object) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,  # type: ignore[arg-type]
        required=False,
        min_value=0,
        max_value=500,
        error_messages={
            "invalid": _("Write a whole number, such as 6."),
            "min_value": _("Write 0 or more."),
            "max_value": _("Write 500 or fewer."),
        },
    )


def _hours(label: object, help_text: object = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,  # type: ignore[arg-type]
        help_text=help_text,  # type: ignore[arg-type]
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(24),
        max_digits=4,
        decimal_places=1,
        error_messages={
            "invalid": _("Write hours as a number, such as 2 or 1.5."),
            "min_value": _("Write 0 or more."),
            "max_value": _("A day has 24 hours."),
            "max_decimal_places": _("Half hours are close enough: 1.5, not 1.25."),
            "max_digits": _("A day has 24 hours."),
        },
    )


def _words(label: object, help_text: object) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        help_text=help_text,  # type: ignore[arg-type]
        required=False,
        max_length=LONGEST,
        error_messages={
            "max_length": _("This is %(show_value)d characters long; keep it to %(limit_value)d.")
        },
    )


class UnitDayForm(forms.Form):
    """Each field brings back what it showed, so that ``changed_data`` is what somebody changed."""

    staff_present = _whole(_("Staff who were there"))
    staff_needed = _whole(_("Staff there should have been"))
    hours_out = _hours(_("Hours out of cell"))
    hours_locked_down = _hours(_("Hours of unplanned lock-down"))
    incident = _words(_("Incident"), _("In a few words, without names."))
    event = _words(_("Out of the ordinary"), _("Heating off, a visit from outside, a match."))
    feast = _words(_("Feast or holiday"), _("One that people on the unit keep."))

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for field in self.fields.values():
            field.show_hidden_initial = True

    def clean_hours_locked_down(self) -> Decimal:
        return self.cleaned_data["hours_locked_down"] or Decimal(0)

    @staticmethod
    def initial_from(day: UnitDay | None, *, staff_needed: int) -> dict[str, object]:
        """What is known already, to be changed; for a new day only the usual number of staff."""
        if day is None:
            return {"staff_needed": staff_needed or None}
        known = {name: getattr(day, name) for name in UnitDayForm.base_fields}
        return {name: _plain(value) for name, value in known.items()}


def _plain(value: object) -> object:
    """Two hours as 2, not as 2.0."""
    return int(value) if isinstance(value, Decimal) and value % 1 == 0 else value


def day_asked_for(text: str, *, today: date) -> date:
    """The day a link names, from a week ago until today; anything else means today."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if today - timedelta(days=DAYS_BACK) <= day <= today else today
