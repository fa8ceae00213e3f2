"""The door: signing in and out, locking, and coming back to a page that waits."""

from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY as AUTH_USER
from django.contrib.auth import login, logout
from django.contrib.auth.views import LoginView, redirect_to_login
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from daybook.foundation.access.page import Visit, open_page, page, stood_on
from daybook.foundation.staff.actions import end_sign_in
from daybook.foundation.staff.desks import desk_of, keep_known
from daybook.foundation.staff.door import SESSION_KEY
from daybook.foundation.staff.models import Staff

from ..forms import BadgeForm, SignInForm


class Door(LoginView):
    """One page for whoever comes, and for whoever comes back to a desk that has locked."""

    template_name = "web/sign_in.html"
    form_class = SignInForm

    def get_form_class(self) -> Any:
        return BadgeForm if "badge" in self.request.POST else SignInForm

    def get_initial(self) -> dict[str, Any]:
        left = self._left()
        return {"username": left.username} if left else {}

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """The demonstration opens its doors with one press; nothing else ever does."""
        context = super().get_context_data(**more)
        given = context["form"]
        forms_of = {
            "form": given if isinstance(given, SignInForm) else SignInForm(self.request),
            "badge_form": given if isinstance(given, BadgeForm) else BadgeForm(self.request),
        }
        shown = getattr(settings, "DEMO_SIGN_INS", ()) if settings.DEMO else ()
        return (
            context
            | forms_of
            | {
                "by_badge": isinstance(given, BadgeForm),
                "known_desk": desk_of(self.request),
                "left": self._left(),
                "demo_sign_ins": shown,
            }
        )

    def form_valid(self, form: Any) -> HttpResponse:
        came, left = form.get_user(), self._left()
        if key := self.request.session.get(SESSION_KEY):
            end_sign_in(key=key)
        login(self.request, came)
        # What waits on the page belongs to whoever left it: a colleague begins at home.
        waits = left is None or left.pk == came.pk
        if not waits:
            list(get_messages(self.request))
        answer = redirect(self.get_success_url() if waits else settings.LOGIN_REDIRECT_URL)
        if desk := desk_of(self.request):
            keep_known(answer, desk)
        return answer

    def _left(self) -> Staff | None:
        """Who was at this browser last, unless they signed out."""
        user = self.request.user if AUTH_USER in self.request.session else None
        return user if isinstance(user, Staff) else None


sign_in = open_page(Door.as_view())


@open_page
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("sign-in")


@require_POST
@page
def lock(request: Visit) -> HttpResponse:
    """End the sign-in and keep the place: whoever left comes back to the page they stood on."""
    end_sign_in(key=request.viewer.sign_in_key, by=request.viewer, subject="desk locked")
    # What was still to be told is not told to whoever comes next.
    list(get_messages(request))
    return redirect_to_login(stood_on(request) or settings.LOGIN_REDIRECT_URL)


@require_POST
@page
def still_here(request: Visit) -> HttpResponse:
    """Somebody reads or writes without asking for a page: the desk stays open."""
    return HttpResponse(status=204)
