"""The door of every page about people: one decorator, so that no view forgets a wall."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY as AUTH_USER
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url
from django.template.response import SimpleTemplateResponse
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from daybook.foundation.audit.actions import record_apart
from daybook.foundation.audit.models import Kind
from daybook.foundation.staff.door import SESSION_KEY

from .viewer import Viewer, look_as

P = ParamSpec("P")


class Visit(HttpRequest):
    """A request that has passed the door: it knows who is looking."""

    viewer: Viewer
    htmx: HtmxDetails


class LazyAnswer(Exception):
    """A response that would be written after the transaction has closed, and see nothing."""


View = Callable[Concatenate[Visit, P], HttpResponseBase]
Walled = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
DOOR = "_daybook_door"


def page(view: View[P]) -> Walled[P]:
    """Open the transaction, set the viewer, run the view, log what was seen, commit.

    The answer is whole before the transaction ends. What was refused is logged in a
    transaction of its own, because the first one rolls back. Absent and forbidden
    look the same: 404.
    """

    @wraps(view)
    def walled(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        viewer: Viewer | None = None
        try:
            with transaction.atomic():
                viewer = _viewer(request)
                if viewer is None:
                    return _ask_to_sign_in(request)
                visit = cast(Visit, request)
                visit.viewer = viewer
                answer = view(visit, *args, **kwargs)
                if isinstance(answer, SimpleTemplateResponse) and not answer.is_rendered:
                    answer = answer.render()
                if answer.streaming:
                    raise LazyAnswer(f"{_name(request)} streams its answer.")
                viewer.write_down(_name(request))
        except (Http404, PermissionDenied):
            record_apart(by=viewer, kind=Kind.DENIAL, subject=_name(request))
            raise Http404 from None
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    setattr(walled, DOOR, "walled")
    return cast(Walled[P], walled)


def open_page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Mark a view that shows nothing about anyone: sign-in, health, help."""
    setattr(view, DOOR, "open")
    return view


def _viewer(request: HttpRequest) -> Viewer | None:
    # The account is not loaded: the database checks it, with the sign-in, in one question.
    key, staff = request.session.get(SESSION_KEY), request.session.get(AUTH_USER)
    return look_as(int(staff), UUID(key)) if key and staff else None


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    answer = redirect_to_login(_to_go_on_with(request))
    if _was_meant(request):
        messages.warning(
            request,
            _("You were signed out before that was done. Please do it again."),
            fail_silently=True,
        )
    if request.headers.get("HX-Request") == "true":
        # htmx would paste the sign-in page into a corner of this one.
        return HttpResponse(status=204, headers={"HX-Redirect": answer.url})
    return answer


def _to_go_on_with(request: HttpRequest) -> str:
    """The page itself; after a form the page it stood on, because some forms answer no look."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    return stood_on(request) or resolve_url(settings.LOGIN_REDIRECT_URL)


def _was_meant(request: HttpRequest) -> bool:
    """Whether somebody pressed a button: a script that asks by itself wants no page."""
    by_hand = "text/html" in request.headers.get("Accept", "text/html")
    return request.method == "POST" and (by_hand or request.headers.get("HX-Request") == "true")


def stood_on(request: HttpRequest) -> str:
    """The page of ours that the request came from; empty if the browser does not say."""
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host():
        return ""
    return urlunsplit(("", "", page.path, page.query, ""))


def _name(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.view_name if match else "") or "page"
