"""Signing in and out."""

from django import forms
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


sign_in = open_page(
    LoginView.as_view(
        template_name="web/sign_in.html",
        authentication_form=SignInForm,
        redirect_authenticated_user=False,
    )
)


@open_page
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("sign-in")
