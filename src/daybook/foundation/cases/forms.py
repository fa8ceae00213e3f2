"""What is asked when a case is opened, reviewed or closed."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.keys import new_key

from .rules import USUAL_LENGTH, USUAL_REVIEW, date_problems

LONGEST_TEXT = 10_000


class Day(forms.DateField):
    """A day, asked with the device's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": _("Give a day, as in 2026-03-12.")}


class DatesForm(forms.Form):
    """The two days that keep a case from running on by itself."""

    review_on = Day(label=_("Next review"))
    ends_on = Day(
        label=_("Last day"),
        help_text=_("The case ends then by itself, unless it is renewed. At most 180 days ahead."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("review_on") and given.get("ends_on"):
            problems = date_problems(given["review_on"], given["ends_on"], timezone.localdate())
            for field, problem in problems.items():
                self.add_error(field, problem)
        return given


class OpenForm(DatesForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    legal_basis = forms.CharField(
        label=_("Legal basis"),
        max_length=300,
        help_text=_("The law and the section this work rests on."),
        error_messages={"required": _("Without a legal basis there can be no case.")},
    )
    opened_for = forms.CharField(
        label=_("Why, in plain words"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"dir": "auto"}),
        help_text=_(
            "What was seen or heard, what else could explain it, and what support is offered "
            "alongside. Write it so that the person could read it."
        ),
        error_messages={"required": _("Say in a sentence or two why this work is needed.")},
    )

    field_order = ["key", "legal_basis", "opened_for", "review_on", "ends_on"]

    @staticmethod
    def usual(today: date) -> dict[str, Any]:
        """How the page is drawn: a key of its own, and the usual days."""
        return {
            "key": new_key(),
            "review_on": today + USUAL_REVIEW,
            "ends_on": today + USUAL_LENGTH,
        }


class ReviewForm(DatesForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why it goes on"),
        max_length=500,
        widget=forms.Textarea(attrs={"dir": "auto"}),
        help_text=_("What has changed since, and what still needs this work. The team reads it."),
        error_messages={"required": _("Say why it goes on. If nothing comes to mind, close it.")},
    )

    field_order = ["key", "reason", "review_on", "ends_on"]

    @staticmethod
    def usual(today: date, ends_on: date) -> dict[str, Any]:
        """The usual next review; the last day moves only where that review would pass it."""
        review_on = today + USUAL_REVIEW
        return {"key": new_key(), "review_on": review_on, "ends_on": max(ends_on, review_on)}


class CloseForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it ends"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"dir": "auto"}),
        help_text=_("A sentence is enough: what was reached, or that the concern did not hold."),
        error_messages={"required": _("Say in a sentence why it ends.")},
    )


class ColleagueForm(forms.Form):
    """One colleague, chosen by pressing the button beside the name."""

    staff_id = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class JoinForm(ColleagueForm):
    part = forms.CharField(required=False, max_length=120)
