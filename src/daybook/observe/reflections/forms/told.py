"""That the person was told; and what whoever objects was answered."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.terms.languages import NAMES, language_name

from ..models.reflection import LONGEST_NOTE
from ..queries.told import WasTold
from ..rules.told import answer_day_problem
from ..vocabulary import AnsweredHow
from .usual import area, day_field


class ToldForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    on = day_field(gettext_lazy("When"))
    language = forms.ChoiceField(label=gettext_lazy("In which language"))
    with_interpreter = forms.BooleanField(
        label=gettext_lazy("Somebody interpreted"), required=False
    )
    said = forms.CharField(
        label=gettext_lazy("What the person said to it"),
        help_text=gettext_lazy("In their words. Saying nothing is fine, and is never a mark."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=area(2),
    )
    objects = forms.BooleanField(label=gettext_lazy("The person objects"), required=False)

    def __init__(self, *args: Any, languages: tuple[str, ...] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        _offer_languages(self, languages)

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise ValidationError(_("That day is still to come. Choose today or a day before."))
        return on


class AnswerForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=gettext_lazy("What you answered"),
        help_text=gettext_lazy(
            "What was changed and what was not, why, and where one can turn next: in the words "
            "the person was given."
        ),
        max_length=LONGEST_NOTE,
        widget=area(4),
        error_messages={"required": gettext_lazy("Write what the person was answered.")},
    )
    on = day_field(gettext_lazy("When"))
    language = forms.ChoiceField(label=gettext_lazy("In which language"))
    how = forms.ChoiceField(
        label=gettext_lazy("How it was told"),
        choices=AnsweredHow.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say how the person was told.")},
    )

    def __init__(
        self, *args: Any, objection: WasTold, languages: tuple[str, ...] = (), **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.objection = objection
        _offer_languages(self, languages)

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if problem := answer_day_problem(
            on, objected_on=self.objection.on, today=timezone.localdate()
        ):
            raise ValidationError(problem)
        return on


def _offer_languages(form: forms.Form, spoken: tuple[str, ...]) -> None:
    """Those the person speaks first, then every other by name."""
    others = sorted(
        ((code, language_name(code)) for code in NAMES),
        key=lambda each: each[1],
    )
    field = form.fields["language"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [(code, language_name(code)) for code in spoken] + [
        each for each in others if each[0] not in spoken
    ]
