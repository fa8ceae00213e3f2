"""What is asked of whoever breaks glass, and of whoever reviews it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.keys import new_key

from .models import Finding
from .rules import problem_with_reason


class OpenForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    number = forms.CharField(
        label=_("The person’s number"),
        help_text=_("The whole number, as on the card. Nobody can be looked up here."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
        error_messages={"required": _("Give the whole number.")},
    )
    reason = forms.CharField(
        label=_("Why do you need it now?"),
        help_text=_("One sentence. Those who are told read it, and it stands in the log."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Say in a sentence why you need it now.")},
    )

    @staticmethod
    def usual() -> dict[str, Any]:
        return {"key": new_key()}

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if problem := problem_with_reason(reason):
            raise ValidationError(problem)
        return reason


class ReviewForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    finding = forms.ChoiceField(
        label=_("What did you find?"),
        choices=Finding.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    words = forms.CharField(
        label=_("In your words"),
        help_text=_("What you asked, whom, and what follows. Whoever opened the record reads it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Write a sentence: an answer without one is none.")},
    )

    @staticmethod
    def usual() -> dict[str, Any]:
        return {"key": new_key()}
