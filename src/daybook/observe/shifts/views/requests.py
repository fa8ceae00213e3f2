"""Asked and promised: by unit, by person, one by one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import require
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.duties.queries import Colleague, possible_owners
from daybook.foundation.people.queries import person_line
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key
from daybook.observe.reflections.queries.person import reaches

from ..actions import requests as actions
from ..forms.requests import AskForm, StepForm
from ..queries import requests as queries
from ..queries.units import unit_with

WING = Compartment.WING


@require_safe
@page
def asked_on_unit(request: Visit, unit: str) -> HttpResponse:
    """Everyone on the unit who waits for something, by cell."""
    where = unit_with(unit, viewer=request.viewer)
    asking = queries.asked_on_unit(where.id, viewer=request.viewer)
    return render(request, "shifts/asked.html", {"unit": where, "asking": asking})


@page
def asked_by(request: Visit, person: int) -> HttpResponse:
    """What one person asked for, and a form for one thing more."""
    viewer = request.viewer
    reads = reaches(person, viewer=viewer, right=Right.READ)
    writes = reaches(person, viewer=viewer, right=Right.WRITE)
    if not reads and not writes:
        raise Http404
    line = person_line(person, viewer=viewer)
    colleagues = _colleagues(person, viewer) if writes else []
    form = AskForm(
        colleagues=colleagues, initial={"key": new_key(), "asked_on": timezone.localdate()}
    )
    if request.method == "POST":
        require(person, viewer=viewer, compartment=WING, right=Right.WRITE)
        form = AskForm(request.POST, colleagues=colleagues)
        if form.is_valid():
            try:
                actions.write_request(by=viewer, person_id=person, **form.cleaned_data)
            except Cannot as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("It is written down."), extra_tags=f"asked-{person}")
                return redirect("shifts:asked-by", person)
    context: dict[str, Any] = {
        "person": line,
        "form": form if writes else None,
        "requests": queries.requests_of(person, viewer=viewer) if reads else [],
    }
    return render(request, "shifts/asked_by.html", context, status=status_of(form))


@page
def step(request: Visit, asked: UUID) -> HttpResponse:
    """One request: what became of it so far, and the question what becomes of it now."""
    viewer = request.viewer
    found = queries.request_with(asked, viewer=viewer)
    writes = reaches(found.person_id, viewer=viewer, right=Right.WRITE)
    colleagues = _colleagues(found.person_id, viewer) if writes else []
    form = StepForm(
        asked=found,
        colleagues=colleagues,
        initial={
            "key": new_key(),
            "seen": len(found.steps),
            "promised_by": viewer.staff_id,
            "kind": found.possible[0] if len(found.possible) == 1 else None,
        },
    )
    if request.method == "POST":
        require(found.person_id, viewer=viewer, compartment=WING, right=Right.WRITE)
        form = StepForm(request.POST, asked=found, colleagues=colleagues)
        if form.is_valid():
            try:
                actions.take_step(by=viewer, request_id=asked, **form.cleaned_data)
            except Cannot as refusal:
                form.overtaken(str(refusal), seen=len(found.steps))
            else:
                messages.success(request, _("Saved."), extra_tags=f"request-{asked}")
                return redirect("shifts:asked-by", found.person_id)
    context = {
        "person": person_line(found.person_id, viewer=viewer),
        "asked": found,
        "form": form if writes and (found.possible or form.is_bound) else None,
    }
    return render(request, "shifts/request.html", context, status=status_of(form))


def _colleagues(person: int, viewer: Viewer) -> list[Colleague]:
    """Oneself first, then whoever works with the person."""
    others = [each for each in possible_owners(person, viewer=viewer) if each.id != viewer.staff_id]
    return [Colleague(viewer.staff_id, viewer.name), *others]


def status_of(form: Any) -> int:
    return 422 if form.is_bound and not form.is_valid() else 200
