"""Something ahead; leaving under escort, and coming back."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import ComingKind, EscortKind
from .rules import coming_problem, moment


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def _hour(label: Any, **more: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **more
    )


def _one_of(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one of these.")},
    )


class ComingForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = _one_of(_("What is ahead?"), ComingKind.choices)
    on = _day(_("Day"))
    at = _hour(_("Time"), required=False, help_text=_("Leave it empty where no hour is known yet."))
    words = forms.CharField(
        label=_("In a few words"),
        help_text=_("Who comes, or where it is. Leave out what it is about."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if isinstance(given.get("on"), date) and "at" not in self.errors:
            problem = coming_problem(given["on"], given.get("at"), now=timezone.now())
            if problem:
                self.add_error(*problem)
        return given


class _Moment(forms.Form):
    """A day and an hour: now, unless somebody says otherwise."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        now = timezone.localtime()
        self.initial = {"on": now.date(), "at": now.time(), **self.initial}

    @property
    def moment(self) -> datetime:
        return moment(self.cleaned_data["on"], self.cleaned_data["at"])


class LeaveForm(_Moment):
    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = _one_of(_("Where?"), EscortKind.choices)
    on = _day(_("Left on"))
    at = _hour(_("At"))


class BackForm(_Moment):
    on = _day(_("Back on"))
    at = _hour(_("At"))
