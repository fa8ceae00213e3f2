"""Access requests: what was decided, and everything about one person, to read or as a file."""

from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.roles import DATA_PROTECTION
from daybook.foundation.registry.keys import new_key
from daybook.ui.paper import typeset
from daybook.ui.words import exact

from .actions.giving import decide, disclose, give
from .forms import DisclosureForm, NumberForm, RequestForm
from .queries import requests as queries
from .queries.everything import Everything
from .queries.requests import Asked

TEMPLATE = Path(__file__).parent / "templates" / "disclosures" / "everything.typ"


@page
def asked(request: Visit) -> HttpResponse:
    """Requests that were decided; data protection finds whom a new one is about by a number."""
    viewer = request.viewer
    found = queries.requests(viewer=viewer)
    protects = viewer.holds(DATA_PROTECTION)
    form = NumberForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        if not protects:
            raise Http404
        if form.is_valid():
            person = queries.number_known(form.cleaned_data["number"], viewer=viewer)
            if person is not None:
                return redirect("disclosures:ask", person=person)
            form.add_error("number", _("Nobody has this number."))
    context = {"requests": found, "form": form, "protects": protects}
    return render(request, "disclosures/asked.html", context, status=422 if form.is_bound else 200)


@page
def ask(request: Visit, person: int) -> HttpResponse:
    """Decide on a request, and see who has received what so far."""
    viewer = request.viewer
    if not queries.decides_about(person, viewer=viewer):
        raise Http404
    form = RequestForm(
        request.POST if request.method == "POST" else None, initial=RequestForm.usual()
    )
    if form.is_bound and form.is_valid():
        decide(by=viewer, person_id=person, **form.cleaned_data)
        messages.success(request, _("It is decided. Read it before you hand it over."))
        return redirect("disclosures:request", request_key=form.cleaned_data["key"])
    given = queries.given_of(person, viewer=viewer)
    viewer.saw("disclosures", [])
    context = {"form": form, "person_key": person, "given": given}
    return render(request, "disclosures/ask.html", context, status=422 if form.is_bound else 200)


@page
def about(request: Visit, person: int) -> HttpResponse:
    """Who has received what about one person, and a form for what was given to somebody outside."""
    viewer = request.viewer
    if not queries.decides_about(person, viewer=viewer):
        raise Http404
    form = DisclosureForm(
        request.POST if request.method == "POST" else None, initial={"key": new_key()}
    )
    if form.is_bound and form.is_valid():
        disclose(by=viewer, person_id=person, **form.cleaned_data)
        messages.success(request, _("It is written down."))
        return redirect("disclosures:about", person=person)
    given = queries.given_of(person, viewer=viewer)
    viewer.saw("disclosures", [])
    context = {"form": form, "person_key": person, "given": given}
    return render(request, "disclosures/about.html", context, status=422 if form.is_bound else 200)


@require_safe
@page
def one(request: Visit, request_key: UUID) -> HttpResponse:
    """A request, with the two ways to put everything together."""
    viewer = request.viewer
    found = queries.request_with(request_key, viewer=viewer)
    names = {kind: name for kind, name, _why in queries.kinds_in_words()}
    context = {
        "asked": found,
        "withheld": [names.get(kind, kind) for kind in found.withheld],
        "given": queries.given_of(found.person_id, viewer=viewer),
    }
    return render(request, "disclosures/request.html", context)


@require_POST
@page
def paper(request: Visit, request_key: UUID) -> HttpResponse:
    """Everything, to be read: a PDF, made for this answer and kept nowhere."""
    asked, found = give(by=request.viewer, key=request_key, form="PDF")
    return _file(as_pdf(asked, found), "application/pdf", f"{asked.key}.pdf")


@require_POST
@page
def data(request: Visit, request_key: UUID) -> HttpResponse:
    """The same for a machine."""
    asked, found = give(by=request.viewer, key=request_key, form="JSON")
    return _file(found.as_json(asked), "application/json", f"{asked.key}.json")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


def as_pdf(asked: Asked, found: Everything) -> bytes:
    """The paper that the person receives."""
    return typeset(
        TEMPLATE,
        {
            "language": (get_language() or "en").partition("-")[0],
            "title": _("Everything that is kept about {person}").format(person=found.person),
            "for": _("For {recipient}, asked for on {day}").format(
                recipient=asked.recipient, day=asked.asked_on.isoformat()
            ),
            "about": _(
                "This is what Daybook holds. Other people are not named. If something is wrong, "
                "say so: you are answered in writing. You may complain to the supervisory "
                "authority, or go to court."
            ),
            "withheld-title": _("What is not given, and why"),
            "withheld": [f"{each.name}: {each.because}" for each in found.withheld],
            "kinds": [
                {
                    "name": kind.name[:1].upper() + kind.name[1:],
                    "struck": _("{n} entries were struck as wrong, and are sealed.").format(
                        n=kind.struck
                    )
                    if kind.struck
                    else "",
                    "records": [
                        {"on": each.on, "says": [list(pair) for pair in each.says]}
                        for each in kind.records
                    ],
                }
                for kind in found.kinds
            ],
            "printed": _("printed {when}").format(when=exact(timezone.now())),
        },
    )
