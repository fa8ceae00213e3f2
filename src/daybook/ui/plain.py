"""What a field says of an answer that won't do, in the words of the house and not of Django."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

NOT_OFFERED = _("Choose one of the answers offered.")
OLD_PAGE = _("This page has changed meanwhile. Load it again; nothing was saved.")

WORDS: dict[Any, dict[str, Any]] = {
    forms.Field: {
        "required": _("Fill this in."),
        "max_length": ngettext_lazy(
            "Say it in %(limit_value)d character.",
            "Say it in up to %(limit_value)d characters.",
            "limit_value",
        ),
        "min_length": ngettext_lazy(
            "Say it in at least %(limit_value)d character.",
            "Say it in at least %(limit_value)d characters.",
            "limit_value",
        ),
        "max_value": _("Give %(limit_value)s or less."),
        "min_value": _("Give %(limit_value)s or more."),
        "null_characters_not_allowed": _("There is a sign in it that can’t be kept."),
    },
    forms.IntegerField: {"invalid": _("Give a whole number.")},
    forms.FloatField: {"invalid": _("Give a number.")},
    forms.DecimalField: {"invalid": _("Give a number.")},
    forms.DateField: {"invalid": _("Give a day, as in 2026-03-12.")},
    forms.TimeField: {"invalid": _("Give a time, as in 14:30.")},
    forms.DateTimeField: {"invalid": _("Give a day and a time, as in 2026-03-12 14:30.")},
    forms.EmailField: {"invalid": _("Give an address, as in name@example.org.")},
    forms.RegexField: {"invalid": _("Write it as the example shows.")},
    forms.UUIDField: {"invalid": OLD_PAGE},
    forms.ChoiceField: {"invalid_choice": NOT_OFFERED},
    forms.MultipleChoiceField: {"invalid_choice": NOT_OFFERED, "invalid_list": NOT_OFFERED},
    forms.ModelChoiceField: {"invalid_choice": NOT_OFFERED},
    BaseFormSet: {"missing_management_form": OLD_PAGE},
}


def can_be_read(answer: object) -> None:
    """Refuse an answer of signs that show nothing: it looks filled in, and says nothing."""
    if not any(sign.isprintable() and not sign.isspace() for sign in str(answer)):
        raise ValidationError(_("There is nothing in it that can be read."), code="unreadable")


def speak_plainly() -> None:
    """Give every field these words; a form's own, which know more, still come first."""
    forms.CharField.default_validators = [can_be_read]
    for kind, words in WORDS.items():
        kind.default_error_messages = {**getattr(kind, "default_error_messages", {}), **words}
