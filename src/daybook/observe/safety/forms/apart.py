"""Keeping somebody apart, contact meanwhile, and the end of it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from daybook.foundation.registry.keys import new_key

from ..vocabulary import ApartFor


def _words(label: Any, help_text: Any = "", length: int = 1000) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=length,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write it in a few words.")},
    )


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Choose a day.")},
    )


class BeginForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    apart_for = forms.ChoiceField(
        label=gettext_lazy("On which ground?"),
        choices=ApartFor.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the ground.")},
    )
    reason = _words(gettext_lazy("Why"), gettext_lazy("What was seen or said, by whom."))
    instead = _words(
        gettext_lazy("What else was tried or weighed"),
        gettext_lazy("Being apart is the last resort, and as short as can be."),
    )
    remedy = _words(
        gettext_lazy("How they can contest it"), gettext_lazy("As it was told to them."), 500
    )
    until_on = _day(
        gettext_lazy("Until, at the latest"),
        gettext_lazy("It ends earlier as soon as it can."),
    )

    @staticmethod
    def usual() -> dict[str, Any]:
        return {"key": new_key()}


class ContactForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    day = _day(gettext_lazy("Day"))
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        min_value=5,
        max_value=960,
        widget=forms.NumberInput(attrs={"min": 5, "max": 960}),
        error_messages={"required": gettext_lazy("Say how many minutes.")},
    )
    with_whom = forms.CharField(
        label=gettext_lazy("With whom, or at what"),
        help_text=gettext_lazy(
            "A talk, a visit, work or sport together. Words through a hatch don’t count."
        ),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Say with whom.")},
    )

    @staticmethod
    def usual() -> dict[str, Any]:
        return {"key": new_key(), "day": timezone.localdate()}


class EndForm(forms.Form):
    reason = _words(gettext_lazy("Why it ends"), length=500)
