"""A strength; trust offered, and how it went."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..queries.strengths import Trust
from ..rules.strengths import Answer
from .usual import day_field


class StrengthForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=gettext_lazy("A strength"),
        help_text=gettext_lazy("Something seen or heard: “explains the work to newcomers”."),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write a few words.")},
    )


class OfferForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    what = forms.CharField(
        label=gettext_lazy("Trusted with what?"),
        help_text=gettext_lazy("Something real that can be taken up and kept, small is fine."),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write what was offered.")},
    )
    on = day_field(gettext_lazy("Offered on"))

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise ValidationError(_("That day is still to come. Choose today or a day before."))
        return on


class HowItWentForm(forms.Form):
    answer = forms.ChoiceField(
        label=gettext_lazy("How did it go?"),
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
    )
    on = day_field(gettext_lazy("When"))
    note = forms.CharField(
        label=gettext_lazy("In a few words"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, *args: Any, step: Trust, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["note"].show_hidden_initial = True
        # Only what may follow is offered; what a second press sends again is still understood.
        widget = self.fields["answer"].widget
        assert isinstance(widget, forms.RadioSelect)
        widget.choices = [(each.value, each.label) for each in step.possible]

    @property
    def note_seen(self) -> str | None:
        """The note that stood in the form when it was drawn."""
        return self.data.get("initial-note")

    def overtaken(self, why: str, *, note: str) -> None:
        """Say why it was not saved; what was typed stays, to be saved over ``note`` now."""
        self.data = {name: self.data[name] for name in self.data} | {"initial-note": note}
        self.add_error(None, why)
