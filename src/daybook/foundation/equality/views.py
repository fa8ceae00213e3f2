"""The screen is handed to the person: they say what they like, and hand it back locked."""

from uuid import UUID

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from daybook.foundation.access.page import Visit, open_page, page
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.actions import end_sign_in

from . import actions, queries
from .forms import OfMyselfForm


@page
def of_myself(request: Visit, person: int) -> HttpResponse:
    """What is asked, with nothing chosen. It never shows what was said before."""
    line = queries.whom(person, viewer=request.viewer)
    form = OfMyselfForm(
        request.POST if request.method == "POST" else None, initial=OfMyselfForm.usual()
    )
    if form.is_bound and form.is_valid():
        key: UUID = form.cleaned_data["key"]
        actions.take_down(by=request.viewer, person_id=person, sheet=key, said=form.said)
        return _handed_back(request)
    status = 422 if form.is_bound else 200
    context = {"form": form, "person": line}
    return render(request, "equality/of_myself.html", context, status=status)


@require_POST
@page
def take_back(request: Visit, person: int) -> HttpResponse:
    """Nothing that they said of themself stands any longer."""
    actions.take_down(by=request.viewer, person_id=person, sheet=new_key(), said={})
    return _handed_back(request)


@require_safe
@never_cache
@open_page
def thanks(request: HttpRequest) -> HttpResponse:
    """What the person sees at the end, on a screen that shows nothing else."""
    return render(request, "equality/thanks.html")


def _handed_back(request: Visit) -> HttpResponse:
    # Somebody in custody holds the screen: from here it leads nowhere until staff sign in.
    end_sign_in(key=request.viewer.sign_in_key, by=request.viewer, subject="screen handed back")
    list(get_messages(request))
    return redirect("equality:thanks")
