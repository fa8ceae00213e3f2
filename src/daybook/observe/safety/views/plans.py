"""Keep-safe plans: what staff do, that they looked in, and how it goes back to ordinary care."""

from typing import Any
from uuid import UUID

from django import forms
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
from daybook.foundation.registry.keys import new_key

from ..actions import calling
from ..actions import plans as actions
from ..forms.plans import HandBackForm, LookForm, PlanForm, StandsForm
from ..queries import plans as queries
from ..queries.concerns import open_concerns
from ..queries.unlock import may_decide, may_write
from ..rules.plans import plan_first

SAFETY = Compartment.SAFETY


@require_safe
@page
def keep_safe(request: Visit, person: int) -> HttpResponse:
    """The plan that runs for somebody, and those that came before."""
    return _person_page(request, person)


@require_safe
@page
def plan(request: Visit, plan: UUID) -> HttpResponse:
    """One plan as it was; the one that runs has its page with the person."""
    found = queries.plan_with(plan, viewer=request.viewer)
    if found.runs:
        return redirect("safety:keep-safe", found.person_id)
    context = {"person": person_line(found.person_id, viewer=request.viewer), "plan": found}
    return render(request, "safety/plan.html", context)


@page
def make_plan(request: Visit, person: int) -> HttpResponse:
    """Write a plan, or put another in the place of the one that runs."""
    viewer = request.viewer
    require(person, viewer=viewer, compartment=SAFETY, right=Right.WRITE)
    running = next((plan for plan in queries.plans_of(person, viewer=viewer) if plan.runs), None)
    if running and not _may_change(request, running):
        raise Http404
    form = PlanForm(initial=PlanForm.usual() | _as_it_runs(running))
    if request.method == "POST":
        form = PlanForm(request.POST)
        if form.is_valid() and _made(request, person, form):
            messages.success(
                request, _("The plan runs: it stands at the door now."), extra_tags=f"plan-{person}"
            )
            return _onward(request, person)
    context = {"person": person_line(person, viewer=viewer), "form": form, "running": running}
    return render(request, "safety/make_plan.html", context, status=_status(form))


def _may_change(request: Visit, plan: queries.Whole) -> bool:
    viewer = request.viewer
    return may_write(plan.person_id, viewer=viewer) and (
        plan.made_by_id == viewer.staff_id or may_decide(plan.person_id, viewer=viewer)
    )


def _as_it_runs(plan: queries.Whole | None) -> dict[str, Any]:
    if plan is None:
        return {}
    return {
        "replaces": plan.key,
        "what": plan.what,
        "who": plan.who,
        "helps": plan.helps,
        "every_minutes": plan.every_minutes,
    }


def _made(request: Visit, person: int, form: PlanForm) -> bool:
    try:
        actions.make_plan(by=request.viewer, person_id=person, **form.cleaned_data)
    except Cannot as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _onward(request: Visit, person: int) -> HttpResponse:
    """To the concern that the plan answers, to say how it ended; else to the plan."""
    for concern in open_concerns(viewer=request.viewer, people=[person]):
        if concern.taken_up_by:
            return redirect("safety:concern", concern.key)
    return redirect("safety:keep-safe", person)


@require_POST
@page
def look_in(request: Visit, plan: UUID) -> HttpResponse:
    """One touch: we spoke, or seen."""
    viewer = request.viewer
    found = queries.plan_with(plan, viewer=viewer)
    require(found.person_id, viewer=viewer, compartment=SAFETY, right=Right.WRITE)
    form = LookForm(request.POST)
    if form.is_valid():
        try:
            actions.look_in(by=viewer, plan_id=plan, **form.cleaned_data)
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Looked in."), extra_tags=f"look-{plan}")
            return redirect("safety:keep-safe", found.person_id)
    return _person_page(request, found.person_id, look=form)


@require_POST
@page
def let_stand(request: Visit, plan: UUID) -> HttpResponse:
    """Look at the plan again: it goes on, for a reason and until a day."""
    found = _to_decide(request, plan)
    form = StandsForm(request.POST)
    if form.is_valid():
        try:
            actions.let_stand(by=request.viewer, plan_id=plan, **form.cleaned_data)
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The plan goes on."), extra_tags=f"stands-{plan}")
            return redirect("safety:keep-safe", found.person_id)
    return _person_page(request, found.person_id, stands=form)


@page
def hand_back(request: Visit, plan: UUID) -> HttpResponse:
    """Back to ordinary care, by name and after a last look."""
    found = _to_decide(request, plan)
    form = HandBackForm(initial={"key": new_key()})
    if request.method == "POST":
        form = HandBackForm(request.POST)
        if form.is_valid():
            try:
                actions.hand_back(by=request.viewer, plan_id=plan, **form.cleaned_data)
            except Cannot as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(
                    request, _("Handed back to ordinary care."), extra_tags=f"back-{plan}"
                )
                return redirect("safety:concerns")
    context = {
        "person": person_line(found.person_id, viewer=request.viewer),
        "plan": found,
        "form": form,
    }
    return render(request, "safety/hand_back.html", context, status=_status(form))


def _to_decide(request: Visit, plan: UUID) -> queries.Whole:
    found = queries.plan_with(plan, viewer=request.viewer)
    if not may_decide(found.person_id, viewer=request.viewer):
        raise Http404
    return found


def _person_page(
    request: Visit,
    person: int,
    look: forms.Form | None = None,
    stands: forms.Form | None = None,
) -> HttpResponse:
    viewer, now = request.viewer, timezone.now()
    require(person, viewer=viewer, compartment=SAFETY)
    calling.call_on(by=viewer, now=now, people=[person])
    plans = queries.plans_of(person, viewer=viewer)
    running = plans[0] if plans and plans[0].runs else None
    last = running.looks[0].at if running and running.looks else None
    context: dict[str, Any] = {
        "person": person_line(person, viewer=viewer),
        "plan": running,
        "earlier": [plan for plan in plans if not plan.runs],
        "writes": may_write(person, viewer=viewer),
        "wrong": look or stands,
    }
    if running:
        context |= {
            "first": plan_first(
                running.every_minutes, last or running.made_at, looked_in=last is not None, now=now
            ),
            "look": look or LookForm(initial={"key": new_key()}),
            "stands": stands or StandsForm(initial=StandsForm.usual()),
            "changes": _may_change(request, running),
            "decides": may_decide(person, viewer=viewer),
        }
    return render(request, "safety/keep_safe.html", context, status=422 if look or stands else 200)


def _status(form: forms.Form) -> int:
    return 422 if form.is_bound else 200
