"""Move somebody, or let them go."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from daybook.foundation.access.page import Visit, page
from daybook.foundation.registry.cannot import Cannot

from ..queries import person_line
from . import actions, queries
from .forms import MoveForm


@page
def move(request: Visit, person: int) -> HttpResponse:
    """To another cell, unit or establishment, released or abroad; warned of what speaks against."""
    viewer = request.viewer
    if viewer.everywhere:
        raise Http404
    form = MoveForm(request.POST if request.method == "POST" else None)
    warnings: tuple[str, ...] = ()
    if form.is_bound and form.is_valid():
        given, unit_id = form.cleaned_data, form.unit_id
        # A second tap comes from somebody who reaches the person no longer: the action answers.
        if unit_id is not None and queries.may_move(person, viewer=viewer):
            warnings = queries.what_speaks_against(person, unit_id, given["cell"], viewer=viewer)
        if form.heard(warnings):
            try:
                _save(request, person, form)
            except Cannot as why:
                form.add_error(None, str(why))
            else:
                messages.success(
                    request,
                    _("Saved. Whoever works there knows them now."),
                    extra_tags=f"move-{person}",
                )
                return _on(request, person)
    here = queries.living(person, viewer=viewer)
    if here is None:
        raise Http404
    if not form.is_bound:
        form.initial["stay"] = here.stay_id
    context = {
        "person": person_line(person, viewer=viewer),
        "here": here,
        "form": form,
        "warnings": warnings,
        "along": queries.what_goes_along(person, viewer=viewer),
    }
    return render(request, "people/move.html", context, status=422 if form.is_bound else 200)


def _save(request: Visit, person: int, form: MoveForm) -> None:
    given, unit_id = form.cleaned_data, form.unit_id
    stay = {"person_id": person, "stay_id": given["stay"]}
    said = {"at": form.moment, "reason": given["reason"]}
    if unit_id is None:
        actions.let_go(by=request.viewer, ended_as=given["to"], **stay, **said)
    else:
        actions.move(by=request.viewer, unit_id=unit_id, cell_id=given["cell_id"], **stay, **said)


def _on(request: Visit, person: int) -> HttpResponse:
    """To the person where they are still in reach; else home."""
    if queries.may_move(person, viewer=request.viewer):
        return redirect("people:ahead", person)
    return redirect("home")
