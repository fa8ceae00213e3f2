"""What is ahead of one person; leaving under escort, and coming back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import require
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key

from ..moves.queries import may_move
from ..queries import person_line
from . import actions, queries
from .forms import BackForm, ComingForm, LeaveForm


@page
def ahead(request: Visit, person: int) -> HttpResponse:
    """What is to come, what was lately, and for those who write here, a form for more."""
    viewer = request.viewer
    line = person_line(person, viewer=viewer)
    found = queries.what_is_ahead(person, viewer=viewer)
    form = ComingForm(request.POST if request.method == "POST" else None, initial=_keyed())
    if form.is_bound:
        require(person, viewer=viewer, compartment=Compartment.WING, right=Right.WRITE)
        if form.is_valid():
            try:
                actions.write_coming(by=viewer, person_id=person, **form.cleaned_data)
            except Cannot as why:
                form.add_error(None, str(why))
            else:
                messages.success(request, _("Saved."), extra_tags=f"coming-{person}")
                return redirect("people:ahead", person)
    context = {
        "person": line,
        "found": found,
        "form": form,
        "may_move": may_move(person, viewer=viewer),
    }
    return render(request, "people/ahead.html", context, status=422 if form.is_bound else 200)


@require_POST
@page
def call_off(request: Visit, person: int, coming: UUID) -> HttpResponse:
    """It will not take place, or did not."""
    try:
        actions.call_off(by=request.viewer, person_id=person, coming_id=coming)
    except Cannot as why:
        messages.info(request, str(why))
    else:
        messages.success(request, _("It is called off. Tell the person, if nobody has."))
    return redirect("people:ahead", person)


@require_POST
@page
def call_on(request: Visit, person: int, coming: UUID) -> HttpResponse:
    """What was called off takes place after all, or did."""
    try:
        actions.call_on(by=request.viewer, person_id=person, coming_id=coming)
    except Cannot as why:
        messages.info(request, str(why))
    else:
        messages.success(request, _("It takes place after all. Tell the person, if nobody has."))
    return redirect("people:ahead", person)


@page
def leave(request: Visit, person: int) -> HttpResponse:
    """Somebody has left under escort."""
    viewer = request.viewer
    for right in (Right.READ, Right.WRITE):
        require(person, viewer=viewer, compartment=Compartment.WING, right=right)
    form = LeaveForm(request.POST if request.method == "POST" else None, initial=_keyed())
    if form.is_bound and form.is_valid():
        try:
            actions.leave(
                by=viewer,
                person_id=person,
                key=form.cleaned_data["key"],
                kind=form.cleaned_data["kind"],
                left_at=form.moment,
            )
        except Cannot as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Saved. The board says where they are."))
            return redirect("people:ahead", person)
    context = {
        "person": person_line(person, viewer=viewer),
        "away": queries.away_now(person, viewer=viewer),
        "form": form,
    }
    return render(request, "people/leave.html", context, status=422 if form.is_bound else 200)


@page
def back(request: Visit, person: int, escort: UUID) -> HttpResponse:
    """Somebody is back."""
    viewer = request.viewer
    away = queries.escort(person, escort, viewer=viewer)
    form = BackForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.come_back(by=viewer, person_id=person, escort_id=escort, back_at=form.moment)
        except Cannot as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Saved: they are back."))
            return redirect("people:ahead", person)
    context = {"person": person_line(person, viewer=viewer), "away": away, "form": form}
    return render(request, "people/back.html", context, status=422 if form.is_bound else 200)


@require_POST
@page
def did_not_leave(request: Visit, person: int, escort: UUID) -> HttpResponse:
    """The escort did not take place, or was written for somebody else."""
    try:
        actions.did_not_leave(by=request.viewer, person_id=person, escort_id=escort)
    except Cannot as why:
        messages.info(request, str(why))
    else:
        messages.success(request, _("Saved: they did not leave."))
    return redirect("people:ahead", person)


def _keyed() -> dict[str, UUID]:
    return {"key": new_key()}
