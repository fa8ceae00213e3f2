"""Showing an unconfirmed concern at once, acting on it for a day, reviewing that."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.registry.cannot import Cannot

from ..actions import urgent as actions
from ..forms.urgent import ProtectForm, ReviewForm, UrgeForm
from ..queries import urgent as queries
from ..rules.telling import missing_in_words


@page
def urge(request: Visit, information: UUID) -> HttpResponse:
    """The desk shows it to the duty manager now."""
    viewer = request.viewer
    row = queries.concern_at_the_desk(information, viewer=viewer)
    managers = queries.managers_of(row.person_id, viewer=viewer)
    on_duty = [each.id for each in managers if each.until]
    form = UrgeForm(initial=UrgeForm.fresh(managers=on_duty), managers=managers)
    if request.method == "POST":
        form = UrgeForm(request.POST, managers=managers)
        if form.is_valid():
            try:
                actions.urge(by=viewer, concern=information, **form.cleaned_data)
            except Cannot as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Shown. They were told this minute, by every way."))
                return redirect("information:concern", information)
    context = {
        "form": form,
        "concern": queries.to_urge(information, viewer=viewer, also_ended=form.is_bound),
    }
    status = 422 if form.is_bound else 200
    return render(request, "information/urgent_urge.html", context, status=status)


@require_safe
@page
def urged(request: Visit, information: UUID) -> HttpResponse:
    """What the desk shows: unconfirmed, with what is missing and what else it may be."""
    return _urged(request, information, ProtectForm(initial=ProtectForm.fresh()))


@require_POST
@page
def protect(request: Visit, information: UUID) -> HttpResponse:
    """Act on it, for a day at most. Whatever came between, what was typed is still there."""
    viewer = request.viewer
    if not queries.was_urged(information, viewer=viewer):
        raise Http404
    form = ProtectForm(request.POST)
    if not queries.reads_urged(information, viewer=viewer):
        return render(request, "information/urgent_over.html", {"form": form}, status=422)
    if form.is_valid():
        try:
            actions.protect(by=viewer, concern=information, **form.said)
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It holds from now on, and ends by itself."))
            return redirect("information:protection", form.cleaned_data["key"])
    return _urged(request, information, form)


@require_safe
@page
def protection(request: Visit, protection: UUID) -> HttpResponse:
    return _step(request, protection, ReviewForm())


@require_POST
@page
def review(request: Visit, protection: UUID) -> HttpResponse:
    """What somebody else found the day after."""
    form = ReviewForm(request.POST)
    queries.require_leading(protection, viewer=request.viewer)
    if form.is_valid():
        try:
            actions.review(by=request.viewer, key=protection, **form.cleaned_data)
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Reviewed. Whoever decided it is told."))
            return redirect("information:protection", protection)
    return _step(request, protection, form)


def _urged(request: Visit, key: UUID, form: Form) -> HttpResponse:
    found = queries.urged(key, viewer=request.viewer)
    context = {
        "urged": found,
        "missing": missing_in_words(found.missing),
        # Once somebody has decided there is nothing to decide; what was typed stays all the same.
        "form": form if form.is_bound or found.step is None else None,
    }
    status = 422 if form.is_bound else 200
    return render(request, "information/urgent_urged.html", context, status=status)


def _step(request: Visit, key: UUID, form: Form) -> HttpResponse:
    found = queries.protection(key, viewer=request.viewer)
    context = {"step": found, "form": form if form.is_bound or found.to_review else None}
    status = 422 if form.is_bound else 200
    return render(request, "information/urgent_protection.html", context, status=status)
