"""Telling the custodian about a colleague, the custodian's list, and what came of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.registry.cannot import Cannot

from . import actions, queries
from .forms import OutcomeForm, TellForm


@page
def tell(request: Visit) -> HttpResponse:
    """Write one down; who reads it is said first."""
    viewer = request.viewer
    queries.require_writer(viewer)
    places, here = queries.places(viewer)
    offered: dict[str, Any] = {"colleagues": queries.colleagues_of(viewer), "places": places}
    form = TellForm(initial=TellForm.usual(here), **offered)
    if request.method == "POST":
        form = TellForm(request.POST, **offered)
        if form.is_valid() and _told(viewer, form):
            messages.success(request, _("The custodian has it. Nobody else does."))
            return redirect("conduct:mine")
    context = {"form": form, "custodians": queries.custodians()}
    return render(request, "conduct/tell.html", context, status=422 if form.is_bound else 200)


def _told(viewer: Viewer, form: TellForm) -> bool:
    said = dict(form.cleaned_data)
    number = said.pop("number")
    said["person_id"] = queries.person_with(number, viewer=viewer) if number else None
    if number and said["person_id"] is None:
        form.add_error(
            "number",
            _("Nobody you work with has this number. Give it whole, or say in your words who."),
        )
        return False
    try:
        actions.tell_the_custodian(by=viewer, **said)
    except Cannot as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@require_safe
@page
def mine(request: Visit) -> HttpResponse:
    """What I wrote, and what came of it."""
    return render(
        request, "conduct/mine.html", {"mine": queries.my_observations(viewer=request.viewer)}
    )


@require_safe
@page
def received(request: Visit) -> HttpResponse:
    """The custodian's list."""
    lines = queries.received(viewer=request.viewer)
    context = {
        "waiting": [line for line in lines if not line.closed_at],
        "closed": [line for line in lines if line.closed_at],
    }
    return render(request, "conduct/received.html", context)


@require_safe
@page
def received_one(request: Visit, observation: UUID) -> HttpResponse:
    return _one(request, observation, OutcomeForm())


@require_POST
@page
def receive(request: Visit, observation: UUID) -> HttpResponse:
    """Say that it arrived."""
    actions.receive(by=request.viewer, key=observation)
    messages.success(request, _("The writer sees that it has arrived."))
    return redirect("conduct:received-one", observation)


@require_POST
@page
def close(request: Visit, observation: UUID) -> HttpResponse:
    """Answer it."""
    queries.require_custodian(request.viewer)
    form = OutcomeForm(request.POST)
    if form.is_valid():
        try:
            actions.close(by=request.viewer, key=observation, **form.cleaned_data)
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Answered."))
            return redirect("conduct:received-one", observation)
    return _one(request, observation, form)


@require_safe
@page
def outcomes(request: Visit) -> HttpResponse:
    """What was done, in words that name nobody."""
    return render(
        request, "conduct/outcomes.html", {"outcomes": queries.outcomes(viewer=request.viewer)}
    )


def _one(request: Visit, key: UUID, form: OutcomeForm) -> HttpResponse:
    context = {"seen": queries.received_one(key, viewer=request.viewer), "form": form}
    return render(
        request, "conduct/received_one.html", context, status=422 if form.is_bound else 200
    )
