"""What is asked about a limit, an erasure and a hold."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.keys import new_key
from daybook.foundation.registry.records import Begins, Limit, Then

from .models import LONGEST_REASON, Ground
from .rules import months_after

LARGEST = 2**31 - 1
LONGEST_PERIOD = 1200


def _reason(label: Any, required: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 2}),
        help_text=help_text,
        error_messages={"required": required},
    )


class ErasureForm(forms.Form):
    """About one line of the list, named by its key."""

    erasure = forms.UUIDField(widget=forms.HiddenInput)


class ProposeForm(ErasureForm):
    reason = _reason(
        _("Why it goes"),
        _("Say why it goes, naming nobody."),
        _("It stays in the ledger: name nobody, and repeat nothing of what was written."),
    )


class KeepForm(ErasureForm):
    reason = _reason(
        _("Why it stays"),
        _("Say why it stays beyond its limit, naming nobody."),
        _("Such as a claim that is still open. A hold is better while a complaint or court asks."),
    )
    look_again_on = forms.DateField(
        label=_("Look at it again on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Name a day on which somebody looks again."),
            "invalid": _("Give a day, as in 2026-03-12."),
        },
    )


class HoldForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    ground = forms.ChoiceField(
        label=_("Because of"),
        choices=Ground.choices,
        error_messages={"required": _("Choose what asks for it.")},
    )
    reason = _reason(_("Who asks for it"), _("Say who asks for it, and under which number."))

    @staticmethod
    def usual() -> dict[str, Any]:
        return {"key": new_key()}


class HoldByNumberForm(HoldForm):
    """For data protection, which knows people by the keys on its list."""

    person = forms.IntegerField(
        label=_("Key of the person"),
        min_value=1,
        max_value=LARGEST,
        help_text=_("As it stands on the list of what is due, or in an inquiry."),
        error_messages={"required": _("Whose records stay?")},
    )
    field_order = ["key", "person", "ground", "reason"]


class LiftForm(forms.Form):
    hold = forms.UUIDField(widget=forms.HiddenInput)
    reason = _reason(_("Why it is lifted"), _("Say why it is lifted."))


class LimitForm(forms.Form):
    """How long one kind of record is kept."""

    kind = forms.CharField(widget=forms.HiddenInput, max_length=24)
    months = forms.IntegerField(label=_("Months"), min_value=1, max_value=LONGEST_PERIOD)
    unconvicted = forms.IntegerField(
        label=_("Months, if not sentenced"), min_value=1, max_value=LONGEST_PERIOD
    )
    child = forms.IntegerField(
        label=_("Months, if under eighteen"), min_value=1, max_value=LONGEST_PERIOD
    )
    then = forms.ChoiceField(
        label=_("Then"),
        choices=[
            (Then.ERASE.value, _("it is erased, once two people say so")),
            (Then.REVIEW.value, _("somebody looks at it first")),
        ],
    )
    reason = _reason(_("Why, and who decided it"), _("Say why, and who decided it."))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in ("unconvicted", "child"):
            if given.get(name) and given.get("months") and given[name] > given["months"]:
                self.add_error(name, _("Never longer than for everybody else."))
        return given

    def limit(self, begins: Begins) -> Limit:
        said = self.cleaned_data
        return Limit(said["months"], said["unconvicted"], said["child"], begins, Then(said["then"]))

    @staticmethod
    def of(kind: str, limit: Limit) -> dict[str, Any]:
        return {
            "kind": kind, "months": limit.months, "unconvicted": limit.unconvicted,
            "child": limit.child, "then": limit.then.value,
        }  # fmt: skip


def usual_look_again(today: date) -> date:
    """Half a year on, unless somebody says otherwise."""
    return months_after(today, 6)
