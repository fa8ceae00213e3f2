"""Talking about what was answered differently, closing, the person's copy, then and now."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.people.queries import person_line
from daybook.foundation.registry.cannot import Cannot

from ..actions import closing as actions
from ..forms.closing import CloseForm, CopyForm, TalkForm
from ..queries.change import course
from ..queries.whole import Whole, whole


@page
def talk(request: Visit, assessment: UUID, item: str) -> HttpResponse:
    """One item on which the sheets differ, or on which there is something to add."""
    found = _taking_part(request, assessment)
    seen = next(
        (each for part in found.domains for each in part.seen if each.item.key == item), None
    )
    if seen is None:
        raise Http404
    form = TalkForm(
        request.POST if request.method == "POST" else None,
        initial=TalkForm.fresh(),
        item=seen.item,
    )
    if form.is_bound and form.is_valid():
        try:
            actions.talk(by=request.viewer, assessment=assessment, item=item, **form.said)
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Written down."), extra_tags=f"assessment-talk-{assessment}-{item}"
            )
            return redirect("assessments:one", assessment)
    context = {"form": form, "whole": found, "seen": seen}
    return render(request, "assessments/talk.html", context, status=422 if form.is_bound else 200)


@page
def close(request: Visit, assessment: UUID) -> HttpResponse:
    found = _taking_part(request, assessment)
    form = CloseForm(
        request.POST if request.method == "POST" else None,
        initial=CloseForm.usual(found.instrument),
        instrument=found.instrument,
    )
    if form.is_bound and form.is_valid():
        try:
            actions.close(by=request.viewer, assessment=assessment, **form.cleaned_data)
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("Closed. Now the person gets their copy."),
                extra_tags=f"assessment-close-{assessment}",
            )
            return redirect("assessments:copy", assessment)
    context = {"form": form, "whole": found}
    return render(request, "assessments/close.html", context, status=422 if form.is_bound else 200)


@page
def copy(request: Visit, finished: UUID) -> HttpResponse:
    """What the person is given: printed or read together. Their own view stands beside."""
    found = whole(finished, viewer=request.viewer)
    if found.closing is None:
        raise Http404
    form = CopyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.copied(by=request.viewer, assessment=finished, **form.cleaned_data)
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("Written down that they have it."),
                extra_tags=f"assessment-copy-{finished}",
            )
            return redirect("assessments:copy", finished)
    to_give = found.writes and not found.closing.copied_at
    context = {"form": form if to_give or form.is_bound else None, "whole": found}
    return render(request, "assessments/copy.html", context, status=422 if form.is_bound else 200)


@require_safe
@page
def then_and_now(request: Visit, person: int, tool: str) -> HttpResponse:
    """Each item then and now: better as plainly as worse."""
    context = {
        "person": person_line(person, viewer=request.viewer),
        "course": course(person, tool, viewer=request.viewer),
    }
    return render(request, "assessments/then_and_now.html", context)


def _taking_part(request: Visit, assessment: UUID) -> Whole:
    """The assessment, for one of its assessors, once all have signed. Also after it has ended: what
    was being typed then is refused in words, and is still there to be copied."""
    found = whole(assessment, viewer=request.viewer)
    if not found.takes_part or found.line.signed_at is None:
        raise Http404
    return found
