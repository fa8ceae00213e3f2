"""Fields that most forms of a joint review share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.keys import new_key


class Keyed(forms.Form):
    """A form whose key is made with it, so that a second tap finds the first."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    @classmethod
    def fresh(cls, **more: Any) -> dict[str, Any]:
        return {"key": new_key(), **more}


def text(
    label: Any, missing: Any = "", *, longest: int, rows: int = 0, help_text: Any = ""
) -> forms.CharField:
    """Words; of one line unless ``rows`` says how many. Asked for where ``missing`` says so."""
    attrs: dict[str, Any] = {"dir": "auto"}
    widget: forms.Widget = (
        forms.Textarea(attrs={**attrs, "rows": rows}) if rows else forms.TextInput(attrs=attrs)
    )
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=longest,
        widget=widget,
        required=bool(missing),
        error_messages={"required": missing} if missing else {},
    )


def one(label: Any, choices: Any, missing: Any, *, help_text: Any = "") -> forms.ChoiceField:
    """One answer of several."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        help_text=help_text,
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": missing},
    )


def day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose the day."),
            "invalid": _("That is no day. Choose one."),
        },
    )
