"""A concern for safety: raised in two touches, taken up by name, ended."""

from itertools import groupby
from typing import Any, cast
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
from daybook.foundation.people.queries import people_with, person_line
from daybook.foundation.registry.cannot import Cannot
from daybook.observe.reflections.queries.recording import written_lately
from daybook.observe.reflections.rules.telling import told_in_words, where_in_words
from daybook.ui import parts

from ..actions import calling
from ..actions import concerns as actions
from ..forms.concerns import ConcernForm, EndConcernForm, SeenForm
from ..queries import concerns as queries
from ..queries.on_duty import on_duty
from ..queries.plans import running_plans
from ..queries.unlock import may_write
from ..rules.concerns import how_far_in_words
from ..vocabulary import ConcernKind

SAFETY = Compartment.SAFETY
ALL_AT_ONCE = 90
"""More people than this are folded by unit."""


@require_safe
@page
def raise_concern(request: Visit) -> HttpResponse:
    """Everyone one knows, by unit and cell: one touch on a row raises a concern."""
    lines = queries.people_to_fear_for(viewer=request.viewer)
    units = [
        (unit, [(line, ConcernForm.fresh()) for line in there])
        for unit, there in groupby(lines, key=lambda line: line.unit)
    ]
    context = {"units": units, "folded": len(lines) > ALL_AT_ONCE, "kinds": ConcernKind.choices}
    return render(request, "safety/raise.html", context)


@page
def raise_for(request: Visit, person: int) -> HttpResponse:
    """The same for one person; and where every touch arrives."""
    viewer, form, refusal = request.viewer, ConcernForm.fresh(), ""
    if not queries.may_raise(viewer):
        raise Http404
    line = person_line(person, viewer=viewer)
    if request.method == "POST":
        form = ConcernForm(request.POST, auto_id=False)
        if form.is_valid():
            try:
                raised = actions.raise_concern(by=viewer, person_id=person, **form.cleaned_data)
                return redirect("safety:concern", raised)
            except Cannot as problem:
                refusal = str(problem)
    context = {"line": line, "form": form, "kinds": ConcernKind.choices, "refusal": refusal}
    return render(request, "safety/raise_for.html", context, status=_status(form))


@require_safe
@page
def concerns(request: Visit) -> HttpResponse:
    """What is open now: concerns, and keep-safe plans that run."""
    viewer, now = request.viewer, timezone.now()
    if not viewer.may(Right.READ, SAFETY):
        raise Http404
    calling.call_on(by=viewer, now=now)
    found = queries.open_concerns(viewer=viewer)
    plans = running_plans(viewer=viewer)
    people = people_with(
        {each.person_id for each in found} | {plan.person_id for plan in plans}, viewer=viewer
    )
    context = {
        "concerns": [(people[c.person_id], c) for c in found if c.person_id in people],
        "plans": sorted(
            (
                (people[plan.person_id], plan.first_words(now), plan.late(now))
                for plan in plans
                if plan.person_id in people
            ),
            key=lambda row: not row[2],
        ),
    }
    return render(request, "safety/concerns.html", context)


@require_safe
@page
def concern(request: Visit, concern: UUID) -> HttpResponse:
    return _concern_page(request, concern)


@require_safe
@page
def state(request: Visit, concern: UUID) -> HttpResponse:
    """Whether somebody has taken it up: asked again and again by the page of who raised it."""
    with request.viewer.unseen():
        context = _state(request, concern)
    return render(request, "safety/concern_state.html", context)


@require_POST
@page
def words(request: Visit, concern: UUID) -> HttpResponse:
    """What was seen or heard. Whatever is wrong with the words, the concern stands."""
    form = SeenForm(request.POST)
    if form.is_valid():
        try:
            actions.say_what_was_seen(
                by=request.viewer, concern_id=concern, words=form.cleaned_data["words"]
            )
        except Cannot as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Kept with the concern."), extra_tags=f"seen-{concern}")
            return redirect("safety:concern", concern)
    return _concern_page(request, concern, seen=form)


@require_POST
@page
def take_up(request: Visit, concern: UUID) -> HttpResponse:
    """Answer by name; whoever was second, or is off duty, is told who has it."""
    try:
        actions.take_up(by=request.viewer, concern_id=concern)
    except Cannot as problem:
        messages.error(request, str(problem))
    return redirect("safety:concern", concern)


@require_POST
@page
def end(request: Visit, concern: UUID) -> HttpResponse:
    form = EndConcernForm(request.POST)
    found = queries.concern_with(concern, viewer=request.viewer)
    if not queries.may_end(found, viewer=request.viewer):
        raise Http404
    if form.is_valid():
        try:
            actions.end_concern(by=request.viewer, concern_id=concern, **form.cleaned_data)
        except Cannot as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The concern has ended."), extra_tags=f"end-{concern}")
            return redirect("safety:concerns")
    return _concern_page(request, concern, ending=form)


def _state(request: Visit, key: UUID) -> dict[str, Any]:
    """Who has taken it up, or how far the call has gone and who is on duty."""
    viewer, now = request.viewer, timezone.now()
    found = queries.concern_with(key, viewer=viewer)
    context: dict[str, Any] = {"concern": found}
    if found.taken_up_at is None:
        calling.call_on(by=viewer, now=now, people=[found.person_id])
        context["on_duty"] = on_duty(found.establishment_id, now=now)
        context["how_far"] = how_far_in_words(queries.steps_of(key, viewer=viewer))
    return context


def _concern_page(
    request: Visit,
    key: UUID,
    seen: forms.Form | None = None,
    ending: forms.Form | None = None,
) -> HttpResponse:
    viewer = request.viewer
    context = _state(request, key)
    found: queries.Whole = context["concern"]
    writes = may_write(found.person_id, viewer=viewer)
    mine = found.raised_by_id == viewer.staff_id
    context |= {
        # Whoever raised it may read it also once they no longer reach the person.
        "person": people_with([found.person_id], viewer=viewer).get(found.person_id),
        "reads": viewer.everywhere or found.person_id in viewer.people(SAFETY),
        "mine": mine,
        "seen": seen or (SeenForm() if mine and not found.words else None),
        "takes_up": writes and found.taken_up_at is None,
        "ends": found.taken_up_at is not None
        and found.ended_at is None
        and queries.may_end(found, viewer=viewer),
        "plan": running_plans(viewer=viewer, people=[found.person_id]),
        "lately": [
            parts.Entry(
                when=each.saved_at,
                who=each.author,
                where=where_in_words(each),
                voices=[
                    parts.Voice(cast(parts.Kind, voice.kind), voice.text)
                    for voice in told_in_words(each)
                ],
            )
            for each in written_lately(found.person_id, viewer=viewer)
        ],
        "makes_plan": writes,
        "ending": ending or EndConcernForm(),
        "wrong": seen or ending,
    }
    return render(request, "safety/concern.html", context, status=422 if seen or ending else 200)


def _status(form: forms.Form) -> int:
    return 422 if form.is_bound else 200
