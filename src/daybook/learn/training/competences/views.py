"""Who is trained for what; what I am trained for."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.registry.cannot import Cannot

from . import actions, queries
from .forms import CompetenceForm


@page
def who_is_trained(request: Visit) -> HttpResponse:
    queries.require_training(request.viewer)
    form = CompetenceForm(
        request.POST if request.method == "POST" else None, initial=CompetenceForm.fresh()
    )
    if form.is_bound and form.is_valid():
        try:
            actions.write(by=request.viewer, **form.cleaned_data)
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down."))
            return redirect("training:who-is-trained")
    context = {"form": form, "trained": queries.everybody(viewer=request.viewer)}
    status = 422 if form.is_bound else 200
    return render(request, "training/who_is_trained.html", context, status=status)


@require_POST
@page
def take_back(request: Visit, competence: UUID) -> HttpResponse:
    actions.take_back(by=request.viewer, key=competence)
    messages.success(request, _("Taken back. It holds no more."))
    return redirect("training:who-is-trained")


@require_safe
@page
def my_training(request: Visit) -> HttpResponse:
    context = {"trained": queries.mine(viewer=request.viewer)}
    return render(request, "training/my_training.html", context)
