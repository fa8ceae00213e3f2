"""Choosing officers, and who stands in for one who is away."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import RosterSide
from .officers import Assigned, Officer, WithOfficers
from .rules import cover_problems

Choices = list[tuple[int | str, str]]


class OfficersForm(forms.Form):
    """One officer a side, and, unseen, who was there when the page was drawn."""

    def __init__(self, row: WithOfficers, offered: list[Officer], data: Any = None) -> None:
        super().__init__(data)
        for side, label in RosterSide.choices:
            now = row.sides[side]
            self.fields[side] = _OneOf(
                [("", _("nobody for now")), *_with_present(offered, now)],
                label=_("Side %(side)s of the roster") % {"side": label},
                required=False,
                initial=now.staff_id if now else "",
            )
            self.fields[f"seen_{side}"] = forms.IntegerField(
                required=False,
                widget=forms.HiddenInput,
                initial=now.staff_id if now else None,
            )

    @property
    def wanted(self) -> dict[str, int | None]:
        return {side: self.cleaned_data[side] for side in RosterSide.values}

    @property
    def seen(self) -> dict[str, int | None]:
        return {side: self.cleaned_data[f"seen_{side}"] for side in RosterSide.values}


class CoverForm(forms.Form):
    first = forms.DateField(
        label=gettext_lazy("From"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    last = forms.DateField(
        label=gettext_lazy("Up to and including"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Cover always ends: at most 30 days."),
    )

    field_order = ["officer_id", "staff_id", "first", "last"]

    def __init__(
        self, officers: Iterable[Officer], offered: Iterable[Officer], data: Any = None
    ) -> None:
        super().__init__(data, initial={"first": timezone.localdate()})
        pick = ("", _("choose"))
        self.fields["officer_id"] = _OneOf([pick, *_choices(officers)], label=_("Who is away"))
        self.fields["staff_id"] = _OneOf([pick, *_choices(offered)], label=_("Who stands in"))
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if isinstance(first, date) and isinstance(last, date):
            for field, problem in cover_problems(first, last, timezone.localdate()).items():
                self.add_error(field, problem)
        if given.get("officer_id") and given.get("officer_id") == given.get("staff_id"):
            self.add_error("staff_id", _("Choose a colleague: nobody stands in for themselves."))
        return given


class EndCoverForm(forms.Form):
    """Names one cover of an officer by what all its rows share."""

    officer_id = forms.IntegerField()
    staff_id = forms.IntegerField()
    until = forms.DateTimeField()


class _OneOf(forms.TypedChoiceField):
    """One colleague from a short list, by key."""

    def __init__(self, choices: Choices, **more: Any) -> None:
        super().__init__(
            choices=choices,
            coerce=int,
            empty_value=None,
            error_messages={
                "required": _("Choose somebody."),
                "invalid_choice": _("They don’t work on this unit now. Choose somebody else."),
            },
            **more,
        )


def _choices(officers: Iterable[Officer]) -> Choices:
    return [(officer.id, officer.name) for officer in officers]


def _with_present(offered: list[Officer], present: Assigned | None) -> Choices:
    """Whoever is named now stays a choice, also when they work elsewhere meanwhile."""
    choices = _choices(offered)
    if present and present.staff_id not in {officer.id for officer in offered}:
        choices.append(
            (present.staff_id, _("%(name)s (not on this unit now)") % {"name": present.name})
        )
    return choices
