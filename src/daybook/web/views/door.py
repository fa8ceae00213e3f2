"""Signing in and out."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from daybook.foundation.access.page import open_page


class SignInForm(AuthenticationForm):
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


class Door(LoginView):
    template_name = "web/sign_in.html"
    authentication_form = SignInForm

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """The demonstration opens its doors with one press; nothing else ever does."""
        shown = getattr(settings, "DEMO_SIGN_INS", ()) if settings.DEMO else ()
        return super().get_context_data(demo_sign_ins=shown, **more)


sign_in = open_page(Door.as_view())


@open_page
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("sign-in")
