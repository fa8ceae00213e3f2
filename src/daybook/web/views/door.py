"""The door: signing in and out, locking, and coming back to a page that waits."""

from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY as AUTH_USER
from django.contrib.auth import logout
from django.contrib.auth.views import LoginView, redirect_to_login
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from daybook.foundation.access import second_factor
from daybook.foundation.access.page import Visit, open_page, page, stood_on
from daybook.foundation.staff import keys
from daybook.foundation.staff.actions import end_sign_in
from daybook.foundation.staff.arrivals import arrive, turn_back
from daybook.foundation.staff.desks import desk_of, keep_known
from daybook.foundation.staff.door import come_in
from daybook.foundation.staff.factors import kinds_of
from daybook.foundation.staff.models import Second, Staff

from ..forms.door import BadgeForm, KeyForm, SignInForm


class Door(LoginView):
    """One page for whoever comes, and for whoever comes back to a desk that has locked."""

    template_name = "web/sign_in.html"
    form_class = SignInForm

    def get_form_class(self) -> Any:
        ways = {"badge": BadgeForm, "key": KeyForm}
        return next((form for sent, form in ways.items() if sent in self.request.POST), SignInForm)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        turn_back(request)
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        left = who_left(self.request)
        return {"username": left.username} if left else {}

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """The demonstration opens its doors with one press; nothing else ever does."""
        context = super().get_context_data(**more)
        given = context["form"]
        forms = {
            name: given if isinstance(given, form) else form(self.request)
            for name, form in (
                ("form", SignInForm), ("badge_form", BadgeForm), ("key_form", KeyForm),
            )
        }  # fmt: skip
        shown = getattr(settings, "DEMO_SIGN_INS", ()) if settings.DEMO else ()
        return (
            context
            | forms
            | {
                "by_badge": isinstance(given, BadgeForm),
                "by_password": isinstance(given, SignInForm),
                "known_desk": desk_of(self.request),
                "provider": settings.PROVIDER,
                "keys_work": keys.work_at(self.request),
                "left": who_left(self.request),
                "demo_sign_ins": shown,
            }
        )

    def form_valid(self, form: Any) -> HttpResponse:
        return receive(
            self.request,
            form.get_user(),
            through=form.through,
            second=form.second,
            then=self.get_success_url(),
        )


sign_in = open_page(Door.as_view())


def who_left(request: HttpRequest) -> Staff | None:
    """Who was at this browser last, unless they signed out."""
    user = request.user if AUTH_USER in request.session else None
    return user if isinstance(user, Staff) else None


def receive(
    request: HttpRequest, came: Staff, *, through: str, second: Second, then: str
) -> HttpResponse:
    """Open to whoever has shown enough, and ask everybody else for a second factor."""
    asked, held = second_factor.is_asked_of(came.pk), kinds_of(came.pk)
    # A badge and a PIN are two already, and enough for whoever works on a wing.
    if second is Second.NOTHING and (asked or (held and through != "badge")):
        second = Second.NOTHING if held else second_factor.waived()
        if second is Second.NOTHING:
            arrive(request, came, through=through, then=then)
            return redirect("second-factor" if held else "set-up-factor")
    return let_in(request, came, through=through, second=second, then=then)


def let_in(
    request: HttpRequest, came: Staff, *, through: str, second: Second, then: str
) -> HttpResponse:
    """Open the door, and lead on to what waits there for them."""
    left = who_left(request)
    turn_back(request)
    come_in(request, came, through=through, second=second)
    # What waits on the page belongs to whoever left it: a colleague begins at home.
    waits = left is None or left.pk == came.pk
    if not waits:
        list(get_messages(request))
    answer = redirect(then if waits else settings.LOGIN_REDIRECT_URL)
    if desk := desk_of(request):
        keep_known(answer, desk)
    return answer


@open_page
@require_POST
def ask_for_key(request: HttpRequest) -> HttpResponse:
    """What this browser is to ask a security key, whosever it is."""
    return JsonResponse(keys.ask_for_key(request))


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
