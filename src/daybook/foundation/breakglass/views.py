"""Opening a record in an emergency; the uses one reviews."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.staff.tries import MustWait

from . import actions, queries
from .forms import OpenForm, ReviewForm


@page
def open_record(request: Visit) -> HttpResponse:
    """Type a number and a reason; what one opened before stands below."""
    viewer = request.viewer
    queries.require_opener(viewer)
    form = OpenForm(initial=OpenForm.usual())
    if request.method == "POST":
        form = OpenForm(request.POST)
        if form.is_valid() and (person := _opened(request, form)):
            return redirect("reflections:person", person)
    context = {"form": form, "mine": queries.my_openings(viewer=viewer)}
    return render(request, "breakglass/open.html", context, status=422 if form.is_bound else 200)


def _opened(request: Visit, form: OpenForm) -> int | None:
    known = queries.in_reach_already(form.cleaned_data["number"], viewer=request.viewer)
    if known is not None:
        messages.info(request, _("You reach this person without that: nothing was opened."))
        return known
    try:
        person = actions.break_glass(by=request.viewer, **form.cleaned_data)
    except MustWait:
        form.add_error(
            "number",
            _("These were too many numbers that open nobody. Call the duty manager there instead."),
        )
    except Cannot as refusal:
        form.add_error(None, str(refusal))
    else:
        if person is None:
            form.add_error(
                "number",
                _("This number opens nobody. Look at it again, or call whoever gave it to you."),
            )
        return person
    return None


@require_POST
@page
def close(request: Visit, opening: UUID) -> HttpResponse:
    """It is not needed any more."""
    actions.close_glass(by=request.viewer, key=opening)
    messages.success(request, _("Closed. You no longer reach this person’s record."))
    return redirect("breakglass:open")


@require_safe
@page
def reviews(request: Visit) -> HttpResponse:
    """Every use one reads: what waits for a review first."""
    uses = queries.uses(viewer=request.viewer)
    context = {
        "waiting": [use for use in uses if not use.reviewed_at],
        "reviewed": [use for use in uses if use.reviewed_at],
        "reviews": queries.may_review(request.viewer),
    }
    return render(request, "breakglass/reviews.html", context)


@page
def review(request: Visit, opening: UUID) -> HttpResponse:
    """One use, what was read meanwhile, and the answer."""
    viewer = request.viewer
    use = queries.use(opening, viewer=viewer)
    form = ReviewForm(initial=ReviewForm.usual())
    if request.method == "POST":
        form = ReviewForm(request.POST)
        if form.is_valid():
            try:
                actions.review(by=viewer, opening=opening, **form.cleaned_data)
            except Cannot as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Answered. Whoever opened it can read it."))
                return redirect("breakglass:reviews")
    context = {
        "use": use,
        "form": form if queries.may_review(viewer) and not use.reviewed_at else None,
        "read": queries.read_meanwhile(opening, viewer=viewer),
    }
    return render(request, "breakglass/review.html", context, status=422 if form.is_bound else 200)
