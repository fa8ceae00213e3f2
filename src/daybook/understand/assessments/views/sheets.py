"""Filling in one's own sheet, a page at a time, and signing it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daybook.foundation.access.page import Visit, page
from daybook.foundation.people.queries import people_with
from daybook.foundation.registry.cannot import Cannot

from ..actions import sheets as actions
from ..forms.sheet import PageForm
from ..queries.sheet import Mine, my_sheet
from ..rules import typed as rules


@page
def fill(request: Visit, sheet: UUID, part: int) -> HttpResponse:
    """One page. Saving keeps whatever was typed; going back and forth loses nothing. What comes
    too late is refused in words, and is still there to be copied."""
    mine = my_sheet(sheet, viewer=request.viewer)
    pages = rules.pages(mine.instrument)
    if not 1 <= part <= len(pages):
        raise Http404
    at = pages[part - 1]
    form = PageForm(
        request.POST if request.method == "POST" else None,
        initial=mine.typed,
        instrument=mine.instrument,
        page=at,
    )
    if form.is_bound:
        whole = form.is_valid()
        try:
            mine = actions.keep(by=request.viewer, key=sheet, typed=form.as_typed(request.POST))
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            wanted = request.POST.get("then", "")
            if whole or wanted:
                messages.success(request, _("Kept."), extra_tags=f"assessment-sheet-{sheet}-{part}")
                return _on(sheet, wanted or str(part + 1), len(pages))
    context = {
        "form": form,
        "mine": mine,
        "person": people_with([mine.person_id], viewer=request.viewer).get(mine.person_id),
        "at": at,
        "last": part == len(pages),
        "pages": [(each, rules.answered(each.items, mine.typed)) for each in pages],
    }
    return render(request, "assessments/fill.html", context, status=422 if form.is_bound else 200)


def _on(sheet: UUID, wanted: str, last: int) -> HttpResponse:
    """To the page that was asked for; after the last, and for anything else, to the signature."""
    if wanted in map(str, range(1, last + 1)):
        return redirect("assessments:fill", sheet, int(wanted))
    return redirect("assessments:sign", sheet)


@page
def sign(request: Visit, sheet: UUID) -> HttpResponse:
    """What is still missing, each with a way to it; once nothing is, the signature."""
    mine = _open(request, sheet)
    refused = ""
    if request.method == "POST":
        try:
            actions.sign(by=request.viewer, key=sheet)
        except Cannot as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("Signed. It stays as it is."))
            return redirect("assessments:one", mine.assessment)
    context = {
        "mine": mine,
        "person": people_with([mine.person_id], viewer=request.viewer).get(mine.person_id),
        "lacks": list(rules.lacks(mine.instrument, mine.typed, timezone.localdate())),
        "refused": refused,
        "pages": len(rules.pages(mine.instrument)),
    }
    return render(request, "assessments/sign.html", context, status=422 if refused else 200)


@require_POST
@page
def begin(request: Visit, sheet: UUID) -> HttpResponse:
    """Where one left off: the first page on which something is missing."""
    mine = _open(request, sheet)
    lacks = rules.lacks(mine.instrument, mine.typed, timezone.localdate())
    first = next(lacks, None)
    if first is None:
        return redirect("assessments:sign", sheet)
    return redirect("assessments:fill", sheet, first.page)


def _open(request: Visit, sheet: UUID) -> Mine:
    mine = my_sheet(sheet, viewer=request.viewer)
    if mine.over:
        raise Http404
    return mine
