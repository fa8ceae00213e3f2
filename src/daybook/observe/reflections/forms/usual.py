"""The usual pattern with its early signs."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy

from ..models.reflection import LONGEST_NOTE
from ..queries.usual import Sign, Usual
from ..rules.usual import REVIEW_AFTER, review_problem, sign_problem

MOST_SIGNS = 8
EMPTY_SIGNS = 2


def area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


def _line() -> forms.TextInput:
    return forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})


def day_field(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more
    )


class UsualForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    replaces = forms.UUIDField(widget=forms.HiddenInput, required=False)
    words = forms.CharField(
        label=gettext_lazy("What we know as usual"),
        help_text=gettext_lazy(
            "How a day goes, with whom, what helps: words you would show the person."
        ),
        max_length=LONGEST_NOTE,
        widget=area(),
        error_messages={"required": gettext_lazy("Write at least a few words.")},
    )
    own_words = forms.CharField(
        label=gettext_lazy("How the person puts it"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=area(2),
    )
    together = forms.BooleanField(
        label=gettext_lazy("Written together and agreed with the person"), required=False
    )
    review_on = day_field(gettext_lazy("Look at it together again on"))

    @staticmethod
    def initial_from(usual: Usual | None) -> dict[str, Any]:
        """A pattern is written on from the one before; that it was agreed is asked anew."""
        review_on = timezone.localdate() + REVIEW_AFTER
        if usual is None:
            return {"review_on": review_on}
        return {
            "words": usual.words,
            "own_words": usual.own_words,
            "replaces": usual.key,
            "review_on": review_on,
        }

    def clean_review_on(self) -> Any:
        on = self.cleaned_data["review_on"]
        if problem := review_problem(on, timezone.localdate()):
            raise ValidationError(problem)
        return on


class SignForm(forms.Form):
    sign = forms.CharField(
        label=gettext_lazy("What shows first"), required=False, max_length=300, widget=_line()
    )
    response = forms.CharField(
        label=gettext_lazy("What we agreed to do then"),
        required=False,
        max_length=300,
        widget=_line(),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        sign, response = said.get("sign", ""), said.get("response", "")
        if not self.errors and (problem := sign_problem(sign, response)):
            self.add_error("response" if sign else "sign", problem)
        return said


SignForms = forms.formset_factory(
    SignForm, extra=EMPTY_SIGNS, max_num=MOST_SIGNS, validate_max=True
)


def signs_said(forms: Any) -> list[Sign]:
    """The signs that were filled in."""
    said = (form.cleaned_data for form in forms)
    return [Sign(each["sign"], each["response"]) for each in said if each.get("sign")]
