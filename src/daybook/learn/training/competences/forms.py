"""Somebody was trained: who, for what, from when to when."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.registry.keyed import Keyed
from daybook.ui.fields import day, one, text

from .queries import asked_for


class CompetenceForm(Keyed):
    number = forms.CharField(
        label=gettext_lazy("Staff number"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
        error_messages={"required": gettext_lazy("Write the staff number.")},
    )
    for_what = one(gettext_lazy("For what?"), [], gettext_lazy("Choose for what."))
    since = day(gettext_lazy("From"), gettext_lazy("Choose from when it holds."))
    until = day(gettext_lazy("Up to and on"), gettext_lazy("Choose until when it holds."))
    how = text(
        gettext_lazy("By which training?"),
        gettext_lazy("Write by which training."),
        longest=200,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["for_what"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, f"{key}: {names}") for key, names in asked_for()]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        since, until = said.get("since"), said.get("until")
        if since and until and until < since:
            self.add_error("until", _("It ends after it began: choose a later day."))
        return said
