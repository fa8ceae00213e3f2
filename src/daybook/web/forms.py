"""What is asked at the door, of a badge, and of a desk."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from daybook.foundation.places.models import Unit
from daybook.foundation.staff.door import by_badge, by_password
from daybook.foundation.staff.models import Staff
from daybook.foundation.staff.tries import MustWait


def wait_in_words(left: timedelta) -> str:
    """How long to wait, said so that nobody counts seconds."""
    minutes = max(1, -(-int(left.total_seconds()) // 60))
    return ngettext(
        "That went wrong too often. Wait a minute, then try again.",
        "That went wrong too often. Wait %(minutes)s minutes, then try again.",
        minutes,
    ) % {"minutes": minutes}


class SignInForm(AuthenticationForm):
    """Staff number and password, anywhere."""

    error_messages = {
        "invalid_login": _(
            "That staff number and password don’t go together. Both notice capital letters."
        ),
        "inactive": _("This account is closed. Ask whoever gave it to you."),
    }
    username = forms.CharField(
        label=_("Staff number"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autofocus": True, "autocapitalize": "none", "autocomplete": "username"}
        ),
    )

    def clean(self) -> dict[str, Any]:
        username, password = map(self.cleaned_data.get, ("username", "password"))
        if self.request and username and password:
            try:
                self.user_cache = by_password(self.request, username, password)
            except MustWait as wait:
                raise ValidationError(wait_in_words(wait.left)) from None
            if self.user_cache is None:
                raise self.get_invalid_login_error()
        return self.cleaned_data


class BadgeForm(forms.Form):
    """A badge and its PIN, at a known desk."""

    badge = forms.CharField(
        label=_("Badge"),
        max_length=60,
        # A reader types the code as a keyboard does, and it shall not stand there to be read.
        widget=forms.PasswordInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )
    pin = forms.CharField(
        label=_("PIN"),
        max_length=12,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, request: HttpRequest, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.request = request
        self.came: Staff | None = None

    def clean(self) -> dict[str, Any]:
        badge, pin = map(self.cleaned_data.get, ("badge", "pin"))
        if badge and pin:
            try:
                self.came = by_badge(self.request, badge, pin)
            except MustWait as wait:
                raise ValidationError(wait_in_words(wait.left)) from None
            if self.came is None:
                # One sentence for every reason: it tells nobody which half was right.
                raise ValidationError(
                    gettext(
                        "That badge and PIN don’t open this desk. After five wrong PINs a badge "
                        "waits for its holder’s password: sign in with that instead."
                    )
                )
        return self.cleaned_data

    def get_user(self) -> Staff | None:
        return self.came


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


class DeskForm(forms.Form):
    name = forms.CharField(
        label=_("What this desk is called"),
        max_length=60,
        help_text=_("As people say it: the office on the twos, the tablet by the servery."),
    )
    unit = forms.TypedChoiceField(label=_("Where it stands"), coerce=int)

    def __init__(self, units: list[Unit], data: Any = None) -> None:
        super().__init__(data)
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            (unit.pk, f"{unit.establishment.name}: {unit.name}") for unit in units
        ]


class EndDeskForm(forms.Form):
    desk = forms.UUIDField(widget=forms.HiddenInput)
