"""How I sign in: one's own keys, codes, badge and password, and where one is signed in now."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from daybook.foundation.access import second_factor
from daybook.foundation.access.page import Visit, page
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.staff import factors, keys
from daybook.foundation.staff.accounts import change_own_password
from daybook.foundation.staff.badges import badge_of, set_pin
from daybook.foundation.staff.codes import picture_for_device, secret_for_device
from daybook.foundation.staff.door import by_password, stay
from daybook.foundation.staff.models import Second, Staff
from daybook.foundation.staff.sign_ins import end_one, end_others, open_sign_ins
from daybook.foundation.staff.tries import MustWait

from ..forms.door import wait_in_words
from ..forms.ways import NewDeviceForm, NewKeyForm, NewPasswordForm, PinForm, ProofForm
from ..notices import WAY_ADDED, WAY_REMOVED, tell

AFTER_PROOF = "daybook_after_proof"
"""Under what a session holds where whoever shows who they are wanted to go."""
THROUGH = {
    "web": gettext_lazy("password"),
    "badge": gettext_lazy("badge and PIN"),
    "key": gettext_lazy("security key"),
    "provider": gettext_lazy("the service’s own sign-in"),
}
AND = {
    Second.KEY: gettext_lazy("security key"),
    Second.CODE: gettext_lazy("code"),
    Second.PRINTED: gettext_lazy("printed code"),
}


def proved_first(
    view: Callable[[Visit], HttpResponseBase],
) -> Callable[[Visit], HttpResponseBase]:
    """Whoever changes a way in has shown who they are minutes ago: a desk may be left open."""

    @wraps(view)
    def asked(request: Visit) -> HttpResponseBase:
        if factors.is_proved(request):
            return view(request)
        request.session[AFTER_PROOF] = request.path
        return redirect("prove")

    return asked


@require_safe
@page
def ways(request: Visit) -> HttpResponse:
    """All that opens one's account, and where it is open."""
    viewer = request.viewer
    held = factors.factors_of(viewer.staff_id)
    context = {
        "keys": [each for each in held if each.kind == factors.KEY],
        "device": next((each for each in held if each.kind == factors.DEVICE), None),
        "paper": next((each for each in held if each.kind == factors.PAPER), None),
        "badge": badge_of(viewer.key),
        "asked": second_factor.is_asked_of(viewer.staff_id),
        "keys_work": keys.work_at(request),
        "sign_ins": [
            (each, _how(each.through, each.second))
            for each in open_sign_ins(staff_id=viewer.staff_id, here=viewer.sign_in_key)
            if each.through in THROUGH
        ],
    }
    return render(request, "web/ways.html", context)


def _how(through: str, second: str) -> str:
    shown = [str(THROUGH[through])]
    if through != "key" and second in AND:
        shown.append(str(AND[Second(second)]))
    return _(" and ").join(shown)


@page
def prove(request: Visit) -> HttpResponse:
    """The password once more, before a way in is changed."""
    form = ProofForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            _prove(request, form.cleaned_data["password"])
        except MustWait as wait:
            form.add_error("password", wait_in_words(wait.left))
        except Cannot as refusal:
            form.add_error("password", str(refusal))
        else:
            factors.proved(request)
            return redirect(request.session.pop(AFTER_PROOF, "how-i-sign-in"))
    return render(request, "web/prove.html", {"form": form}, status=422 if form.is_bound else 200)


@page
@proved_first
def add_key(request: Visit) -> HttpResponse:
    form = NewKeyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            factors.add_key(
                request, _staff(request), by=request.viewer,
                name=form.cleaned_data["name"], said=form.cleaned_data["key"],
            )  # fmt: skip
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            tell(WAY_ADDED, request.viewer.staff_id, by=request.viewer)
            messages.success(request, _("The key is yours now. Touch it to sign in."))
            return redirect("how-i-sign-in")
    context = {"form": form, "keys_work": keys.work_at(request)}
    return render(request, "web/add_key.html", context, status=422 if form.is_bound else 200)


@require_POST
@page
def ask_for_new_key(request: Visit) -> HttpResponse:
    """What this browser is to ask a key that is to be added."""
    if not factors.is_proved(request):
        raise Http404
    return JsonResponse(keys.ask_for_new_key(request, _staff(request)))


@page
@proved_first
def add_device(request: Visit) -> HttpResponse:
    staff = _staff(request)
    form = NewDeviceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            factors.add_device(request, staff, by=request.viewer, code=form.cleaned_data["code"])
        except Cannot as refusal:
            form.add_error("code", str(refusal))
        else:
            tell(WAY_ADDED, request.viewer.staff_id, by=request.viewer)
            messages.success(request, _("Your code device is known now."))
            return redirect("how-i-sign-in")
    secret = secret_for_device(request)
    context = {"form": form, "secret": secret, "picture": picture_for_device(staff, secret)}
    return render(request, "web/add_device.html", context, status=422 if form.is_bound else 200)


@page
@proved_first
def print_codes(request: Visit) -> HttpResponse:
    """Asked for by a look, made and shown by a press; a second press makes others."""
    printed: list[str] = []
    if request.method == "POST":
        try:
            printed = factors.print_codes(_staff(request), by=request.viewer)
        except Cannot as refusal:
            messages.error(request, str(refusal))
            return redirect("how-i-sign-in")
        tell(WAY_ADDED, request.viewer.staff_id, by=request.viewer)
    return render(request, "web/print_codes.html", {"printed": printed})


@require_POST
@page
@proved_first
def remove_factor(request: Visit) -> HttpResponse:
    viewer = request.viewer
    try:
        factors.remove_factor(
            by=viewer,
            staff_id=viewer.staff_id,
            factor=_number(request.POST.get("factor", "")),
            asked_for=second_factor.is_asked_of(viewer.staff_id),
        )
    except Cannot as refusal:
        messages.error(request, str(refusal))
    else:
        tell(WAY_REMOVED, viewer.staff_id, by=viewer)
        messages.success(request, _("It opens nothing any more."))
    return redirect("how-i-sign-in")


@page
@proved_first
def change_password(request: Visit) -> HttpResponse:
    staff = _staff(request)
    form = NewPasswordForm(staff, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        change_own_password(
            by=request.viewer, staff=staff, password=form.cleaned_data["new_password1"]
        )
        end_others(by=request.viewer, staff_id=staff.pk, but=request.viewer.sign_in_key)
        stay(request, staff)
        messages.success(request, _("Your password is changed. Elsewhere you are signed out."))
        return redirect("how-i-sign-in")
    return render(
        request, "web/change_password.html", {"form": form}, status=422 if form.is_bound else 200
    )


@require_POST
@page
def end_sign_in(request: Visit) -> HttpResponse:
    """Sign out somewhere else, or everywhere else: what stands open there closes."""
    viewer = request.viewer
    if request.POST.get("all"):
        ended = end_others(by=viewer, staff_id=viewer.staff_id, but=viewer.sign_in_key)
    else:
        end_one(by=viewer, staff_id=viewer.staff_id, handle=request.POST.get("handle", ""))
        ended = 1
    messages.success(
        request,
        ngettext("You are signed out there.", "You are signed out everywhere else.", ended),
    )
    return redirect("how-i-sign-in")


@page
def my_badge(request: Visit) -> HttpResponse:
    """Whether one has a badge, and choosing its PIN."""
    badge = badge_of(request.viewer.key)
    form = PinForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and badge:
        try:
            _prove(request, form.cleaned_data["password"])
            set_pin(by=request.viewer, pin=form.cleaned_data["pin"])
        except MustWait as wait:
            form.add_error("password", wait_in_words(wait.left))
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your PIN is set. It opens known desks with your badge."))
            return redirect("my-badge")
    context = {"badge": badge, "form": form}
    return render(request, "web/my_badge.html", context, status=422 if form.is_bound else 200)


def _prove(request: Visit, password: str) -> None:
    """Raises ``Cannot`` where it is another's, and ``tries.MustWait``."""
    staff = by_password(request, _staff(request).username, password)
    if staff is None:
        raise Cannot(_("That is not your password."))
    # Looking at it may have hashed it anew, as hashes grow stronger.
    stay(request, staff)


def _staff(request: Visit) -> Staff:
    return Staff.objects.get(pk=request.viewer.staff_id)


def _number(said: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) < 19):
        raise Http404
    return int(said)
