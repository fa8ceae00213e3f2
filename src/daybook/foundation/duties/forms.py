"""What came of an action, in two touches; what one wishes to hear of."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .actions.notices import IN_THE_APP
from .channels import channels
from .kinds import kinds
from .models import Effect


class CloseForm(forms.Form):
    effect = forms.ChoiceField(
        label=_("What came of it?"),
        choices=Effect.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one, even if it was not done.")},
    )
    outcome = forms.CharField(
        label=_("In a few words"),
        required=False,
        max_length=500,
        widget=forms.Textarea,
    )


class WishForm(forms.Form):
    """For each kind of notice, by which ways to hear of it; nothing ticked is not at all."""

    def __init__(
        self, data: Mapping[str, Any] | None, *, held: Mapping[str, Collection[str]]
    ) -> None:
        super().__init__(data)
        ways = [(IN_THE_APP, _("In Daybook")), *((way.slug, way.label) for way in channels)]
        for kind in kinds:
            if not kind.urgent:
                unsaid = [IN_THE_APP] if kind.default_on else []
                self.fields[kind.slug] = forms.MultipleChoiceField(
                    label=str(kind.label),
                    choices=ways,
                    required=False,
                    initial=held.get(kind.slug, unsaid),
                    widget=forms.CheckboxSelectMultiple,
                )
