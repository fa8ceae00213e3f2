"""Shared events: writing one, its own page, and the support that follows for staff."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.duties.actions import raise_action
from daybook.foundation.duties.queries import agreed_at, team
from daybook.foundation.people.queries import PersonLine, people_on
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key

from ..actions import events as actions
from ..forms.events import EventForm, FollowForm, PartForm
from ..queries import events as queries
from ..queries.units import unit_with, writes_on
from .requests import status_of


@page
def write_event(request: Visit, unit: str) -> HttpResponse:
    """What happened, and who took part: written once."""
    viewer = request.viewer
    where = unit_with(unit, viewer=viewer, right=Right.WRITE)
    people, colleagues = _people(where.id, viewer), team(where.id, viewer=viewer)
    form = EventForm(
        people=people,
        colleagues=colleagues,
        initial={"key": new_key(), "on": timezone.localdate()},
    )
    if request.method == "POST":
        form = EventForm(request.POST, people=people, colleagues=colleagues)
        if form.is_valid():
            said = form.cleaned_data
            try:
                actions.write_event(by=viewer, unit_id=where.id, **said)
            except Cannot as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The event is saved."), extra_tags=f"event-{unit}")
                return redirect("shifts:event", said["key"])
    context = {"unit": where, "form": form}
    return render(request, "shifts/event_new.html", context, status=status_of(form))


@page
def event(request: Visit, event: UUID) -> HttpResponse:
    """The event, each one's part for whoever reaches them, and what was agreed after it."""
    viewer = request.viewer
    found, parts, others = queries.event_with(event, viewer=viewer)
    writes = writes_on(found.unit_id, viewer=viewer)
    there = {part.person.id for part in parts}
    here = _people(found.unit_id, viewer) if writes else []
    more = [line for line in here if line.id not in there]
    form = PartForm(people=more)
    follow = _follow(parts, found.unit_id, viewer)
    if request.method == "POST":
        if not writes:
            raise Http404
        # Two forms stand on this page; what is agreed brings the key of an action.
        if "what" in request.POST:
            follow = _follow(parts, found.unit_id, viewer, request.POST)
        else:
            form = PartForm(request.POST, people=here)
        sent = follow if follow.is_bound else form
        if sent.is_valid():
            try:
                if sent is follow:
                    raise_action(by=viewer, source=f"event:{event}", **sent.cleaned_data)
                else:
                    actions.add_part(by=viewer, event_id=event, **sent.cleaned_data)
            except Cannot as refusal:
                sent.add_error(None, str(refusal))
            else:
                draft = f"{'follows' if sent is follow else 'part'}-{event}"
                messages.success(request, _("Saved."), extra_tags=draft)
                return redirect("shifts:event", event)
    context = {
        "event": found,
        "parts": parts,
        "others": others,
        "form": form if writes and more else None,
        "follow": follow if writes and parts else None,
        "agreed": agreed_at([f"event:{event}"], people=there, viewer=viewer),
        "supports": queries.supports_of(event, viewer=viewer),
    }
    status = max(status_of(form), status_of(follow))
    return render(request, "shifts/event.html", context, status=status)


@page
def support(request: Visit, support: UUID) -> HttpResponse:
    """That support is offered to a colleague; never what was said."""
    viewer = request.viewer
    found = queries.support_with(support, viewer=viewer)
    context = {
        "support": found,
        "mine": found.staff_id == viewer.staff_id,
        "leads": queries.leads(found.unit_id, viewer=viewer),
    }
    return render(request, "shifts/support.html", context)


@require_POST
@page
def offer_support(request: Visit, support: UUID) -> HttpResponse:
    actions.offer_support(by=request.viewer, support_id=support)
    messages.success(request, _("It is noted that support was offered."))
    return redirect("shifts:support", support)


@require_POST
@page
def answer_support(request: Visit, support: UUID) -> HttpResponse:
    """Whether support is wished for: two buttons, and no word about why."""
    try:
        actions.answer_support(
            by=request.viewer, support_id=support, taken_up=request.POST.get("wished") == "yes"
        )
    except Cannot as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved."))
    return redirect("shifts:support", support)


def _people(unit_id: int, viewer: Viewer) -> list[PersonLine]:
    return people_on(unit_id, viewer=viewer, compartment=Compartment.WING, right=Right.WRITE)


def _follow(
    parts: list[queries.Part], unit_id: int, viewer: Viewer, sent: object = None
) -> FollowForm:
    return FollowForm(
        sent,
        auto_id="follow_%s",
        people=[part.person for part in parts],
        colleagues=team(unit_id, viewer=viewer),
        initial={"key": new_key()},
    )
