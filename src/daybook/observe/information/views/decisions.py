"""For whoever decides: what is confirmed, what they were given, and what rests on it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.cases.queries import my_cases
from daybook.foundation.registry.cannot import Cannot

from ..actions import given as actions
from ..forms.desk import LookAgainForm, RestForm
from ..queries import concern as concerns
from ..queries import desk, reach


@require_safe
@page
def confirmed(request: Visit) -> HttpResponse:
    """What is confirmed about people the viewer decides for."""
    viewer = request.viewer
    reach.require(viewer.may(Right.READ, Compartment.INFORMATION) and not viewer.everywhere)
    kinds = desk.by_kind(desk.confirmed(viewer=viewer), desk.past())
    return render(request, "information/confirmed.html", {"kinds": kinds})


@require_safe
@page
def given(request: Visit) -> HttpResponse:
    """Copies that the desk gave me, also those that have ended."""
    return render(
        request, "information/given.html",
        {"copies": desk.copies_given_to_me(viewer=request.viewer)},
    )  # fmt: skip


@page
def rest_on(request: Visit, information: UUID) -> HttpResponse:
    """Say that a case of mine rests on it."""
    viewer = request.viewer
    whole = concerns.concern(information, viewer=viewer)
    cases = [
        (str(case.id), case.opened_for[:80])
        for case in my_cases(viewer=viewer)
        if case.person_id == whole.person_id and case.closed_at is None
    ]
    reach.require(bool(cases))
    form = RestForm(initial=RestForm.fresh(), cases=cases)
    if request.method == "POST":
        form = RestForm(request.POST, cases=cases)
        if form.is_valid():
            try:
                actions.rest_on(
                    by=viewer,
                    concern=information,
                    key=form.cleaned_data["key"],
                    kind="case",
                    record_key=UUID(form.cleaned_data["case"]),
                    why=form.cleaned_data["why"],
                )
            except Cannot as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Written down. If it ends you are told."))
                return redirect("information:uses")
    said = {"form": form, "whole": whole}
    return render(request, "information/rest_on.html", said, status=422 if form.is_bound else 200)


@require_safe
@page
def uses(request: Visit) -> HttpResponse:
    """What of mine rests on information, those to look at again first."""
    return render(request, "information/uses.html", {"uses": desk.my_uses(viewer=request.viewer)})


@page
def look_again(request: Visit, use: UUID) -> HttpResponse:
    """Say what came of a decision whose ground has ended."""
    viewer = request.viewer
    found = {each.key: each for each in desk.my_uses(viewer=viewer)}
    reach.require(use in found)
    form = LookAgainForm()
    if request.method == "POST":
        form = LookAgainForm(request.POST)
        if form.is_valid():
            try:
                actions.look_again(by=viewer, use=use, words=form.cleaned_data["words"])
            except Cannot as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Written down."))
                return redirect("information:uses")
    said = {"form": form, "used": found[use]}
    return render(
        request, "information/look_again.html", said, status=422 if form.is_bound else 200
    )
