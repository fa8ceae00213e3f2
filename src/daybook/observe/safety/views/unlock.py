"""What to know before a door is opened: written, looked at again, ended."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import require
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.contests.beside import statements_about
from daybook.foundation.people.queries import PersonLine, people_with, person_line
from daybook.foundation.registry.cannot import Cannot

from ..actions import unlock as actions
from ..forms.unlock import EndForm, NoteForm, StandsForm
from ..queries import unlock as queries
from ..rules.unlock import review_in_words
from ..vocabulary import UnlockKind

SAFETY = Compartment.SAFETY


@require_safe
@page
def notes(request: Visit, person: int) -> HttpResponse:
    """Everything to know of one person, and what was ended."""
    viewer, today = request.viewer, timezone.localdate()
    stand, ended = queries.notes_of(person, viewer=viewer)
    context = {
        "person": person_line(person, viewer=viewer),
        "stand": [(note, review_in_words(note.review_on, today)) for note in stand],
        "ended": ended,
        "writes": queries.may_write(person, viewer=viewer),
    }
    return render(request, "safety/notes.html", context)


@page
def add_note(request: Visit, person: int) -> HttpResponse:
    viewer = request.viewer
    require(person, viewer=viewer, compartment=SAFETY, right=Right.WRITE)
    others = _others(person, viewer)
    form = NoteForm(initial=NoteForm.usual(), others=others)
    if request.method == "POST":
        form = NoteForm(request.POST, others=others)
        if form.is_valid() and _added(viewer, person, form):
            messages.success(
                request, _("Saved: it stands at the door now."), extra_tags=f"unlock-{person}"
            )
            return redirect("safety:notes", person)
    context = {"person": person_line(person, viewer=viewer), "form": form}
    return render(request, "safety/add_note.html", context, status=_status(form))


def _others(person: int, viewer: Viewer) -> list[PersonLine]:
    """From whom somebody may be kept apart: those whom the writer reaches, by unit and cell."""
    lines = people_with(viewer.people(SAFETY, Right.WRITE) - {person}, viewer=viewer).values()
    here = [line for line in lines if line.unit_id]
    return sorted(here, key=lambda line: (line.unit_code, line.cell, line.id))


def _added(viewer: Viewer, person: int, form: NoteForm) -> bool:
    said = dict(form.cleaned_data)
    number = said.pop("number")
    if said["kind"] == UnlockKind.KEEP_APART and said["apart_from"] is None:
        said["apart_from"] = actions.person_numbered(number)
        if said["apart_from"] is None:
            form.add_error("number", _("Nobody has this number. Give it whole, as on the card."))
            return False
    try:
        actions.add_note(by=viewer, person_id=person, **said)
    except Cannot as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@require_safe
@page
def note(request: Visit, note: UUID) -> HttpResponse:
    return _note_page(request, note)


@require_POST
@page
def review_note(request: Visit, note: UUID) -> HttpResponse:
    """Look again: it stands, for a reason and until a day."""
    found = queries.note_with(note, viewer=request.viewer)
    form = StandsForm(request.POST)
    if form.is_valid():
        try:
            actions.let_stand(by=request.viewer, note_id=note, **form.cleaned_data)
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It stands."), extra_tags=f"stands-{note}")
            return redirect("safety:notes", found.person_id)
    return _note_page(request, note, stands=form)


@require_POST
@page
def end_note(request: Visit, note: UUID) -> HttpResponse:
    found = queries.note_with(note, viewer=request.viewer)
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            actions.end_note(by=request.viewer, note_id=note, **form.cleaned_data)
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It has ended."), extra_tags=f"end-{note}")
            return redirect("safety:notes", found.person_id)
    return _note_page(request, note, end=form)


def _note_page(
    request: Visit, key: UUID, stands: StandsForm | None = None, end: EndForm | None = None
) -> HttpResponse:
    """One note whole; for those who decide, the two ways to go on."""
    viewer, today = request.viewer, timezone.localdate()
    found = queries.note_with(key, viewer=viewer)
    context: dict[str, Any] = {
        "person": person_line(found.person_id, viewer=viewer),
        "note": found,
        "statements": statements_about([key], viewer=viewer, person_id=found.person_id)[key],
        "when": review_in_words(found.review_on, today),
        "decides": queries.may_decide(found.person_id, viewer=viewer) and not found.ended_at,
        "stands": stands or StandsForm(initial=StandsForm.usual()),
        "end": end or EndForm(),
        "wrong": stands or end,
    }
    return render(request, "safety/note.html", context, status=422 if stands or end else 200)


def _status(form: forms.Form) -> int:
    return 422 if form.is_bound else 200
