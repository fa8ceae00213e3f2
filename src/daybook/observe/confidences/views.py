"""Writing and reading in confidence; asking for it, and answering."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.registry.keys import new_key

from . import actions, queries, requests
from .forms import (
    AdditionForm,
    AnswerForm,
    AskForm,
    AskSourceForm,
    NoteForm,
    SourceForm,
    StrikeForm,
    WordForm,
)
from .rules import why_struck


def _page(request: Visit, template: str, form: Form, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, f"confidences/{template}.html", context | {"form": form}, status=status)


@require_safe
@page
def mine(request: Visit) -> HttpResponse:
    """What waits for my answer, what I asked, whom I have heard."""
    viewer = request.viewer
    context = {
        "to_answer": requests.to_answer(viewer=viewer),
        "asked": requests.my_questions(viewer=viewer),
        "heard": queries.people_i_heard(viewer=viewer),
        "opened": queries.opened_by_word(viewer=viewer),
        "hears": queries.hears_anybody(viewer),
        "may_ask": requests.may_ask(viewer),
        "may_ask_about_sources": requests.may_ask_about_sources(viewer),
        "may_name_sources": requests.may_name_sources(viewer),
    }
    return render(request, "confidences/mine.html", context)


# ---- Notes ----


@page
def notes(request: Visit, person: int) -> HttpResponse:
    """What this person told, for those who heard it; and writing it down."""
    viewer = request.viewer
    form = NoteForm(initial=NoteForm.usual())
    if request.method == "POST":
        queries.require_hearing(viewer, person)
        form = NoteForm(request.POST)
        if form.is_valid():
            actions.write(by=viewer, person_id=person, **form.cleaned_data)
            messages.success(request, _("Signed and sealed."))
            return redirect("confidences:notes", person)
    found = queries.notes_about(person, viewer=viewer)
    return _page(
        request,
        "notes",
        form,
        person=_whom(person, request),
        notes=found,
        hears=queries.hears(viewer, person),
        chaplaincy=settings.CHAPLAINCY,
    )


@page
def add(request: Visit, confidence: UUID) -> HttpResponse:
    note = queries.my_note(confidence, viewer=request.viewer)
    form = AdditionForm(initial=AdditionForm.usual())
    if request.method == "POST":
        form = AdditionForm(request.POST)
        if form.is_valid():
            actions.add(by=request.viewer, confidence=confidence, **form.cleaned_data)
            messages.success(request, _("Set beside it."))
            return redirect("confidences:notes", note.person_id)
    return _page(request, "add", form, note=note, person=_whom(note.person_id, request))


@page
def strike(request: Visit, confidence: UUID) -> HttpResponse:
    note = queries.my_note(confidence, viewer=request.viewer)
    reasons = why_struck(note.written_at, now=timezone.now())
    form = StrikeForm(reasons=reasons)
    if request.method == "POST":
        form = StrikeForm(request.POST, reasons=reasons)
        if form.is_valid():
            try:
                actions.strike(by=request.viewer, confidence=confidence, **form.cleaned_data)
            except Cannot as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("It stands no more, and nobody opens it."))
                return redirect("confidences:mine")
    return _page(request, "strike", form, note=note, person=_whom(note.person_id, request))


def _whom(person: int, request: Visit) -> queries.Somebody:
    """By name: of those in reach as everywhere, of others because they were heard."""
    return queries.somebody(person, viewer=request.viewer)


# ---- A person's word ----


@page
def word(request: Visit, person: int) -> HttpResponse:
    """The person lets the oversight body read."""
    viewer = request.viewer
    queries.require_hearing(viewer, person)
    form = WordForm(initial=WordForm.usual())
    if request.method == "POST":
        form = WordForm(request.POST)
        if form.is_valid():
            actions.take_down_word(by=viewer, person_id=person, **form.cleaned_data)
            messages.success(request, _("Taken down. The oversight body may read from now on."))
            return redirect("confidences:word", person)
    return _page(
        request,
        "word",
        form,
        person=_whom(person, request),
        words=queries.words_of(person, viewer=viewer),
    )


@require_POST
@page
def end_word(request: Visit, person: int, consent: UUID) -> HttpResponse:
    actions.end_word(by=request.viewer, person_id=person, consent=consent)
    messages.success(request, _("Taken back. The oversight body reads it no more."))
    return redirect("confidences:word", person)


# ---- Sources ----


@page
def name_source(request: Visit) -> HttpResponse:
    """Take down who said something; what was said points there by a reference."""
    requests.require(requests.may_name_sources(request.viewer))
    form = SourceForm(initial=SourceForm.usual())
    if request.method == "POST":
        form = SourceForm(request.POST)
        if form.is_valid():
            actions.name_source(by=request.viewer, **form.cleaned_data)
            messages.success(
                request,
                _("Sealed. Write this reference with what was said: %(reference)s")
                % {"reference": requests.reference(form.cleaned_data["key"])},
            )
            return redirect("confidences:name-source")
    return _page(request, "source", form)


# ---- Requests ----


@page
def ask(request: Visit) -> HttpResponse:
    """Ask for what somebody told a chaplain or a clinician."""
    viewer = request.viewer
    requests.require(requests.may_ask(viewer))
    kinds = requests.to_be_asked()
    form = AskForm(initial=AskForm.usual(), kinds=kinds)
    if request.method == "POST":
        form = AskForm(request.POST, kinds=kinds)
        if form.is_valid() and _asked(request, form):
            return redirect("confidences:mine")
    return _page(request, "ask", form, chaplaincy=settings.CHAPLAINCY)


def _asked(request: Visit, form: AskForm) -> bool:
    said = dict(form.cleaned_data)
    person = requests.person_with(said.pop("number"), viewer=request.viewer)
    if person is None:
        form.add_error("number", _("Nobody you work with has this number. Give it whole."))
        return False
    actions.ask(by=request.viewer, person_id=person, **said)
    messages.success(request, _("Asked. The answer will stand here."))
    return True


@page
def ask_about_source(request: Visit) -> HttpResponse:
    requests.require(requests.may_ask_about_sources(request.viewer))
    form = AskSourceForm(initial=AskSourceForm.usual())
    if request.method == "POST":
        form = AskSourceForm(request.POST)
        if form.is_valid():
            try:
                actions.ask_about_source(by=request.viewer, **form.cleaned_data)
            except Cannot as refusal:
                form.add_error("source", str(refusal))
            else:
                messages.success(request, _("Asked. The answer will stand here."))
                return redirect("confidences:mine")
    return _page(request, "ask_source", form)


@require_safe
@page
def asked(request: Visit, question: UUID) -> HttpResponse:
    return _one(request, question, AnswerForm(initial={"key": new_key()}))


@require_POST
@page
def answer(request: Visit, question: UUID) -> HttpResponse:
    """Answer it, once."""
    form = AnswerForm(request.POST)
    if not requests.asked(question, viewer=request.viewer).keeps:
        requests.require(False)
    if form.is_valid():
        try:
            actions.answer(by=request.viewer, question=question, **form.cleaned_data)
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Answered."))
            return redirect("confidences:asked", question)
    return _one(request, question, form)


def _one(request: Visit, question: UUID, form: AnswerForm) -> HttpResponse:
    viewer = request.viewer
    found = requests.asked(question, viewer=viewer)
    mine = (
        queries.notes_about(found.person_id, viewer=viewer)
        if found.to_answer and found.person_id
        else []
    )
    return _page(request, "asked", form, asked=found, notes=mine)
