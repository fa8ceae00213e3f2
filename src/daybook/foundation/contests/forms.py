"""What is asked where somebody says that a record is wrong, and where it is settled."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daybook.foundation.terms.languages import NAMES, language_name

from .models import LONGEST, LONGEST_HOW, Given, Outcome
from .queries import Owed
from .rules import told_day_problem


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class ContestForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("What is wrong, in the person’s own words"),
        help_text=_("Read it back to them. It stays beside the record, whatever comes of it."),
        max_length=LONGEST,
        widget=_area(5),
        error_messages={"required": _("Write down what the person says.")},
    )
    language = forms.ChoiceField(label=_("In which language they said it"))
    given = forms.ChoiceField(
        label=_("How it was given"),
        choices=Given.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how it was given.")},
    )

    def __init__(self, *args: Any, spoken: tuple[str, ...] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        others = sorted(
            ((code, language_name(code)) for code in NAMES if code not in spoken),
            key=lambda each: each[1],
        )
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            *((code, language_name(code)) for code in spoken),
            *others,
        ]


class SettleForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("What comes of it"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what comes of it.")},
    )
    reasons = forms.CharField(
        label=_("What was done, and why"),
        help_text=_("The person is given these words, beside their own."),
        max_length=LONGEST,
        widget=_area(4),
        error_messages={"required": _("Say what was done, and why.")},
    )


class TellForm(forms.Form):
    on = forms.DateField(
        label=_("When they were told"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say when."), "invalid": _("Give a day.")},
    )
    how = forms.CharField(
        label=_("How they were told"),
        help_text=_("Such as by letter, with its number."),
        max_length=LONGEST_HOW,
        error_messages={"required": _("Say how they were told.")},
    )

    def __init__(self, *args: Any, owed: Owed, **more: Any) -> None:
        super().__init__(*args, **more)
        self.owed = owed

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        owed_on = timezone.localdate(self.owed.owed_at)
        if problem := told_day_problem(on, owed_on=owed_on, today=timezone.localdate()):
            raise ValidationError(problem)
        return on
