"""What came of an action, in two touches."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Effect


class CloseForm(forms.Form):
    effect = forms.ChoiceField(
        label=_("What came of it?"),
        choices=Effect.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one, even if it was not done.")},
    )
    outcome = forms.CharField(
        label=_("In a few words"),
        required=False,
        max_length=500,
        widget=forms.Textarea,
    )
