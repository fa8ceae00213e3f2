"""A concern in one touch, the words to it, and how it ended."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext_lazy

from daybook.foundation.registry.keys import new_key

from ..rules.concerns import LONGEST_WORDS
from ..vocabulary import ConcernKind, Ended


class DeviceTime(forms.CharField):
    """When the device says it is. Whatever can't be read is no time, and never a reason to stop."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput(attrs={"data-device-time": ""}))

    def clean(self, value: Any) -> datetime | None:
        try:
            said = parse_datetime(str(value or "").strip())
            return make_aware(said) if said and is_naive(said) else said
        except ValueError:
            return None


class ConcernForm(forms.Form):
    """What is feared, in one touch. The key was made with the row that was touched."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    noticed_at = DeviceTime()
    kind = forms.ChoiceField(
        label=gettext_lazy("What do you fear?"),
        choices=ConcernKind.choices,
        error_messages={
            "required": gettext_lazy("Touch what you fear."),
            "invalid_choice": gettext_lazy("Touch what you fear."),
        },
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "key" in self.errors:
            # Without its key a second tap is a second concern: better than none.
            del self.errors["key"]
            said["key"] = new_key()
        return said

    @classmethod
    def fresh(cls) -> "ConcernForm":
        return cls(initial={"key": new_key()}, auto_id=False)


class SeenForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("What did you see or hear?"),
        help_text=gettext_lazy("Plainly, as you saw it: what was said, where, when."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=LONGEST_WORDS,
        error_messages={
            "required": gettext_lazy("Write what you saw or heard."),
            "max_length": gettext_lazy(
                "The concern is raised, and stands. Shorten these words to 1000 characters."
            ),
        },
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        # A browser would cut a long text off silently.
        self.fields["words"].widget.attrs.pop("maxlength", None)


class EndConcernForm(forms.Form):
    how = forms.ChoiceField(
        label=gettext_lazy("How did it end?"),
        choices=Ended.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how it ended.")},
    )
    words = forms.CharField(
        label=gettext_lazy("What was done"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=LONGEST_WORDS,
        error_messages={"required": gettext_lazy("Write what was done, in a few words.")},
    )
