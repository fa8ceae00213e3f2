"""Personal officers of a unit, and cover, for whoever leads it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.places.queries import unit_with
from daybook.foundation.registry.cannot import Cannot

from . import actions
from .forms import CoverForm, EndCoverForm, OfficersForm
from .officers import (
    officers_now,
    one_with_officers,
    people_with_officers,
    possible_officers,
    stand_ins,
)


@require_safe
@page
def officers(request: Visit, unit: str) -> HttpResponse:
    """Everyone on the unit by cell, with the officer on each side, and who is away."""
    place = unit_with(unit)
    people = people_with_officers(place.pk, viewer=request.viewer)
    context = {"unit": place, "people": people, "stand_ins": stand_ins(people)}
    return render(request, "people/officers.html", context)


@page
def officers_of(request: Visit, unit: str, person: int) -> HttpResponse:
    """Change the officers of one person."""
    place = unit_with(unit)
    row = one_with_officers(person, place.pk, viewer=request.viewer)
    offered = possible_officers(place.pk)
    form = OfficersForm(row, offered, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.name_officers(
                by=request.viewer, person_id=person, wanted=form.wanted, seen=form.seen
            )
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved for %(name)s.") % {"name": row.person.name})
            return redirect("people:officers", unit=unit)
    context = {"unit": place, "row": row, "form": form, "offered": offered}
    return render(request, "people/officers_of.html", context, status=422 if form.is_bound else 200)


@page
def cover(request: Visit, unit: str) -> HttpResponse:
    """An officer is away: a colleague stands in for all of their people on the unit."""
    place = unit_with(unit)
    with request.viewer.unseen():
        people = people_with_officers(place.pk, viewer=request.viewer)
    offered = possible_officers(place.pk)
    form = CoverForm(
        officers_now(people), offered, request.POST if request.method == "POST" else None
    )
    if form.is_bound and form.is_valid():
        try:
            actions.cover_for(
                by=request.viewer, people=[row.person.id for row in people], **form.cleaned_data
            )
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Cover is set. It ends by itself."))
            return redirect("people:officers", unit=unit)
    context = {"unit": place, "form": form, "offered": offered}
    return render(request, "people/cover.html", context, status=422 if form.is_bound else 200)


@require_POST
@page
def end_cover(request: Visit, unit: str) -> HttpResponse:
    """The officer is back before the last day."""
    place = unit_with(unit)
    people = people_with_officers(place.pk, viewer=request.viewer)
    form = EndCoverForm(request.POST)
    if not form.is_valid():
        raise Http404
    actions.end_cover(
        by=request.viewer, people=[row.person.id for row in people], **form.cleaned_data
    )
    messages.success(request, _("Cover has ended."))
    return redirect("people:officers", unit=unit)
