"""What came of a check-in."""

from django import forms
from django.utils.translation import gettext_lazy

from ..vocabulary import LookIn


class LookInForm(forms.Form):
    came_of_it = forms.ChoiceField(
        label=gettext_lazy("How did it go?"),
        choices=LookIn.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how it went.")},
    )
    words = forms.CharField(
        label=gettext_lazy("A few words"),
        help_text=gettext_lazy(
            "What was said or is needed, if anything. Nobody has to talk, and not talking "
            "says nothing about anyone."
        ),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
