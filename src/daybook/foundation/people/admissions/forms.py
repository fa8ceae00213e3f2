"""Who comes in, under which numbers, to which cell."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.terms.languages import NAMES

from ..models import Pronoun, Status
from ..moves.forms import WhereAndWhen
from .queries import Known

HELD = (Status.REMAND, Status.SENTENCED)
MOST_LANGUAGES = 3


def _name(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        **more,
    )


class AdmissionForm(WhereAndWhen):
    """``same`` is who the officer has been shown as having one of the numbers."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    same = forms.IntegerField(
        min_value=1, max_value=2**63 - 1, required=False, widget=forms.HiddenInput
    )
    given_name = _name(gettext_lazy("Given name"))
    family_name = _name(
        gettext_lazy("Family name"), help_text=gettext_lazy("Empty for who has one name only.")
    )
    known_as = _name(gettext_lazy("Wishes to be called"))
    pronoun = forms.ChoiceField(
        label=gettext_lazy("Spoken of as"), choices=Pronoun.choices, initial=Pronoun.THEY
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Legal status"),
        choices=[(each.value, each.label) for each in HELD],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
    )
    since = forms.DateField(
        label=gettext_lazy("Since"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Where to?"),
        error_messages={
            "required": gettext_lazy("Choose where they come to live."),
            "invalid_choice": gettext_lazy("Choose a unit from the list."),
        },
    )
    field_order = (
        "given_name", "family_name", "known_as", "pronoun", "status", "since", "unit", "cell",
        "on", "at", "reason",
    )  # fmt: skip

    def __init__(
        self,
        data: Any = None,
        *,
        systems: Iterable[str],
        units: list[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self.fields["on"].label = _("Came on")
        self.fields["reason"].label = _("Why here, in a few words")
        self.initial = {
            "since": timezone.localdate(),
            "unit": units[0][0] if len(units) == 1 else "",
            **self.initial,
        }
        self.systems = list(systems)
        for number, system in enumerate(self.systems):
            self.fields[f"number_{number}"] = forms.CharField(
                label=_("Number, %(system)s") % {"system": system},
                max_length=60,
                required=False,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
        languages = sorted(((code, str(name)) for code, name in NAMES.items()), key=lambda n: n[1])
        for rank in range(MOST_LANGUAGES):
            self.fields[f"language_{rank}"] = forms.ChoiceField(
                label=_("Speaks") if rank == 0 else _("and"),
                choices=[("", _("choose")), *languages],
                required=False,
            )
        place = self.fields["unit"]
        assert isinstance(place, forms.ChoiceField)
        place.choices = [("", _("choose")), *units] if len(units) > 1 else units

    @property
    def number_fields(self) -> list[forms.BoundField]:
        return [self[f"number_{number}"] for number in range(len(self.systems))]

    @property
    def language_fields(self) -> list[forms.BoundField]:
        return [self[f"language_{rank}"] for rank in range(MOST_LANGUAGES)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["cell_id"] = None
        if given.get("unit") and given.get("cell"):
            self.look_up_the_cell(given, int(given["unit"]))
        if given.get("since") and given["since"] > timezone.localdate():
            self.add_error("since", _("That day is still to come. Choose today or an earlier day."))
        return given

    def meets(self, found: list[Known]) -> Known | None:
        """Who comes in, as far as one of the numbers tells; what that makes wrong is said."""
        if len(found) > 1:
            self.add_error(None, _("These numbers belong to different people. Look at each again."))
            return None
        if not found:
            if not self.cleaned_data.get("given_name", "").strip():
                unknown = _("Nobody has this number yet. Write their name.")
                self.add_error("given_name", unknown if self.numbers else _("Write their name."))
            return None
        (known,) = found
        if known.lives_in:
            self.add_error(
                None,
                _(
                    "Somebody with this number lives in %(place)s now. Whoever leads there moves"
                    " them; if it is somebody else, look at the number again."
                )
                % {"place": known.lives_in},
            )
            return None
        if self.cleaned_data.get("same") != known.id:
            self.data = {**{name: self.data[name] for name in self.data}, "same": str(known.id)}
            self.add_error(None, _("Somebody is known by this number. See below who it is."))
        return known

    @property
    def numbers(self) -> dict[str, str]:
        """By system, those that were given."""
        told = {
            system: self.cleaned_data.get(f"number_{number}", "").strip()
            for number, system in enumerate(self.systems)
        }
        return {system: number for system, number in told.items() if number}

    @property
    def names(self) -> dict[str, Any]:
        given = self.cleaned_data
        languages = [given.get(f"language_{rank}") for rank in range(MOST_LANGUAGES)]
        return {
            **{name: given[name] for name in ("given_name", "family_name", "known_as", "pronoun")},
            "languages": list(dict.fromkeys(each for each in languages if each)),
        }
