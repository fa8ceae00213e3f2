"""Time apart from others: of one person, and of everyone who is apart now."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.people.queries import person_line
from daybook.foundation.registry.cannot import Cannot

from ..actions import apart as actions
from ..forms.apart import BeginForm, ContactForm, EndForm
from ..queries import apart as queries


@require_safe
@page
def apart_now(request: Visit) -> HttpResponse:
    """Everyone in reach who is apart from others now."""
    if not request.viewer.may(Right.READ, Compartment.SAFETY):
        raise Http404
    context = {"found": queries.apart_now(viewer=request.viewer)}
    return render(request, "safety/apart_now.html", context)


@require_safe
@page
def apart(request: Visit, person: int) -> HttpResponse:
    return _page(request, person)


@page
def begin(request: Visit, person: int) -> HttpResponse:
    viewer = request.viewer
    if not queries.may_decide(person, viewer=viewer):
        raise Http404
    form = BeginForm(initial=BeginForm.usual())
    if request.method == "POST":
        form = BeginForm(request.POST)
        if form.is_valid() and _done(form, actions.begin, by=viewer, person_id=person):
            messages.success(request, _("Saved."), extra_tags=f"apart-{person}")
            return redirect("safety:apart", person)
    context = {
        "person": person_line(person, viewer=viewer),
        "form": form,
        "last": queries.last_day(person, began_on=timezone.localdate(), viewer=viewer),
    }
    return render(request, "safety/begin_apart.html", context, status=422 if form.errors else 200)


@require_POST
@page
def contact(request: Visit, separation: UUID) -> HttpResponse:
    found = queries.separation_with(separation, viewer=request.viewer)
    if not queries.may_write(found.person_id, viewer=request.viewer):
        raise Http404
    form = ContactForm(request.POST)
    if form.is_valid() and _done(
        form, actions.write_contact, by=request.viewer, separation_id=separation
    ):
        messages.success(request, _("Saved."), extra_tags=f"contact-{separation}")
        return redirect("safety:apart", found.person_id)
    return _page(request, found.person_id, contact=form)


@require_POST
@page
def end(request: Visit, separation: UUID) -> HttpResponse:
    found = queries.separation_with(separation, viewer=request.viewer)
    if not queries.may_decide(found.person_id, viewer=request.viewer):
        raise Http404
    form = EndForm(request.POST)
    if form.is_valid() and _done(form, actions.end, by=request.viewer, separation_id=separation):
        messages.success(request, _("It has ended."), extra_tags=f"apart-end-{separation}")
        return redirect("safety:apart", found.person_id)
    return _page(request, found.person_id, end=form)


def _done(form: Form, action: Any, **known: Any) -> bool:
    try:
        action(**known, **form.cleaned_data)
    except Cannot as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _page(
    request: Visit, person: int, contact: ContactForm | None = None, end: EndForm | None = None
) -> HttpResponse:
    viewer = request.viewer
    found = queries.apart_of(person, viewer=viewer)
    context: dict[str, Any] = {
        "person": person_line(person, viewer=viewer),
        "now": next((each for each in found if not each.ended_on), None),
        "earlier": [each for each in found if each.ended_on],
        "decides": queries.may_decide(person, viewer=viewer),
        "writes": queries.may_write(person, viewer=viewer),
        "contact": contact or ContactForm(initial=ContactForm.usual()),
        "end": end or EndForm(),
        "wrong": next((form for form in (contact, end) if form is not None), None),
    }
    status = 422 if contact or end else 200
    return render(request, "safety/apart.html", context, status=status)
