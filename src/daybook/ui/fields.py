"""Fields as most forms ask them. The browser is asked to keep none of what is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def text(
    label: Any,
    missing: Any = "",
    *,
    longest: int,
    rows: int = 0,
    help_text: Any = "",
    **more: Any,
) -> forms.CharField:
    """Words; of one line unless ``rows`` says how many. Asked for where ``missing`` says so."""
    attrs: dict[str, Any] = {"dir": "auto", "autocomplete": "off"}
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
        **more,
    )


def one(label: Any, choices: Any, missing: Any = "", *, help_text: Any = "") -> forms.ChoiceField:
    """One answer of several. Asked for where ``missing`` says so."""
    wrong = missing or _("There is no such answer here. Choose one of those listed.")
    return forms.ChoiceField(
        label=label,
        choices=choices,
        help_text=help_text,
        required=bool(missing),
        widget=forms.RadioSelect,
        error_messages={"required": wrong, "invalid_choice": wrong},
    )


def several(
    label: Any, choices: Any, missing: Any = "", *, help_text: Any = ""
) -> forms.MultipleChoiceField:
    """Any number of answers; one at least where ``missing`` says so."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple,
        required=bool(missing),
        error_messages={
            "required": missing,
            "invalid_choice": missing or _("Choose from those listed."),
        },
    )


def day(
    label: Any, missing: Any = None, *, required: bool = True, help_text: Any = ""
) -> forms.DateField:
    """A day, asked with the device's own calendar."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": missing or _("Choose the day."),
            "invalid": _("That is no day. Choose one."),
        },
    )


def reference(label: Any, *, help_text: Any = "") -> forms.UUIDField:
    """The key of a record, copied from where it stands."""
    return forms.UUIDField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
        error_messages={"invalid": _("That is no reference. Copy it whole.")},
    )
