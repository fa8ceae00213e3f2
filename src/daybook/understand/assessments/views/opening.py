"""Somebody's assessments; opening one; one as a whole; giving it up."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.people.queries import person_line
from daybook.foundation.registry.cannot import Cannot
from daybook.understand.instruments.queries import definition, offered

from ..actions import opening as actions
from ..forms.opening import GiveUpForm, OpenForm
from ..queries import due, lines
from ..queries.reach import assesses, may_assess, require_assessing
from ..queries.whole import whole
from ..rules.due import AFTER_A_CHANGE


@require_safe
@page
def of_person(request: Visit, person: int) -> HttpResponse:
    """What was found and when, what is under way, what is due; where to begin one."""
    viewer = request.viewer
    who = person_line(person, viewer=viewer)
    found = lines.of(person, viewer=viewer)
    writes = assesses(person, viewer=viewer)
    if not found and not writes:
        raise Http404
    context = {
        "person": who,
        "under_way": [
            each for each in found if each.state in (lines.State.FILLING, lines.State.TALKING)
        ],
        "newest": list(lines.newest_closed(found).values()),
        "ended": [each for each in found if each.closed_at or each.dropped_at],
        "due": due.due(viewer=viewer, people=[person], until=timezone.localdate() + AFTER_A_CHANGE),
        "offered": offered() if writes else [],
    }
    return render(request, "assessments/of_person.html", context)


@page
def open_assessment(request: Visit, person: int, instrument: int) -> HttpResponse:
    viewer = request.viewer
    require_assessing(person, viewer=viewer)
    used = next((each for each in offered() if each.id == instrument), None)
    if used is None:
        raise Http404
    colleagues = may_assess(person, instrument, viewer=viewer)
    mine = [each.id for each in colleagues if each.id == viewer.staff_id]
    form = OpenForm(
        request.POST if request.method == "POST" else None,
        initial=OpenForm.fresh(assessors=mine),
        instrument=used.instrument,
        colleagues=colleagues,
    )
    if form.is_bound and form.is_valid():
        try:
            actions.open_assessment(
                by=viewer, person_id=person, definition_id=instrument, **form.cleaned_data
            )
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("It is open. Whoever answers it was told."),
                extra_tags=f"assessment-open-{person}-{used.instrument.key}",
            )
            return redirect("assessments:one", form.cleaned_data["key"])
    context = {
        "form": form,
        "person": person_line(person, viewer=viewer),
        "instrument": definition(instrument),
        "colleagues": colleagues,
    }
    status = 422 if form.is_bound else 200
    return render(request, "assessments/open.html", context, status=status)


@require_safe
@page
def one(request: Visit, assessment: UUID) -> HttpResponse:
    """One assessment: who still fills in, then both sheets side by side, then how it ended."""
    return render(
        request, "assessments/one.html", {"whole": whole(assessment, viewer=request.viewer)}
    )


@page
def give_up(request: Visit, assessment: UUID) -> HttpResponse:
    found = whole(assessment, viewer=request.viewer)
    if not found.writes or found.line.closed_at:
        raise Http404
    form = GiveUpForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.give_up(by=request.viewer, key=assessment, **form.cleaned_data)
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("It is given up. Drafts are read by nobody."),
                extra_tags=f"assessment-give-up-{assessment}",
            )
            return redirect("assessments:one", assessment)
    context = {"form": form, "whole": found}
    status = 422 if form.is_bound else 200
    return render(request, "assessments/give_up.html", context, status=status)
