"""Questions to outside services and from them: the list, one of them, and what was never
answered."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.people.queries import person_line
from daybook.foundation.registry.cannot import Cannot

from ..actions import outside as actions
from ..forms.outside import AnswerForm, EnquiryForm, FeedbackForm, LayForm
from ..queries import outside as queries
from ..rules.outside import LOOKED_BACK, TOLD_AFTER, by_service, counts_in_words
from ..vocabulary import Way


@require_safe
@page
def enquiries(request: Visit) -> HttpResponse:
    """What waits for an answer, either way, and what was answered lately."""
    viewer = request.viewer
    context = {
        "open": queries.open_enquiries(viewer=viewer),
        "answered": queries.answered_lately(viewer=viewer),
    }
    return render(request, "information/outside_enquiries.html", context)


@page
def enquire(request: Visit, person: int) -> HttpResponse:
    """Write down a question about somebody: one of ours, or one that came in."""
    return _enquire(request, person)


@page
def enquire_beside(request: Visit, information: UUID) -> HttpResponse:
    """The same, from the page of a concern, so that the answer can be laid beside it."""
    return _enquire(request, queries.person_of(information, viewer=request.viewer), information)


def _enquire(request: Visit, person: int, concern: UUID | None = None) -> HttpResponse:
    viewer = request.viewer
    queries.require_desk(viewer, person)
    beside = queries.concerns_beside(person, viewer=viewer)
    usual = EnquiryForm.fresh(concern=concern or "")
    form = EnquiryForm(initial=usual, beside=beside)
    if request.method == "POST":
        form = EnquiryForm(request.POST, beside=beside)
        if form.is_valid():
            try:
                actions.ask(by=viewer, person_id=person, **form.cleaned_data)
            except Cannot as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Signed. It stands in the list until it is answered."))
                return redirect("information:enquiry", form.cleaned_data["key"])
    context = {
        "form": form,
        "person": person_line(person, viewer=viewer),
        "agencies": queries.agencies(viewer=viewer),
    }
    status = 422 if form.is_bound else 200
    return render(request, "information/outside_enquire.html", context, status=status)


@require_safe
@page
def enquiry(request: Visit, enquiry: UUID) -> HttpResponse:
    return _one(request, enquiry)


@require_POST
@page
def answer(request: Visit, enquiry: UUID) -> HttpResponse:
    """Take down what they answered, or sign what we answer."""
    form = AnswerForm(request.POST)
    _require_desk_for(request, enquiry)
    if form.is_valid():
        try:
            actions.answer(by=request.viewer, enquiry_id=enquiry, **form.cleaned_data)
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Signed."))
            return redirect("information:enquiry", enquiry)
    return _one(request, enquiry, answering=form)


@require_POST
@page
def feedback(request: Visit, answered: UUID) -> HttpResponse:
    """Write down what came of an answer: what we told them, or they told us."""
    form = FeedbackForm(request.POST)
    _require_desk_for(request, answered)
    if form.is_valid():
        try:
            actions.feed_back(by=request.viewer, enquiry_id=answered, **form.cleaned_data)
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Signed."))
            return redirect("information:enquiry", answered)
    return _one(request, answered, feeding_back=form)


@require_POST
@page
def lay(request: Visit, answered: UUID) -> HttpResponse:
    """Lay their answer beside the concern it was asked for."""
    form = LayForm(request.POST)
    _require_desk_for(request, answered)
    if form.is_valid():
        from_us = form.cleaned_data["whence"] == "us"
        try:
            actions.lay(by=request.viewer, enquiry_id=answered, from_us=from_us)
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It lies beside the concern, as what another agency says."))
            return redirect("information:enquiry", answered)
    return _one(request, answered, laying=form)


@require_safe
@page
def unanswered(request: Visit) -> HttpResponse:
    """What was asked and never answered: by service and age, and about nobody."""
    found, today = queries.unanswered(viewer=request.viewer), timezone.localdate()
    ways = [(way, by_service(found, way, today=today)) for way in (Way.OUT, Way.IN)]
    context = {
        "ways": [(way.value, lines, counts_in_words(lines, way)) for way, lines in ways],
        "since": today - LOOKED_BACK,
        "long": TOLD_AFTER.days,
    }
    return render(request, "information/outside_unanswered.html", context)


def _require_desk_for(request: Visit, key: UUID) -> None:
    found = queries.enquiry(key, viewer=request.viewer)
    queries.require_desk(request.viewer, found.person.id)


def _one(
    request: Visit,
    key: UUID,
    *,
    answering: Form | None = None,
    feeding_back: Form | None = None,
    laying: Form | None = None,
) -> HttpResponse:
    """The page of one question. A form that was refused keeps every word, whoever came first."""
    found = queries.enquiry(key, viewer=request.viewer)
    wrong = answering or feeding_back or laying
    context = {
        "asked": found,
        "answering": answering
        or (AnswerForm(initial=AnswerForm.fresh()) if found.to_answer else None),
        "feeding_back": feeding_back
        or (FeedbackForm(initial=FeedbackForm.fresh()) if found.to_feed_back else None),
        "laying": laying or (LayForm() if found.to_lay else None),
        "wrong": wrong,
    }
    status = 422 if wrong else 200
    return render(request, "information/outside_enquiry.html", context, status=status)
