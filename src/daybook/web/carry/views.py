"""The carried list, what arrives from it, and what needs a look."""

import json
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daybook.foundation.access.page import Visit, open_page, page
from daybook.observe.reflections.forms.recording import EntryForm
from daybook.observe.safety.queries.concerns import may_raise

from . import actions, queries
from .concerns import ConcernForm
from .replays import CARRIED
from .sealing import public_key, stamp

MOST_AT_ONCE = 50
SHELL = (
    *(f"ui/{sheet}.css" for sheet in ("tokens", "base", "desk", "components", "questions")),
    "ui/daybook.js", "ui/lock.js", "ui/waiting.js", "ui/mark.svg",
)  # fmt: skip
"""What the page that stands in for another needs to look as it should."""
NOBODY = 0
"""Forms are drawn once for everyone; which person is meant is filled in where they are used."""


@require_safe
@page
def carry(request: Visit, unit: str) -> HttpResponse:
    """Everyone on the unit with the day's forms, in one page that needs nothing more."""
    viewer = request.viewer
    where, lines = queries.carried_on(unit, viewer=viewer)
    context = {
        "unit": where,
        "lines": lines,
        "forms": [
            {"pronoun": pronoun, "name": name, "template": carried.template, "form": form}
            for pronoun in sorted({line.person.pronoun for line in lines})
            for name, carried in CARRIED.items()
            for form in [spoken(carried.form(NOBODY, viewer=viewer), pronoun)]
        ],
        "fears": ConcernForm if may_raise(viewer) else None,
        "key": json.dumps(public_key()),
        "stamp": stamp(viewer),
    } | _anchors()
    return render(request, "carry/carry.html", context)


def spoken(form: Any, pronoun: str) -> Any:
    """The form as staff would word it of this person."""
    if isinstance(form, EntryForm):
        form.speak_of(pronoun)
    return form


def _anchors() -> dict[str, str]:
    return {"own_low": _("low"), "own_high": _("bright")}


@require_POST
@page
def arrive(request: Visit) -> HttpResponse:
    """Envelopes that waited, answered in their order."""
    envelopes = request.POST.getlist("sealed")[:MOST_AT_ONCE]
    # Beside a concern the browser names whoever wrote it, for the case that it can't be opened.
    concerns_of = dict(zip(envelopes, request.POST.getlist("concern_of"), strict=False))
    answers = actions.arrive(by=request.viewer, envelopes=envelopes, concerns_of=concerns_of)
    return JsonResponse({"answers": answers})


@require_safe
@page
def looks(request: Visit) -> HttpResponse:
    return render(request, "carry/looks.html", {"looks": queries.looks(viewer=request.viewer)})


@page
def look(request: Visit, arrival: UUID) -> HttpResponse:
    """One entry in its own form, as it was filled in, with what keeps it from being saved."""
    viewer = request.viewer
    found = queries.arrival_with(arrival, viewer=viewer)
    person = queries.to_write_about(found, viewer=viewer)
    form = None
    if request.method == "POST":
        form = actions.save_looked_at(by=viewer, arrival=found, said=_with_key(request, arrival))
        if form is None:
            messages.success(request, _("Saved."), extra_tags=f"look-{arrival}")
            return redirect("carry:looks")
    elif person:
        form = CARRIED[found.form].form(found.person_id, queries.to_look_at(found), viewer=viewer)
    context = {
        "look": queries.look_at(found, person),
        "form": form and spoken(form, person.pronoun if person else ""),
        "template": CARRIED[found.form].template,
    } | _anchors()
    return render(request, "carry/look.html", context, status=422 if request.POST else 200)


def _with_key(request: Visit, arrival: UUID) -> QueryDict:
    said = request.POST.copy()
    said["key"] = str(arrival)
    return said


@require_POST
@page
def discard(request: Visit, arrival: UUID) -> HttpResponse:
    found = queries.arrival_with(arrival, viewer=request.viewer)
    actions.discard(by=request.viewer, arrival=found)
    messages.success(request, _("Discarded."))
    return redirect("carry:looks")


@open_page
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What a browser shows in place of a page it can't reach. It tells of nobody."""
    return render(request, "carry/offline.html")


@open_page
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps that page, and the files it needs, in the browser."""
    files = [static(name) for name in SHELL]
    # Another version of a file has another name, and so a keep of its own.
    kept = "shell-" + sha256(" ".join(files).encode()).hexdigest()[:12]
    context = {"offline": reverse("carry:offline"), "shell": files, "kept": kept}
    answer = render(request, "carry/worker.js", context, "text/javascript")
    # From any page: a concern sent where the network has just gone must not end in silence.
    answer["Service-Worker-Allowed"] = "/"
    return answer
