"""Shared desks, for whoever looks after them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daybook.foundation.access import desks as kept
from daybook.foundation.access.page import Visit, page
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.staff.desks import desk_of, keep_known

from ..forms.desks import DeskForm, EndDeskForm


@page
def desks(request: Visit) -> HttpResponse:
    """The desks of one's units; and making this browser one."""
    units = kept.units_to_keep(viewer=request.viewer)
    here = desk_of(request)
    form = DeskForm(units, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            desk = kept.make_desk(
                by=request.viewer,
                name=form.cleaned_data["name"],
                unit_id=form.cleaned_data["unit"],
                instead_of=here,
            )
        except Cannot as refusal:
            form.add_error("unit", str(refusal))
        else:
            messages.success(request, _("This browser is now a desk."))
            answer = redirect("desks")
            keep_known(answer, desk)
            return answer
    context = {
        "form": form,
        "desks": kept.desks_in_use(viewer=request.viewer),
        "here": here.key if here else None,
    }
    return render(request, "web/desks.html", context, status=422 if form.is_bound else 200)


@require_POST
@page
def end_desk(request: Visit) -> HttpResponse:
    """The browser was given away, or lost."""
    form = EndDeskForm(request.POST)
    if not form.is_valid():
        raise Http404
    kept.end_desk(by=request.viewer, key=form.cleaned_data["desk"])
    messages.success(request, _("It is no desk any more. Signing in there takes a password."))
    return redirect("desks")
