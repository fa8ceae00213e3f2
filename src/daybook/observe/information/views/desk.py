"""The desk: what waits there, one concern whole, and each thing that is done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import people_with
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keyed import Keyed
from daybook.ui.words import day_words

from ..actions import context as contexts
from ..actions import desk as actions
from ..actions import given
from ..forms import desk as desk_forms
from ..queries import concern as concerns
from ..queries import context, desk, reach
from ..queries.concern import Whole


@require_safe
@page
def the_desk(request: Visit) -> HttpResponse:
    """Everything that goes on: what came in, what is unconfirmed, what is confirmed."""
    viewer = request.viewer
    lines = desk.on_the_desk(viewer=viewer)
    offered = context.offered(viewer=viewer)
    people = people_with({person for person, _given in offered}, viewer=viewer)
    past = desk.past()
    sections = [
        (
            _("Came in"),
            _("Not graded yet."),
            [line for line in lines if not line.graded],
        ),
        (
            _("Unconfirmed"),
            _("Nothing may rest on these, and nobody but the desk reads them."),
            [line for line in lines if line.graded and not line.confirmed],
        ),
        (
            _("Confirmed"),
            _("Whoever decides about the person reads these, until they fade."),
            [line for line in lines if line.graded and line.confirmed],
        ),
    ]
    said = {
        "sections": [
            (title, text, desk.by_kind(found, past)) for title, text, found in sections if found
        ],
        "offered": [(people.get(person), each) for person, each in offered],
        "none": not lines,
    }
    return render(request, "information/desk.html", said)


@require_safe
@page
def concern(request: Visit, information: UUID) -> HttpResponse:
    """One concern whole, for whoever may read it."""
    whole = concerns.concern(information, viewer=request.viewer)
    said = {
        "whole": whole,
        "offered": [
            each for _person, each in context.offered(viewer=request.viewer,
                                                      person_id=whole.person_id)
        ]
        if whole.works_on_it
        else [],
        "past": desk.past()[whole.kind],
    }  # fmt: skip
    return render(request, "information/concern.html", said)


# ---- One thing done with a concern ----


@dataclass(frozen=True)
class Work:
    """A step of the desk: its form, what it asks to choose from, and what it does."""

    title: object
    button: object
    done: object
    form: type[Keyed]
    act: Callable[..., None]
    help: object = ""
    choices: Callable[[Whole, Viewer], dict[str, Any]] = lambda whole, viewer: {}


def _colleagues(whole: Whole, viewer: Viewer) -> dict[str, Any]:
    return {"colleagues": context.to_be_asked(whole.person_id, viewer=viewer)}


def _others(whole: Whole, viewer: Viewer) -> dict[str, Any]:
    return {
        "others": [
            (str(line.key), f"{line.behaviour}, {day_words(line.opened_at)}")
            for line in desk.on_the_desk(viewer=viewer)
            if line.person_id == whole.person_id and line.key != whole.key
        ]
    }


WORK = {
    "grade": Work(
        gettext_lazy("Grade it"),
        gettext_lazy("Grade it"),
        gettext_lazy("Graded."),
        desk_forms.GradeForm,
        actions.grade,
        gettext_lazy("The source and the information apart. Other schemes are shown beside it."),
    ),
    "levels": Work(
        gettext_lazy("Say its levels"),
        gettext_lazy("Set these levels"),
        gettext_lazy("The levels are set."),
        desk_forms.LevelsForm,
        actions.set_levels,
        gettext_lazy(
            "Three things, each with a word and its evidence. They are never made one. Lower them "
            "here as you raise them: it takes the same."
        ),
    ),
    "basis": Work(
        gettext_lazy("Its legal basis"),
        gettext_lazy("Set it"),
        gettext_lazy("The legal basis is set."),
        desk_forms.BasisForm,
        actions.set_basis,
    ),
    "weigh": Work(
        gettext_lazy("Weigh another explanation"),
        gettext_lazy("Write it down"),
        gettext_lazy("Written down."),
        desk_forms.WeighForm,
        actions.weigh,
    ),
    "keep": Work(
        gettext_lazy("Review it, and keep it for a while"),
        gettext_lazy("Keep it until then"),
        gettext_lazy("Kept."),
        desk_forms.KeepForm,
        actions.keep,
        gettext_lazy("If nobody does this it lapses by itself."),
    ),
    "dismiss": Work(
        gettext_lazy("End it"),
        gettext_lazy("End it"),
        gettext_lazy("It has ended. Whoever was given it is told."),
        desk_forms.DismissForm,
        actions.dismiss,
        gettext_lazy("Most end so, as in life. Nothing that ended goes on."),
    ),
    "join": Work(
        gettext_lazy("Read it on in another concern"),
        gettext_lazy("Join them"),
        gettext_lazy("It is read on there."),
        desk_forms.JoinForm,
        actions.join,
        gettext_lazy("Two accounts of one thing are one concern; one origin still counts as one."),
        _others,
    ),
    "ask": Work(
        gettext_lazy("Ask for context"),
        gettext_lazy("Ask"),
        gettext_lazy("Asked."),
        desk_forms.AskForm,
        contexts.ask,
        "",
        _colleagues,
    ),
    "copy": Work(
        gettext_lazy("Give somebody a copy"),
        gettext_lazy("Give it"),
        gettext_lazy("Given, with its handling code."),
        desk_forms.CopyForm,
        given.give_copy,
        gettext_lazy("The handling code and its conditions go with it."),
        _colleagues,
    ),
}


def work(what: str) -> Callable[..., HttpResponseBase]:
    """The page of one step of the desk."""
    step = WORK[what]

    @page
    def view(request: Visit, information: UUID) -> HttpResponse:
        whole = concerns.concern(information, viewer=request.viewer)
        reach.require(whole.works_on_it)
        offered = step.choices(whole, request.viewer)
        form = step.form(initial=step.form.fresh(), **offered)
        if request.method == "POST":
            form = step.form(request.POST, **offered)
            if form.is_valid():
                try:
                    step.act(by=request.viewer, concern=information, **form.cleaned_data)
                except Cannot as refusal:
                    form.add_error(None, str(refusal))
                else:
                    messages.success(request, str(step.done))
                    return redirect("information:concern", information)
        said = {"form": form, "step": step, "whole": whole}
        return render(request, "information/work.html", said, status=422 if form.is_bound else 200)

    return view


@page
def lay(request: Visit, information: UUID, offered: UUID) -> HttpResponse:
    """Lay an offered account beside a concern, or say what one that lies there goes back to."""
    viewer = request.viewer
    whole = concerns.concern(information, viewer=viewer)
    reach.require(whole.works_on_it)
    beside = [each for place in whole.board for each in place.given]
    waiting = {
        each.key: each
        for _person, each in context.offered(viewer=viewer, person_id=whole.person_id)
    } | {each.key: each for each in beside if not each.goes_back}
    reach.require(offered in waiting)
    items = [(f"report {information}", _("This report"))]
    items += [
        (f"account {each.key}", f"{place.label}: {each.words[:60]}")
        for place in whole.board
        for each in place.given
        if each.key != offered
    ]
    form = desk_forms.LayForm(items=items)
    if request.method == "POST":
        form = desk_forms.LayForm(request.POST, items=items)
        if form.is_valid():
            sort, _space, key = form.cleaned_data["goes_back_to"].partition(" ")
            try:
                contexts.lay(
                    by=viewer,
                    account=offered,
                    concern=information,
                    goes_back_to=UUID(key) if sort == "account" else None,
                    goes_back_to_report=UUID(key) if sort == "report" else None,
                )
            except Cannot as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("It lies beside it now."))
                return redirect("information:concern", information)
    said = {"form": form, "whole": whole, "account": waiting[offered]}
    return render(request, "information/lay.html", said, status=422 if form.is_bound else 200)


@require_POST
@page
def told(request: Visit, information: UUID, held: UUID) -> HttpResponse:
    """Somebody outside was told that what they were given has ended."""
    whole = concerns.concern(information, viewer=request.viewer)
    reach.require(whole.works_on_it)
    form = desk_forms.ToldForm(request.POST)
    if form.is_valid():
        try:
            given.say_told(by=request.viewer, copy=held, how=form.cleaned_data["how"])
        except Cannot as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Written down."))
    else:
        messages.error(request, _("Write how they were told."))
    return redirect(reverse("information:concern", args=[information]) + "#copies")
