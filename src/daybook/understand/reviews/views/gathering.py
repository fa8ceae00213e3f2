"""Laying evidence and explanations on the board."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.registry.cannot import Cannot

from ..actions import gathering, rating
from ..forms.gathering import AgainstForm, ExplanationForm, LayForm, TestForm
from ..forms.opening import BecauseForm
from ..queries import laying
from ..queries.explanations import explanation_of, items_to_test_with, tests_of
from ..queries.items import as_items, standing
from ..queries.review import ReviewFile
from ..vocabulary import ASKS, ORDINARY, Dimension
from .shared import file_for, file_to_lay, late, show


@page
def lay(request: Visit, joint: UUID) -> HttpResponse:
    """An item from one’s own knowledge, or what somebody told one."""
    file = file_to_lay(request, joint)
    origins, more = laying.origins_to_choose(file)
    form = LayForm(initial=LayForm.fresh(), origins=origins, more=more)
    if request.method == "POST":
        form = LayForm(request.POST, origins=origins, more=more)
        if form.says_how_somebody_seemed:
            return _no_evidence(request, file)
        if _laid(request, file, form):
            return redirect("reviews:review", joint=joint)
    return show(request, "lay", file, form, rows=_rows(), record=None)


@require_safe
@page
def records(request: Visit, joint: UUID) -> HttpResponse:
    """The person’s reflections that stand, and what is confirmed, each to be laid."""
    file = file_for(request, joint, "lays")
    at = request.GET.get("show", "")
    reflections = laying.reflections_to_lay(file, viewer=request.viewer, at=at)
    return show(
        request, "records", file, reflections=reflections,
        information=laying.information_to_lay(file, viewer=request.viewer),
        assessments=laying.assessments_to_lay(file, viewer=request.viewer),
    )  # fmt: skip


@page
def lay_record(request: Visit, joint: UUID, laid_from: str, source_record: UUID) -> HttpResponse:
    """An item from a record: it goes back to whoever wrote that, and ends with it."""
    file = file_to_lay(request, joint)
    record = laying.to_lay(file, laid_from, source_record, viewer=request.viewer)
    usual = LayForm.fresh(words=record.words[:2000], seen_on=record.on)
    form = LayForm(initial=usual, record=True)
    if request.method == "POST":
        form = LayForm(request.POST, record=True)
        if form.says_how_somebody_seemed:
            return _no_evidence(request, file)
        of = {"source": laid_from, "record_kind": laid_from, "record": source_record}
        if _laid(request, file, form, **of):
            return redirect("reviews:records", joint=joint)
    return show(request, "lay", file, form, rows=_rows(), record=record)


def _rows() -> list[tuple[Any, Any, Any]]:
    return [(row.label, ASKS[row], ORDINARY[row]) for row in Dimension]


def _laid(request: Visit, file: ReviewFile, form: LayForm, **of: Any) -> bool:
    if not _done(request, file, form, gathering.lay, **of):
        return False
    messages.success(request, _("It lies on the board."), extra_tags=f"review-lay-{file.key}")
    return True


def _done(
    request: Visit, file: ReviewFile, form: forms.Form, step: Callable[..., None], **of: Any
) -> bool:
    """Take a step of the board as the form says it; else the form says why, and keeps its words."""
    valid = form.is_valid()
    if not file.lays:
        form.add_error(None, late(file))
    elif valid:
        try:
            step(by=request.viewer, review=file.key, **form.cleaned_data, **of)
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            return True
    return False


def _no_evidence(request: Visit, file: ReviewFile) -> HttpResponse:
    """Why how somebody seemed is no evidence. Nothing of what was typed is kept or shown."""
    answer = show(request, "no_evidence", file)
    answer.status_code = 422
    return answer


@page
def take_back(request: Visit, joint: UUID, laid: UUID) -> HttpResponse:
    """Take one’s own item off the board."""
    file = file_to_lay(request, joint)
    row = standing(joint).filter(id=laid, written_by_id=request.viewer.staff_id).first()
    if row is None:
        if request.method == "POST" and file.lays:
            # A second tap: it is off already, or it never was one’s own.
            gathering.take_back(by=request.viewer, review=joint, evidence=laid, because="")
            return redirect("reviews:review", joint=joint)
        raise Http404
    form = BecauseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and _done(request, file, form, gathering.take_back, evidence=laid):
        messages.success(request, _("It is off the board."))
        return redirect("reviews:review", joint=joint)
    [item] = as_items([row], joint, viewer=request.viewer)
    return show(request, "take_back", file, form, item=item)


# ---- Explanations ----


@page
def explanations(request: Visit, joint: UUID) -> HttpResponse:
    """All of them side by side; and one more, of the team’s own."""
    file = file_to_lay(request, joint)
    form = ExplanationForm(initial=ExplanationForm.fresh())
    if request.method == "POST":
        form = ExplanationForm(request.POST)
        if _done(request, file, form, gathering.add_explanation):
            messages.success(
                request,
                _("It stands beside the others."),
                extra_tags=f"review-explanation-{joint}",
            )
            return redirect("reviews:explanations", joint=joint)
    return show(request, "explanations", file, form)


@page
def explanation(request: Visit, joint: UUID, explanation: UUID) -> HttpResponse:
    """What would speak against one, and what tests it."""
    file = file_to_lay(request, joint)
    told = explanation_of(file, explanation)
    form = AgainstForm(initial={"against": told.against, "seen": told.against})
    if request.method == "POST":
        form = AgainstForm(request.POST)
        if not file.lays:
            form.add_error(None, late(file))
        elif form.is_valid():
            try:
                gathering.say_against(
                    by=request.viewer, review=joint, hypothesis=explanation, **form.cleaned_data
                )
            except Cannot as refusal:
                form.overtaken(str(refusal), against=told.against)
            else:
                messages.success(request, _("Kept."), extra_tags=f"review-against-{explanation}")
                return redirect("reviews:explanations", joint=joint)
    items, more = items_to_test_with(file)
    return show(
        request, "explanation", file, form, told=told, tests=tests_of(file, explanation),
        test_form=TestForm(initial=TestForm.fresh(), items=items, more=more),
    )  # fmt: skip


@require_POST
@page
def test(request: Visit, joint: UUID, explanation: UUID) -> HttpResponse:
    """Lay an item as a test of an explanation."""
    file = file_for(request, joint, "lays")
    explanation_of(file, explanation)
    form = TestForm(request.POST, items=items_to_test_with(file)[0])
    if not form.is_valid():
        messages.error(request, _("Choose an item of this board."))
    else:
        try:
            gathering.lay_test(
                by=request.viewer, review=joint, hypothesis=explanation, **form.cleaned_data
            )
        except Cannot as refusal:
            messages.error(request, str(refusal))
    return redirect("reviews:explanation", joint=joint, explanation=explanation)


@require_POST
@page
def untest(request: Visit, joint: UUID, explanation: UUID, tested_by: UUID) -> HttpResponse:
    explanation_of(file_for(request, joint, "lays"), explanation)
    gathering.take_test_back(by=request.viewer, review=joint, test=tested_by)
    return redirect("reviews:explanation", joint=joint, explanation=explanation)


@page
def drop(request: Visit, joint: UUID, explanation: UUID) -> HttpResponse:
    """Take an explanation off the review, for a reason."""
    file = file_to_lay(request, joint)
    told = explanation_of(file, explanation)
    if told.stays:
        raise Http404
    form = BecauseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and _done(request, file, form, gathering.drop, hypothesis=explanation):
        return redirect("reviews:explanations", joint=joint)
    return show(request, "drop", file, form, told=told)


@require_POST
@page
def begin(request: Visit, joint: UUID) -> HttpResponse:
    """Close the evidence; from now on everybody rates alone."""
    try:
        rating.begin(by=request.viewer, review=joint)
    except Cannot as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The evidence is closed. Rate alone, before you talk."))
    return redirect("reviews:review", joint=joint)
