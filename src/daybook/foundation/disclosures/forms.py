"""What is asked where somebody wants to see everything that is kept about them."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.keys import new_key

from .models import LONGEST
from .queries.requests import kinds_in_words


class RequestForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    recipient = forms.CharField(
        label=_("Who receives it"),
        max_length=200,
        help_text=_("The person, or who speaks for them, such as a lawyer: by name."),
        error_messages={"required": _("Say who receives it.")},
    )
    asked_on = forms.DateField(
        label=_("Asked on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Say on which day it was asked for."),
            "invalid": _("Give a day, as in 2026-03-12."),
        },
    )
    justification = forms.CharField(
        label=_("On what law, and what was weighed"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
        error_messages={"required": _("Say on what law it is given.")},
    )
    withheld = forms.MultipleChoiceField(
        label=_("Not given"), required=False, widget=forms.CheckboxSelectMultiple
    )
    withheld_because = forms.CharField(
        label=_("Why it is not given"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 2}),
        help_text=_("Weighed for this person and this request. It stands in what they receive."),
    )
    names_staff = forms.BooleanField(
        label=_("Name members of staff"),
        required=False,
        help_text=_("Unless chosen, they are told by their post."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind, f"{name[:1].upper()}{name[1:]}") for kind, name, _why in kinds_in_words()]
        # Who somebody is can't be withheld from them.
        self.fields["withheld"].choices = [  # type: ignore[attr-defined]
            choice for choice in choices if choice[0] != "person"
        ]

    @staticmethod
    def usual() -> dict[str, Any]:
        return {
            "key": new_key(),
            "asked_on": timezone.localdate(),
            "withheld": [kind for kind, _name, why in kinds_in_words() if why],
            "withheld_because": " ".join(
                dict.fromkeys(why for _kind, _name, why in kinds_in_words() if why)
            )[:LONGEST],
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("withheld") and not given.get("withheld_because"):
            self.add_error("withheld_because", _("Say why it is not given."))
        if given.get("asked_on") and given["asked_on"] > timezone.localdate():
            self.add_error("asked_on", _("This day has not come yet."))
        if not given.get("withheld"):
            given["withheld_because"] = ""
        return given


class DisclosureForm(forms.Form):
    """What was given to somebody outside."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    recipient = forms.CharField(
        label=_("Who received it"),
        max_length=200,
        help_text=_("By name and office."),
        error_messages={"required": _("Say who received it.")},
    )
    what = forms.CharField(
        label=_("What was given"),
        max_length=LONGEST,
        help_text=_("In a few words: what kind of record, of which time."),
        error_messages={"required": _("Say what was given.")},
    )
    purpose = forms.CharField(
        label=_("What for"),
        max_length=LONGEST,
        error_messages={"required": _("Say what it was given for.")},
    )
    legal_basis = forms.CharField(
        label=_("On what law"),
        max_length=300,
        error_messages={"required": _("Say on what law it was given.")},
    )
    handling = forms.CharField(
        label=_("On what condition"),
        required=False,
        max_length=LONGEST,
        help_text=_("As the recipient was told, such as not to pass it on."),
    )


class NumberForm(forms.Form):
    number = forms.CharField(
        label=_("Number of the person"),
        max_length=60,
        help_text=_("As in your other systems. You find nobody by name."),
        error_messages={"required": _("Give the number.")},
    )
