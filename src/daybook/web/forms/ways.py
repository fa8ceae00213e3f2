"""What is asked of somebody who changes how they sign in."""

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from daybook.foundation.staff.codes import LONGEST as LONGEST_CODE
from daybook.foundation.staff.keys import LONGEST_ANSWER


class NewKeyForm(forms.Form):
    name = forms.CharField(
        label=_("What you call it"),
        max_length=60,
        required=False,
        help_text=_("So that you know it from another: blue key, staff card."),
    )
    key = forms.CharField(
        widget=forms.HiddenInput,
        max_length=LONGEST_ANSWER,
        error_messages={"required": _("The key was not touched. Press the button, then touch it.")},
    )


class NewDeviceForm(forms.Form):
    code = forms.CharField(
        label=_("The six digits it shows now"),
        max_length=LONGEST_CODE,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class ProofForm(forms.Form):
    """Who one is, shown anew before a way to sign in is changed."""

    password = forms.CharField(
        label=_("Your password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autofocus": True, "autocomplete": "current-password"}),
    )


class NewPasswordForm(SetPasswordForm):  # type: ignore[type-arg]
    """One's own password: long, not among those that are tried first, and typed twice."""

    error_messages = {"password_mismatch": _("The two are not the same. Type both anew.")}


class PinForm(forms.Form):
    """The PIN of one's own badge, and the password that shows whose it is."""

    password = forms.CharField(
        label=_("Your password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    pin = forms.CharField(
        label=_("New PIN"),
        max_length=20,
        help_text=_("Six to twelve digits that only you would think of."),
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    again = forms.CharField(
        label=_("The same PIN again"),
        max_length=20,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if "pin" in self.cleaned_data and again != self.cleaned_data["pin"]:
            raise ValidationError(gettext("The two are not the same. Type both anew."))
        return again
