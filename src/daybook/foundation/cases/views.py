"""Cases: open, review, hand over, close."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import require
from daybook.foundation.people.queries import person_line
from daybook.foundation.registry.cannot import Cannot

from . import actions, queries
from .forms import CloseForm, ColleagueForm, JoinForm, OpenForm, ReviewForm
from .rules import READABLE_AFTER_CLOSING, Standing

LOOKED_FOR = "colleague-looked-for"
FADED = {Standing.LAPSED, Standing.CLOSED}


@require_safe
@page
def mine(request: Visit) -> HttpResponse:
    """The cases I work on, the next review first; what has ended stands folded below."""
    cases = queries.my_cases(viewer=request.viewer)
    context = {
        "cases": [case for case in cases if case.standing not in FADED],
        "lapsed": [case for case in cases if case.standing is Standing.LAPSED],
        "closed": [case for case in cases if case.standing is Standing.CLOSED],
        "readable_days": READABLE_AFTER_CLOSING.days,
    }
    return render(request, "cases/mine.html", context)


@page
def open_case(request: Visit, person: int) -> HttpResponse:
    require(person, viewer=request.viewer, compartment=Compartment.CASES, right=Right.WRITE)
    form = OpenForm(initial=OpenForm.usual(timezone.localdate()))
    if request.method == "POST":
        form = OpenForm(request.POST)
        if form.is_valid():
            try:
                actions.open_case(by=request.viewer, person_id=person, **form.cleaned_data)
            except Cannot as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(
                    request,
                    _("The case is open, and you lead it. Who works on it with you?"),
                    extra_tags=f"open-case-{person}",
                )
                return redirect("cases:team", case=form.cleaned_data["key"])
    context = {"form": form, "person": person_line(person, viewer=request.viewer)}
    return render(request, "cases/open.html", context, status=422 if form.is_bound else 200)


@require_safe
@page
def case(request: Visit, case: UUID) -> HttpResponse:
    file = queries.case_file(case, viewer=request.viewer)
    return render(request, "cases/case.html", {"file": file, "case": file.line})


@page
def review(request: Visit, case: UUID) -> HttpResponse:
    """Look again: it goes on, for a reason and until a day."""
    file = _led_by(request, case)
    form = ReviewForm(
        request.POST if request.method == "POST" else None,
        initial=ReviewForm.usual(timezone.localdate(), file.line.ends_on),
    )
    if form.is_bound and form.is_valid():
        try:
            actions.review_case(by=request.viewer, case_id=case, **form.cleaned_data)
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The review is kept."), extra_tags=f"review-{case}")
            return redirect("cases:case", case=case)
    context = {"file": file, "case": file.line, "form": form}
    return render(request, "cases/review.html", context, status=422 if form.is_bound else 200)


@page
def close(request: Visit, case: UUID) -> HttpResponse:
    file = _led_by(request, case)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.close_case(by=request.viewer, key=case, **form.cleaned_data)
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The case is closed."), extra_tags=f"close-{case}")
            return redirect("cases:case", case=case)
    context = {"file": file, "case": file.line, "form": form}
    return render(request, "cases/close.html", context, status=422 if form.is_bound else 200)


@page
def team(request: Visit, case: UUID) -> HttpResponse:
    """Who works on it: search among colleagues, add, take off, hand over.

    The words looked for are posted and kept with the sign-in until they are shown: names in an
    address would stay in the browser's history and in the logs of whatever it passes.
    """
    file = _led_by(request, case)
    if request.method == "POST":
        request.session[LOOKED_FOR] = request.POST.get("q", "").strip()[:100]
        return redirect("cases:team", case=case)
    words = request.session.pop(LOOKED_FOR, "")
    context = {
        "file": file,
        "case": file.line,
        "words": words,
        "found": queries.colleagues(words, besides=file),
    }
    return render(request, "cases/team.html", context)


@require_POST
@page
def join(request: Visit, case: UUID) -> HttpResponse:
    form = JoinForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        actions.add_to_team(by=request.viewer, key=case, **form.cleaned_data)
    except Cannot as refusal:
        messages.error(request, str(refusal))
    return redirect("cases:team", case=case)


@require_POST
@page
def leave(request: Visit, case: UUID, member: UUID) -> HttpResponse:
    try:
        actions.take_off_team(by=request.viewer, key=case, member=member)
    except Cannot as refusal:
        messages.error(request, str(refusal))
    return redirect("cases:team", case=case)


@require_POST
@page
def hand_over(request: Visit, case: UUID) -> HttpResponse:
    form = ColleagueForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        actions.hand_over(by=request.viewer, key=case, **form.cleaned_data)
    except Cannot as refusal:
        messages.error(request, str(refusal))
        return redirect("cases:team", case=case)
    messages.success(request, _("The case is handed over. You are still on the team."))
    return redirect("cases:case", case=case)


def _led_by(request: Visit, case: UUID) -> queries.CaseFile:
    file = queries.case_file(case, viewer=request.viewer)
    if not file.line.led_by_viewer:
        raise Http404
    return file
