"""What is asked at the door."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from daybook.foundation.staff.codes import LONGEST as LONGEST_CODE
from daybook.foundation.staff.door import by_badge, by_key, by_password
from daybook.foundation.staff.keys import LONGEST_ANSWER
from daybook.foundation.staff.models import Second, Staff
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

    through, second = "web", Second.NOTHING

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

    through, second = "badge", Second.NOTHING

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


class KeyForm(forms.Form):
    """A security key, which knows whose it is and has asked for its PIN: two factors in one."""

    through, second = "key", Second.KEY
    key = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_ANSWER)

    def __init__(self, request: HttpRequest, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.request = request
        self.came: Staff | None = None

    def clean(self) -> dict[str, Any]:
        if said := self.cleaned_data.get("key"):
            try:
                self.came = by_key(self.request, said)
            except MustWait as wait:
                raise ValidationError(wait_in_words(wait.left)) from None
        if self.came is None:
            raise ValidationError(
                gettext(
                    "That key opens no account here. Touch one that you added under How I sign "
                    "in, or use your password."
                )
            )
        return self.cleaned_data

    def get_user(self) -> Staff | None:
        return self.came


class CodeForm(forms.Form):
    """A second factor: a code, or a key's answer."""

    code = forms.CharField(
        label=_("Code"),
        max_length=LONGEST_CODE,
        required=False,
        help_text=_("The six digits that your code device shows now, or a printed code."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_ANSWER, required=False)

    def clean(self) -> dict[str, Any]:
        if not self.errors and not any(self.cleaned_data.values()):
            raise ValidationError(gettext("Touch your key, or type a code."))
        return self.cleaned_data
