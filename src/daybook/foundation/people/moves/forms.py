"""Where somebody moves, when, and why."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..ahead.rules import moment
from ..models import Ending
from .queries import cell_called, units_by_establishment

GONE = (Ending.RELEASED.value, Ending.ABROAD.value)


class WhereAndWhen(forms.Form):
    """What every stay begins with: a cell, a day and an hour, and why."""

    cell = forms.CharField(
        label=gettext_lazy("Cell"),
        help_text=gettext_lazy(
            "As it stands on the door; empty where it isn’t known yet. "
            "Daybook can’t tell whether a bed is free: ask the wing first."
        ),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    on = forms.DateField(
        label=gettext_lazy("On"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    at = forms.TimeField(
        label=gettext_lazy("At"),
        widget=forms.TimeInput(attrs={"type": "time", "step": 1}, format="%H:%M:%S"),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why, in a few words"),
        help_text=gettext_lazy("Everyone who reads where they lived reads this, too."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        now = timezone.localtime()
        self.initial = {"on": now.date(), "at": now.time(), **self.initial}

    def look_up_the_cell(self, given: dict[str, Any], unit_id: int) -> None:
        """Set its key, and its name as it stands on the door; or say that there is none."""
        found = cell_called(given["cell"].strip(), unit_id)
        if found is None:
            self.add_error("cell", _("No cell there has this on its door. Look again."))
        else:
            given["cell_id"], given["cell"] = found

    @property
    def moment(self) -> datetime:
        return moment(self.cleaned_data["on"], self.cleaned_data["at"])


class MoveForm(WhereAndWhen):
    """A place, a time and a reason. Unseen: the stay, and what was warned of, when it was drawn."""

    stay = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    warned = forms.CharField(widget=forms.HiddenInput, required=False)
    to = forms.ChoiceField(
        label=gettext_lazy("Where to?"),
        error_messages={
            "required": gettext_lazy("Choose where they go."),
            "invalid_choice": gettext_lazy("Choose a place from the list."),
        },
    )
    field_order = ("stay", "warned", "to", "cell", "on", "at", "reason")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        places = self.fields["to"]
        assert isinstance(places, forms.ChoiceField)
        places.choices = [
            ("", _("choose")),
            *units_by_establishment(),
            (_("Leaves the service"), [(each.value, each.label) for each in map(Ending, GONE)]),
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["cell_id"] = None
        if (to := given.get("to")) and given.get("cell"):
            if to in GONE:
                given["cell"] = ""
            else:
                self.look_up_the_cell(given, int(to))
        return given

    @property
    def unit_id(self) -> int | None:
        """The unit they come to, or None where they leave the service."""
        to = self.cleaned_data["to"]
        return None if to in GONE else int(to)

    def heard(self, warnings: tuple[str, ...]) -> bool:
        """Whether whoever moves has read these very warnings, and said why all the same.

        Else the form carries them with it, for the next time it comes in.
        """
        told = "\n".join(warnings)
        if self.cleaned_data["warned"].replace("\r\n", "\n") == told:
            if not warnings or self.cleaned_data["reason"]:
                return True
            self.add_error("reason", _("Say why they move there all the same."))
        self.data = {**{name: self.data[name] for name in self.data}, "warned": told}
        return not warnings
