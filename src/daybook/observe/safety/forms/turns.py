"""Setting down who is on duty, from when until when."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from daybook.foundation.registry.keys import new_key

from ..queries.turns import Colleague
from ..vocabulary import Duty

A_SHIFT = timedelta(hours=8)


def _moment(label: Any, missing: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "step": 300}, format="%Y-%m-%dT%H:%M"
        ),
        error_messages={"required": missing, "invalid": missing},
    )


class TurnForm(forms.Form):
    """One turn. Who may have it depends on the duty: both are one choice, so none is wrong."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    who = forms.ChoiceField(
        label=gettext_lazy("Who"),
        error_messages={"required": gettext_lazy("Choose who is on duty.")},
    )
    since = _moment(gettext_lazy("From"), gettext_lazy("Give the day and the time it begins."))
    until = _moment(gettext_lazy("Until"), gettext_lazy("Give the day and the time it ends."))

    def __init__(
        self, *args: Any, colleagues: Mapping[Duty, Sequence[Colleague]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", ""),
            *(
                (
                    str(duty.label).capitalize(),
                    [(f"{duty}:{each.staff_id}", _named(each)) for each in there],
                )
                for duty, there in colleagues.items()
                if there
            ),
        ]

    def clean_who(self) -> tuple[str, int]:
        duty, _, staff = self.cleaned_data["who"].partition(":")
        return duty, int(staff)

    @staticmethod
    def usual() -> dict[str, Any]:
        now = timezone.localtime().replace(minute=0, second=0, microsecond=0)
        return {"key": new_key(), "since": now, "until": now + A_SHIFT}


def _named(colleague: Colleague) -> str:
    return f"{colleague.name}, {colleague.post}" if colleague.post else colleague.name
