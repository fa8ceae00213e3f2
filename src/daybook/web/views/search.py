"""Finding a person by name or number, or a page by its name."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.queries import units_of
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import PersonLine, find, living_in, search_words

from ..context import SEARCHED, Place, ways
from ..queries.writing import found_in_writing, reads_writing

MOST = 30
IN_WRITING = "searched in writing"
LONGEST = 200


@page
def search(request: Visit) -> HttpResponse:
    """Only who is in reach is looked for, so that no count tells of anybody else.

    The words are posted and kept with the sign-in, whose end forgets them: names in an address
    would stay in the browser's history and in the logs of whatever it passes.
    """
    if request.method == "POST":
        request.session[SEARCHED] = request.POST.get("q", "").strip()[:LONGEST]
        request.session[IN_WRITING] = "in-writing" in request.POST
        return redirect("search")
    words = request.session.get(SEARCHED, "")
    people = _found(words, request.viewer) if words else []
    in_writing = bool(request.session.get(IN_WRITING)) and bool(words)
    lines = found_in_writing(words, viewer=request.viewer) if in_writing else []
    return render(
        request,
        "web/search.html",
        {
            "words": words,
            "people": people[:MOST],
            "more": len(people) > MOST,
            "most": MOST,
            "pages": _pages(request, search_words(words)),
            "reads": reads_writing(request.viewer),
            "in_writing": in_writing,
            "lines": lines,
        },
    )


def _found(words: str, viewer: Viewer) -> list[PersonLine]:
    return find(words, viewer=viewer, limit=MOST + 1) or living_in(
        words, viewer=viewer, limit=MOST + 1
    )


def _pages(request: Visit, wanted: list[str]) -> list[dict[str, str]]:
    """Pages and units in whose name each wanted word begins a word."""
    if not wanted:
        return []
    return [
        {"label": label, "url": url}
        for label, url in ways(request.viewer, _places(request.viewer))
        if all(any(had.startswith(word) for had in search_words(label)) for word in wanted)
    ]


def _places(viewer: Viewer) -> list[Place]:
    """Where the frame of a page leads to, and what belongs to each unit of the viewer's."""
    known: list[Place] = []
    for unit in units_of(viewer):
        known.append(("reflections:board", unit.name, (unit.code,)))
        known.append(("shifts:handover", _("Handover, %s") % unit.name, (unit.code,)))
    if viewer.may(Right.WRITE, Compartment.WING):
        for unit in units_of(viewer, right=Right.WRITE):
            known.append(("reflections:round", _("Quick round, %s") % unit.name, (unit.code,)))
        known.append(("reflections:written", _("What I wrote"), ()))
    return [
        *known,
        ("duties:notices", _("Notices"), ()),
        ("glossary", _("Glossary"), ()),
        ("my-badge", _("My badge"), ()),
        ("access:roles", _("Who may reach what"), ()),
    ]
