"""Somebody was trained: who, for what, from when to when."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.registry.keys import new_key

from .queries import asked_for


def _day(label: Any, missing: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": missing,
            "invalid": gettext_lazy("That is no day. Choose one."),
        },
    )


class CompetenceForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    number = forms.CharField(
        label=gettext_lazy("Staff number"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
        error_messages={"required": gettext_lazy("Write the staff number.")},
    )
    for_what = forms.ChoiceField(
        label=gettext_lazy("For what?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose for what."),
            "invalid_choice": gettext_lazy("Choose for what."),
        },
    )
    since = _day(gettext_lazy("From"), gettext_lazy("Choose from when it holds."))
    until = _day(gettext_lazy("Up to and on"), gettext_lazy("Choose until when it holds."))
    how = forms.CharField(
        label=gettext_lazy("By which training?"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write by which training.")},
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["for_what"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, f"{key}: {names}") for key, names in asked_for()]

    @classmethod
    def fresh(cls) -> dict[str, Any]:
        return {"key": new_key()}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        since, until = said.get("since"), said.get("until")
        if since and until and until < since:
            self.add_error("until", _("It ends after it began: choose a later day."))
        return said
