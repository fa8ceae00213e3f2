"""What one has written: take back, add."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import require
from daybook.foundation.people.queries import PersonLine, people_with
from daybook.ui.parts import Entry, Voice

from ..actions.recording import add as add_to
from ..actions.recording import take_back
from ..forms.recording import AdditionForm
from ..queries.recording import Written, reflection_with, written_by_me
from ..queries.strikes import struck_of_mine
from ..rules.recording import CannotSign, KeyTaken, Locked, may_take_back
from ..rules.telling import told_in_words, where_in_words

WING = Compartment.WING
KEPT_IN_SIGHT = timedelta(days=14)


@page
def written(request: Visit) -> HttpResponse:
    """My entries of the last two weeks, with what can still be done about each."""
    viewer = request.viewer
    if not viewer.may(Right.WRITE, WING):
        raise Http404
    now = timezone.now()
    entries = written_by_me(viewer=viewer, since=timezone.localdate() - KEPT_IN_SIGHT)
    struck = struck_of_mine(viewer=viewer, since=timezone.localdate() - KEPT_IN_SIGHT)
    about = {entry.person_id for entry in entries} | {each.person_id for each in struck}
    people = people_with(about, viewer=viewer)
    reach = viewer.people(WING, Right.WRITE)
    rows: list[dict[str, Any]] = []
    for entry in entries:
        person = people.get(entry.person_id)
        rows.append(
            {
                "key": entry.key,
                "told": _told(entry, _whom(person)),
                "taken_back": entry.withdrawn_at,
                "may_take_back": may_take_back(saved_at=entry.saved_at, now=now),
                "may_add": entry.person_id in reach,
            }
        )
    context = {
        "rows": rows,
        "struck": [{"each": each, "whom": _whom(people.get(each.person_id))} for each in struck],
    }
    return render(request, "reflections/written.html", context)


def _whom(person: PersonLine | None) -> str:
    if person is None:
        return _("Somebody you don’t work with now")
    return f"{person.cell} {person.name}".strip()


@require_POST
@page
def withdraw(request: Visit, reflection: UUID) -> HttpResponse:
    """Take back what was saved a moment ago."""
    try:
        take_back(by=request.viewer, key=reflection)
    except Locked:
        messages.warning(
            request,
            _("It was saved more than 15 minutes ago and stands as it is. You can add to it."),
        )
    else:
        messages.success(request, _("Taken back. It no longer shows to anyone."))
    return redirect("reflections:written")


@page
def add(request: Visit, reflection: UUID) -> HttpResponse:
    """Say more beside an entry that is signed."""
    viewer = request.viewer
    draft = f"addition-{reflection}"
    form = AdditionForm(request.POST if request.method == "POST" else None)
    entry = reflection_with(reflection, viewer=viewer)
    require(entry.person_id, viewer=viewer, compartment=WING, right=Right.WRITE)
    if form.is_bound and _added(request, form, reflection):
        messages.success(request, _("Added."), extra_tags=draft)
        if viewer.may(Right.READ, WING):
            return redirect("reflections:person", person=entry.person_id)
        return redirect("reflections:written")
    person = people_with([entry.person_id], viewer=viewer).get(entry.person_id)
    context = {"form": form, "draft": draft, "line": person, "told": _told(entry, entry.author)}
    return render(request, "reflections/add.html", context, status=422 if form.is_bound else 200)


def _told(entry: Written, who: str) -> Entry:
    return Entry(
        when=entry.day if entry.later else entry.saved_at,
        who=who,
        where=where_in_words(entry),
        voices=[Voice(voice.kind, voice.text) for voice in told_in_words(entry)],  # type: ignore[arg-type]
        additions=[
            Entry(added.added_at, added.author, [Voice("fact", added.text)])
            for added in entry.additions
        ],
    )


def _added(request: Visit, form: AdditionForm, reflection: UUID) -> bool:
    if not form.is_valid():
        return False
    said = form.cleaned_data
    try:
        add_to(by=request.viewer, reflection=reflection, key=said["key"], text=said["text"])
    except CannotSign as refusal:
        for field, sentence in refusal.problems.items():
            form.add_error(field, sentence)
    except KeyTaken:
        form.start_over()
    else:
        return True
    return False
