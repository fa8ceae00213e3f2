"""Telling the custodian, and answering."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.registry.keys import new_key

from .queries import Colleague
from .rules import problem_with_day


class TellForm(forms.Form):
    """What was seen of a colleague. The browser is asked to keep none of it."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    about = forms.TypedChoiceField(
        label=gettext_lazy("Who is it about?"), required=False, coerce=int, empty_value=None
    )
    about_words = forms.CharField(
        label=gettext_lazy("or in your own words"),
        help_text=gettext_lazy(
            "If you don’t know the name, or it was several: “two of the late shift”."
        ),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    fact = forms.CharField(
        label=gettext_lazy("What did you see or hear?"),
        help_text=gettext_lazy(
            "As a camera would have it: what was said and done, in which words. What you make of "
            "it may stand beside it, if you say that it is yours."
        ),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write what you saw or heard.")},
    )
    seen_on = forms.DateField(
        label=gettext_lazy("On which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Choose the day.")},
    )
    place = forms.CharField(
        label=gettext_lazy("Where, and at what time?"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write where it was.")},
    )
    establishment = forms.TypedChoiceField(
        label=gettext_lazy("In which establishment?"),
        coerce=int,
        error_messages={"required": gettext_lazy("Choose the establishment.")},
    )
    number = forms.CharField(
        label=gettext_lazy("Was somebody in custody harmed? Their number"),
        help_text=gettext_lazy("As on the card, for somebody you work with. Or leave it empty."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )

    def __init__(
        self,
        *args: Any,
        colleagues: Iterable[Colleague],
        places: Iterable[tuple[int, str]],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self._choose("about", [("", _("choose")), *((each.id, each.name) for each in colleagues)])
        self._choose("establishment", [("", _("choose")), *places])

    def _choose(self, name: str, choices: list[tuple[int | str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = choices

    @staticmethod
    def usual(place: int | None) -> dict[str, Any]:
        return {"key": new_key(), "seen_on": timezone.localdate(), "establishment": place}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("about") and not said.get("about_words") and "about" not in self.errors:
            self.add_error("about", _("Choose a colleague, or say in your own words who it was."))
        day = said.get("seen_on")
        if day and (problem := problem_with_day(day, today=timezone.localdate())):
            self.add_error("seen_on", problem)
        return said


class OutcomeForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("What was done"),
        help_text=gettext_lazy(
            "It names nobody: the writer reads it, the governor of the establishment and the "
            "oversight body."
        ),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write what was done.")},
    )
