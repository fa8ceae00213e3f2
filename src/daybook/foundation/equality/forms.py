"""What the person is asked. Nothing is chosen for them but to say nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.keys import new_key

from .vocabulary import UNSAID, characteristics


class OfMyselfForm(forms.Form):
    """One question for each thing the service asks; its key is made with it."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.asked = [f"say-{each.key}" for each in characteristics()]
        for name, each in zip(self.asked, characteristics(), strict=True):
            self.fields[name] = forms.ChoiceField(
                label=each.asks,
                choices=[(UNSAID, _("I would rather not say")), *each.groups.items()],
                required=False,
                initial=UNSAID,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Choose one of these.")},
            )

    @staticmethod
    def usual() -> dict[str, Any]:
        return {"key": new_key()}

    @property
    def said(self) -> dict[str, str]:
        """Keys of what was asked and answered."""
        return {
            name.removeprefix("say-"): self.cleaned_data[name]
            for name in self.asked
            if self.cleaned_data.get(name) not in (None, "", UNSAID)
        }

    @property
    def questions(self) -> list[Any]:
        return [self[name] for name in self.asked]
