"""Check-ins of a unit, and one of them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.people.queries import person_line
from daybook.foundation.places.queries import unit_with
from daybook.foundation.registry.cannot import Cannot

from ..actions import early_days as actions
from ..forms.early_days import LookInForm
from ..queries import early_days as queries


@require_safe
@page
def check_ins(request: Visit, unit: str) -> HttpResponse:
    """Whom the unit owes a few minutes, the longest due first, and who was looked in on."""
    found = unit_with(unit)
    owed, done = queries.on_unit(found.id, viewer=request.viewer)
    context = {
        "unit": found,
        "now": [each for each in owed if each[1].is_open],
        "ahead": [each for each in owed if not each[1].is_open],
        "done": done,
    }
    return render(request, "safety/check_ins.html", context)


@page
def check_in(request: Visit, check_in: UUID) -> HttpResponse:
    viewer = request.viewer
    found = queries.check_in_with(check_in, viewer=viewer)
    form = LookInForm()
    if request.method == "POST":
        form = LookInForm(request.POST)
        if form.is_valid():
            try:
                actions.look_in(by=viewer, check_in_id=check_in, **form.cleaned_data)
            except Cannot as refusal:
                form.add_error(None, str(refusal))
                found = queries.check_in_with(check_in, viewer=viewer)
            else:
                messages.success(request, _("Saved."), extra_tags=f"check-in-{check_in}")
                return redirect("safety:check-in", check_in)
    context = {
        "person": person_line(found.person_id, viewer=viewer),
        "check": found,
        "form": form,
        "does": found.is_open and queries.may_do(found.person_id, viewer=viewer),
    }
    status = 422 if form.errors else 200
    return render(request, "safety/check_in.html", context, status=status)
