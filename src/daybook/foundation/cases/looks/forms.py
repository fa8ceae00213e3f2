"""Asking who looked, on a named inquiry."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from daybook.foundation.access.viewer import LARGEST


class InquiryForm(forms.Form):
    person = forms.IntegerField(
        label=_("Key of the person"),
        min_value=1,
        max_value=LARGEST,
        help_text=_("As the inquiry gives it."),
        error_messages={
            "required": _("Whom is the inquiry about?"),
            "min_value": _("Nobody has this key."),
            "max_value": _("Nobody has this key."),
        },
    )
    inquiry = forms.CharField(
        label=_("On which inquiry"),
        help_text=_("Who asks, under which number. It stands in the log."),
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Name the inquiry. Without one nothing is shown.")},
    )
    until = forms.DateField(
        label=_("The fortnight up to"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Up to which day?"), "invalid": _("Give a day.")},
    )

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until > timezone.localdate():
            raise ValidationError(
                gettext("That day is still to come. Choose today or a day before.")
            )
        return until
