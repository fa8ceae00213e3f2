"""How many people were monitored on a day, on a page and as a file."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from daybook.foundation.access.page import Visit, page

from ..actions.counts import take_out
from ..forms.fairness import DayForm
from ..queries.counts import counts_on, may_count


@require_safe
@page
def counts(request: Visit) -> HttpResponse:
    return _page(request, DayForm.of(request.GET.get("day")))


@require_POST
@page
def counts_csv(request: Visit) -> HttpResponse:
    """The same tables as a file. Taking them out is logged."""
    form = DayForm(request.POST)
    if not may_count(request.viewer):
        raise Http404
    if form.chosen is None:
        return _page(request, form)
    found = counts_on(form.chosen, viewer=request.viewer)
    if not found.tables:
        return _page(request, form)
    answer = HttpResponse(
        take_out(by=request.viewer, counts=found), content_type="text/csv; charset=utf-8"
    )
    name = f"counts-{found.day.isoformat()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _page(request: Visit, form: DayForm) -> HttpResponse:
    if not may_count(request.viewer):
        raise Http404
    found = counts_on(form.chosen, viewer=request.viewer) if form.chosen else None
    status = 200 if found and (found.tables or request.method == "GET") else 422
    return render(request, "information/counts.html", {"form": form, "found": found}, status=status)
