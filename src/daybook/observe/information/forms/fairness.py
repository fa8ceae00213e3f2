"""What a governor answers, and of which day people are counted."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.keyed import Keyed
from daybook.ui.fields import text

from ..rules.fairness import problem_with_look


class AnswerForm(Keyed):
    why = text(
        _("What is behind it?"),
        _("Write what you take to be behind it."),
        longest=2000,
        rows=4,
        help_text=_(
            "Who reports what, and why there? Name nobody, neither staff nor people in custody."
        ),
    )
    doing = text(_("What is done about it?"), _("Write what is done."), longest=2000, rows=4)
    next_look_on = forms.DateField(
        label=_("By when do you look again?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the day.")},
    )

    def clean_next_look_on(self) -> date:
        day: date = self.cleaned_data["next_look_on"]
        if problem := problem_with_look(day, today=timezone.localdate()):
            raise forms.ValidationError(problem)
        return day


class DayForm(forms.Form):
    """One day; what can't be read is today, with a word beside it."""

    day = forms.DateField(
        label=_("On which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose the day."),
            "invalid": _("That is no day. Write it as 2026-12-31."),
        },
    )

    @classmethod
    def of(cls, asked: Any) -> "DayForm":
        return cls({"day": asked if asked else timezone.localdate().isoformat()})

    @property
    def chosen(self) -> date | None:
        return self.cleaned_data.get("day") if self.is_valid() else None
