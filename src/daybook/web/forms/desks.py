"""What is asked of a desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daybook.foundation.places.models import Unit


class DeskForm(forms.Form):
    name = forms.CharField(
        label=_("What this desk is called"),
        max_length=60,
        help_text=_("As people say it: the office on the twos, the tablet by the servery."),
    )
    unit = forms.TypedChoiceField(label=_("Where it stands"), coerce=int)

    def __init__(self, units: list[Unit], data: Any = None) -> None:
        super().__init__(data)
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            (unit.pk, f"{unit.establishment.name}: {unit.name}") for unit in units
        ]


class EndDeskForm(forms.Form):
    desk = forms.UUIDField(widget=forms.HiddenInput)
