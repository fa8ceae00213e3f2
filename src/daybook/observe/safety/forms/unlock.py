"""What to know before a door is opened; that it stands; that it ends."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.people.queries import PersonLine
from daybook.foundation.registry.keys import new_key

from ..rules.unlock import LONGEST, problem_with_review
from ..vocabulary import UnlockKind

WRITE_WHY = gettext_lazy("Write why, in a few words.")


def _words(label: Any, help_text: Any = "", **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        **more,
    )


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=gettext_lazy("Within four weeks. It stands until somebody ends it by name."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Choose the day to look at it again.")},
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


class NoteForm(ReviewedForm):
    """One thing to know. ``apart_from`` names somebody in reach, ``number`` somebody elsewhere."""

    review_field = "review_on"

    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        choices=UnlockKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what it is about.")},
    )
    apart_from = forms.TypedChoiceField(
        label=gettext_lazy("Keep apart from"), required=False, coerce=int, empty_value=None
    )
    number = forms.CharField(
        label=gettext_lazy("or the number of somebody elsewhere"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    staff_needed = forms.IntegerField(
        label=gettext_lazy("How many staff?"),
        required=False,
        min_value=2,
        max_value=9,
        widget=forms.NumberInput(attrs={"min": 2, "max": 9}),
    )
    instruction = forms.CharField(
        label=gettext_lazy("What staff do"),
        help_text=gettext_lazy(
            "What whoever opens the door does: “leads the way down the stairs, slowly”. "
            "No offence, nothing about what somebody is: everyone on the wing reads it."
        ),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write what staff do.")},
    )
    reason = _words(
        gettext_lazy("Why"),
        gettext_lazy("What was seen or said, by whom. It is never printed."),
        error_messages={"required": WRITE_WHY},
    )
    review_on = _day(gettext_lazy("Look at it again on"))

    def __init__(self, *args: Any, others: Iterable[PersonLine], **more: Any) -> None:
        super().__init__(*args, **more)
        by_unit: dict[str, list[tuple[int, str]]] = {}
        for line in others:
            by_unit.setdefault(line.unit, []).append((line.id, f"{line.cell} {line.name}".strip()))
        field = self.fields["apart_from"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("choose")), *by_unit.items()]

    @staticmethod
    def usual() -> dict[str, Any]:
        return {"key": new_key(), "review_on": timezone.localdate() + LONGEST}

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        kind = said.get("kind")
        if kind == UnlockKind.STAFF and not said.get("staff_needed"):
            self.add_error("staff_needed", _("Say how many staff, from 2 to 9."))
        if (
            kind == UnlockKind.KEEP_APART
            and not said.get("apart_from")
            and not said.get("number")
            and "apart_from" not in self.errors
        ):
            self.add_error("apart_from", _("Say from whom: choose a name, or give a number."))
        return said


class StandsForm(ReviewedForm):
    """That somebody looked at a protection again, and lets it stand."""

    review_field = "next_on"

    key = forms.UUIDField(widget=forms.HiddenInput)
    words = _words(gettext_lazy("Why it stands"), error_messages={"required": WRITE_WHY})
    next_on = _day(gettext_lazy("Look at it again on"))

    @staticmethod
    def usual() -> dict[str, Any]:
        return {"key": new_key(), "next_on": timezone.localdate() + LONGEST}


class EndForm(forms.Form):
    reason = _words(
        gettext_lazy("Why it is no longer needed"),
        gettext_lazy("It leaves the door and the sheets at once; your name stands under it."),
        error_messages={"required": WRITE_WHY},
    )
