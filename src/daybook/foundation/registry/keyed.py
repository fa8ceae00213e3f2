"""Forms that bring the key of what they make."""

from typing import Any

from django import forms

from .keys import new_key


class Keyed(forms.Form):
    """A form whose key is made with it, so that a second tap finds the first."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    @classmethod
    def fresh(cls, **more: Any) -> dict[str, Any]:
        """What it begins with: a key of its own, and ``more``."""
        return {"key": new_key(), **more}
