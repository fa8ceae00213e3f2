"""In the door: the second factor is asked for, or one is set up before anything else opens."""

from collections.abc import Callable
from functools import wraps

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daybook.foundation.access.page import open_page
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.staff import keys
from daybook.foundation.staff.arrivals import Arrival, arriving, shown
from daybook.foundation.staff.codes import picture_for_device, secret_for_device
from daybook.foundation.staff.factors import KEY, add_device, add_key, kinds_of
from daybook.foundation.staff.models import Second
from daybook.foundation.staff.tries import MustWait

from ..forms.door import CodeForm, wait_in_words
from ..forms.ways import NewDeviceForm, NewKeyForm
from ..notices import WAY_ADDED, tell_from_the_desk
from .door import let_in

InTheDoor = Callable[[HttpRequest, Arrival], HttpResponseBase]


def in_the_door(view: InTheDoor) -> Callable[[HttpRequest], HttpResponseBase]:
    """For whoever has shown one thing; anybody else begins at the beginning."""

    @wraps(view)
    def with_arrival(request: HttpRequest) -> HttpResponseBase:
        arrival = arriving(request)
        if arrival is None:
            return redirect("sign-in")
        answer = view(request, arrival)
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    return open_page(with_arrival)


@in_the_door
def second(request: HttpRequest, arrival: Arrival) -> HttpResponse:
    """A touch of one's key, a code of one's device, or one from the paper."""
    held = kinds_of(arrival.staff.pk)
    if not held:
        return redirect("set-up-factor")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            came = shown(request, arrival.staff, **form.cleaned_data)
        except MustWait as wait:
            form.add_error(None, wait_in_words(wait.left))
        else:
            if came:
                return let_in(
                    request, arrival.staff, through=arrival.through, second=came, then=arrival.then
                )
            form.add_error(
                None,
                _("That did not open it. A code is good for one minute, and opens once.")
                if form.cleaned_data["code"]
                else _("The key did not open it. Touch one that you added here."),
            )
    context = {
        "form": form,
        "staff": arrival.staff,
        "has_key": KEY in held and keys.work_at(request),
        "has_code": bool(held - {KEY}),
    }
    return render(request, "web/second_factor.html", context)


@require_POST
@in_the_door
def ask_for_key(request: HttpRequest, arrival: Arrival) -> HttpResponse:
    return JsonResponse(keys.ask_for_key(request, arrival.staff))


@in_the_door
def set_up(request: HttpRequest, arrival: Arrival) -> HttpResponse:
    """Whoever has no second factor, and needs one, adds it here and is in."""
    staff = arrival.staff
    if kinds_of(staff.pk):
        return redirect("second-factor")
    sent = request.POST if request.method == "POST" else None
    by_key = sent is not None and "key" in sent
    key_form = NewKeyForm(sent if by_key else None)
    device_form = NewDeviceForm(None if by_key else sent)
    form = key_form if by_key else device_form
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                if by_key:
                    add_key(
                        request, staff, by=None,
                        name=form.cleaned_data["name"], said=form.cleaned_data["key"],
                    )  # fmt: skip
                else:
                    add_device(request, staff, by=None, code=form.cleaned_data["code"])
                answer = let_in(
                    request,
                    staff,
                    through=arrival.through,
                    second=Second.KEY if by_key else Second.CODE,
                    then="how-i-sign-in",
                )
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            tell_from_the_desk(WAY_ADDED, staff.pk)
            return answer
    secret = secret_for_device(request)
    context = {
        "key_form": key_form,
        "device_form": device_form,
        "staff": staff,
        "keys_work": keys.work_at(request),
        "secret": secret,
        "picture": picture_for_device(staff, secret),
    }
    return render(request, "web/set_up_factor.html", context)


@require_POST
@in_the_door
def ask_for_new_key(request: HttpRequest, arrival: Arrival) -> HttpResponse:
    if kinds_of(arrival.staff.pk):
        raise Http404
    return JsonResponse(keys.ask_for_new_key(request, arrival.staff))
