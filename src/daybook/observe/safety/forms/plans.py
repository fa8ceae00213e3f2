"""What staff do to keep somebody safe; looking in; letting it stand; handing it back."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy

from daybook.foundation.registry.keys import new_key

from ..rules.plans import LONGEST, USUAL_MINUTES, every, problem_with_review

WRITE_WHY = gettext_lazy("Write why, in a few words.")
every_lazy = lazy(every, str)


def _words(
    label: Any, help_text: Any = "", *, longest: int, rows: int = 2, **more: Any
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
        **more,
    )


def _day() -> forms.DateField:
    return forms.DateField(
        label=gettext_lazy("Look at it again on"),
        help_text=gettext_lazy("Within a week. The plan goes on until somebody hands it back."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Choose the day to look at it again.")},
    )


def _spoke() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=gettext_lazy("Did you speak?"),
        choices=[("yes", gettext_lazy("we spoke")), ("no", gettext_lazy("seen, not spoken"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Say whether you spoke."),
            "invalid_choice": gettext_lazy("Say whether you spoke."),
        },
    )


class ReviewedForm(forms.Form):
    """What forms with a day to look again share."""

    review_field = ""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        day = said.get(self.review_field)
        if day and (problem := problem_with_review(day, today=timezone.localdate())):
            self.add_error(self.review_field, problem)
        return said


class PlanForm(ReviewedForm):
    """Practical words, without clinical content. ``replaces``: the plan that ran then."""

    review_field = "review_on"

    key = forms.UUIDField(widget=forms.HiddenInput)
    replaces = forms.UUIDField(widget=forms.HiddenInput, required=False)
    what = _words(
        gettext_lazy("What do staff do?"),
        gettext_lazy(
            "Practical words only: knock, say his name, sit with him at tea. Nothing clinical, no "
            "diagnosis, nothing told in confidence: everyone on the shift reads it."
        ),
        longest=1000,
        rows=3,
        error_messages={"required": gettext_lazy("Write what staff do.")},
    )
    who = forms.CharField(
        label=gettext_lazy("Who does it?"),
        help_text=gettext_lazy("“The officer on the twos; at night whoever has the keys.”"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write who does it.")},
    )
    every_minutes = forms.TypedChoiceField(
        label=gettext_lazy("How often do they look in, at the longest?"),
        choices=[(minutes, every_lazy(minutes)) for minutes in USUAL_MINUTES],
        coerce=int,
        error_messages={"required": gettext_lazy("Choose how often.")},
    )
    helps = _words(
        gettext_lazy("What does the person say helps?"),
        gettext_lazy("Ask. In their own words, if they wish to say."),
        longest=500,
        required=False,
    )
    review_on = _day()

    @staticmethod
    def usual() -> dict[str, Any]:
        return {"key": new_key(), "every_minutes": 30, "review_on": timezone.localdate() + LONGEST}


class LookForm(forms.Form):
    """One touch: whether they spoke. Words if there is something to say."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    spoke = _spoke()
    words = forms.CharField(
        label=gettext_lazy("How it was, if you like"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


class StandsForm(ReviewedForm):
    """That somebody looked at the plan again, and lets it go on."""

    review_field = "next_on"

    key = forms.UUIDField(widget=forms.HiddenInput)
    words = _words(
        gettext_lazy("Why it goes on"), longest=500, error_messages={"required": WRITE_WHY}
    )
    next_on = _day()

    @staticmethod
    def usual() -> dict[str, Any]:
        return {"key": new_key(), "next_on": timezone.localdate() + LONGEST}


class HandBackForm(forms.Form):
    """Back to ordinary care: to whom, why, and a last look."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    to = forms.CharField(
        label=gettext_lazy("Who goes on, and with what?"),
        help_text=gettext_lazy("“His personal officers: a talk each morning this week.”"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write who goes on.")},
    )
    because = _words(
        gettext_lazy("Why is it safe now?"),
        gettext_lazy("What has changed, and what the person says."),
        longest=500,
        error_messages={"required": WRITE_WHY},
    )
    spoke = _spoke()
    words = _words(gettext_lazy("The last look: how it was"), longest=500, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["spoke"].label = gettext_lazy("The last look: did you speak?")
