"""Signing in at the service's own identity provider, where it has one."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daybook.foundation.access.page import open_page
from daybook.foundation.staff import provider
from daybook.foundation.staff.tries import MustWait

from ..forms.door import wait_in_words
from .door import receive

AGAIN = "again"
"""What the address of the way back ends with when it is asked a second time."""


def where_there_is_one(
    view: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    @wraps(view)
    def asked(request: HttpRequest) -> HttpResponse:
        if not provider.is_there():
            raise Http404
        return view(request)

    return open_page(asked)  # type: ignore[return-value]


@where_there_is_one
@require_safe
def go(request: HttpRequest) -> HttpResponse:
    """To the provider. A link and not a button: forms of ours lead nowhere but here."""
    then = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(then, allowed_hosts=None):
        then = resolve_url(settings.LOGIN_REDIRECT_URL)
    try:
        return provider.go_there(request, back=_back(request), then=then)
    except provider.NotThisWay:
        return _sorry(
            request, _("Your service’s own sign-in doesn’t answer. Use your password meanwhile.")
        )


@where_there_is_one
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """From the provider. Cookies of ours don't come along from elsewhere: so it asks itself."""
    if AGAIN not in request.GET:
        return render(
            request, "web/provider_back.html", {"on": f"{request.get_full_path()}&{AGAIN}="}
        )
    try:
        came = provider.who_came(request, back=_back(request))
    except MustWait as wait:
        return _sorry(request, wait_in_words(wait.left))
    except provider.NotThisWay:
        return _sorry(
            request,
            _(
                "Your service’s own sign-in opened no account here. Try again, use your password, "
                "or ask whoever looks after accounts whether your staff number is the same in both."
            ),
        )
    return receive(request, came.staff, through="provider", second=came.second, then=came.then)


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("provider-back"))


def _sorry(request: HttpRequest, words: str) -> HttpResponse:
    messages.error(request, words)
    return redirect("sign-in")
